// The links by which somebody without an account sets up a domain: only digests, each with its parts and its end.
import { levels } from '../../domain/level.ts'
import type { SetUpPart } from '../../domain/set-up-part.ts'
import type { Db } from '../db.ts'
import type { SetUpLinksTable } from '../tables/records.ts'

/** The row with its list read. */
export interface SetUpLink extends Omit<SetUpLinksTable, 'parts'> {
  parts: readonly SetUpPart[]
}

const read = <Row extends { parts: string }>({ parts, ...row }: Row) => ({
  ...row,
  parts: JSON.parse(parts) as SetUpPart[],
})

export const insertSetUpLink = (tx: Db, { parts, ...link }: SetUpLink) =>
  tx
    .insertInto('set_up_links')
    .values({ ...link, parts: JSON.stringify(parts) })
    .execute()

const withNames = (db: Db) =>
  db
    .selectFrom('set_up_links as link')
    .innerJoin('organizations as organization', 'organization.id', 'link.organization_id')
    .leftJoin('domains as domain', 'domain.id', 'link.domain_id')
    .selectAll('link')
    .select(['organization.name as organization_name', 'domain.name as domain_name'])

/** With the names of what it is for. */
export interface NamedSetUpLink extends SetUpLink {
  organization_name: string
  domain_name: string | null
}

/**
 * By the secret of the link, which opens it in whatever organization it is; undefined when it is over, or whoever made
 * it is no administrator by now.
 */
export async function findLiveSetUpLink(
  db: Db,
  digest: string,
  now: string,
): Promise<NamedSetUpLink | undefined> {
  const row = await withNames(db)
    .leftJoin('members as maker', join =>
      join
        .onRef('maker.organization_id', '=', 'link.organization_id')
        .onRef('maker.person_id', '=', 'link.created_by'),
    )
    .where('link.digest', '=', digest)
    .where('link.revoked_at', 'is', null)
    .where('link.expires_at', '>', now)
    .where(({ eb, or, and }) =>
      or([
        // An operator's, who is one still.
        eb('link.created_by', 'is', null),
        and([eb('maker.status', '=', 'active'), eb('maker.level', '>=', levels.admin)]),
      ]),
    )
    .executeTakeFirst()
  return row && read(row)
}

export async function findSetUpLink(
  db: Db,
  organizationId: string,
  id: string,
): Promise<SetUpLink | undefined> {
  const row = await db
    .selectFrom('set_up_links')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && read(row)
}

interface Page {
  /** Those of one domain; undefined: all. */
  readonly domainId: string | undefined
  readonly limit: number
  readonly offset: number
}

/** The newest first, those that are over among them. */
export async function listSetUpLinks(
  db: Db,
  organizationId: string,
  { domainId, limit, offset }: Page,
): Promise<NamedSetUpLink[]> {
  const rows = await withNames(db)
    .where('link.organization_id', '=', organizationId)
    .$if(domainId !== undefined, query => query.where('link.domain_id', '=', domainId ?? ''))
    .orderBy('link.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(read)
}

/** `liveAt`: only those that are not over by then. */
export async function countSetUpLinks(
  db: Db,
  organizationId: string,
  { domainId, createdBy, liveAt }: { domainId?: string | undefined; createdBy?: string; liveAt?: string },
): Promise<number> {
  const { total } = await db
    .selectFrom('set_up_links')
    .where('organization_id', '=', organizationId)
    .$if(domainId !== undefined, query => query.where('domain_id', '=', domainId ?? ''))
    .$if(createdBy !== undefined, query => query.where('created_by', '=', createdBy ?? ''))
    .$if(liveAt !== undefined, query =>
      query.where('revoked_at', 'is', null).where('expires_at', '>', liveAt ?? ''),
    )
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

type Key = Pick<SetUpLink, 'organization_id' | 'id'>

/** Whether it is not over; nobody revokes it, or does anything else by it, before the transaction ends. */
export async function keepSetUpLink(tx: Db, { organization_id, id }: Key, now: string): Promise<boolean> {
  const row = await tx
    .selectFrom('set_up_links')
    .select('id')
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

const one = (db: Db, { organization_id, id }: Key) =>
  db.updateTable('set_up_links').where('organization_id', '=', organization_id).where('id', '=', id)

/** Whether this was the first time. */
export async function markSetUpLinkOpened(tx: Db, link: Key, now: string): Promise<boolean> {
  const result = await one(tx, link).set({ opened_at: now }).where('opened_at', 'is', null).executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export const markSetUpLinkUsed = (db: Db, link: Key, { now, ip }: { now: string; ip: string | null }) =>
  one(db, link).set({ last_used_at: now, last_used_ip: ip }).execute()

/** The domain that its holder claimed; false when there is one already. */
export async function bindSetUpLink(tx: Db, link: Key, domainId: string): Promise<boolean> {
  const result = await one(tx, link)
    .set({ domain_id: domainId })
    .where('domain_id', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Whether there was one to revoke that was not over yet. */
export async function markSetUpLinkRevoked(tx: Db, link: Key, now: string): Promise<boolean> {
  const result = await one(tx, link)
    .set({ revoked_at: now })
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Those that the person made; they do not come back with the person. */
export const deleteSetUpLinksBy = (tx: Db, organizationId: string, personId: string) =>
  tx
    .deleteFrom('set_up_links')
    .where('organization_id', '=', organizationId)
    .where('created_by', '=', personId)
    .execute()

/** Those that the person made as an operator, whatever the organization. */
export const deleteSetUpLinksOfOperator = (tx: Db, operatorId: string) =>
  tx.deleteFrom('set_up_links').where('operator_id', '=', operatorId).execute()

/** After a change of level: whoever is no administrator any more has asked for nothing. */
export async function deleteSetUpLinksAbove(
  tx: Db,
  organizationId: string,
  { personId, level }: { personId: string; level: number },
): Promise<void> {
  if (level < levels.admin) await deleteSetUpLinksBy(tx, organizationId, personId)
}

export const deleteExpiredSetUpLinks = (db: Db, before: string) =>
  db.deleteFrom('set_up_links').where('expires_at', '<', before).execute()
