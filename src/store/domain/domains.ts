// The domains: claimed by any number of organizations, held verified by one.
import type { Domain } from '../../domain/domain.ts'
import type { Profile } from '../../scim/quirks.ts'
import type { Db } from '../db.ts'
import { domainOf, rowOf } from './domain-row.ts'

export const insertDomain = (db: Db, domain: Domain) =>
  db.insertInto('domains').values(rowOf(domain)).execute()

/** Writes the whole entity; read it with `lockDomain` in the same transaction. */
export const replaceDomain = (tx: Db, domain: Domain) =>
  tx
    .updateTable('domains')
    .set(rowOf(domain))
    .where('organization_id', '=', domain.organizationId)
    .where('id', '=', domain.id)
    .execute()

export const deleteDomain = (db: Db, organizationId: string, id: string) =>
  db.deleteFrom('domains').where('organization_id', '=', organizationId).where('id', '=', id).execute()

const inOrganization = (db: Db, organizationId: string) =>
  db.selectFrom('domains').selectAll().where('organization_id', '=', organizationId)

export async function findDomain(db: Db, organizationId: string, id: string): Promise<Domain | undefined> {
  const row = await inOrganization(db, organizationId).where('id', '=', id).executeTakeFirst()
  return row && domainOf(row)
}

/** By its id alone, which the address of a sign-in names. */
export async function findDomainById(db: Db, id: string): Promise<Domain | undefined> {
  const row = await db.selectFrom('domains').selectAll().where('id', '=', id).executeTakeFirst()
  return row && domainOf(row)
}

/** The domain as it is now; it stays until the transaction ends. */
export async function keepDomain(tx: Db, { organizationId, id }: Domain): Promise<Domain | undefined> {
  const row = await inOrganization(tx, organizationId).where('id', '=', id).forKeyShare().executeTakeFirst()
  return row && domainOf(row)
}

/** Nobody else changes the domain until the transaction ends. */
export async function lockDomain(tx: Db, organizationId: string, id: string): Promise<Domain | undefined> {
  const row = await inOrganization(tx, organizationId).where('id', '=', id).forUpdate().executeTakeFirst()
  return row && domainOf(row)
}

export async function findDomainByName(
  db: Db,
  organizationId: string,
  name: string,
): Promise<Domain | undefined> {
  const row = await inOrganization(db, organizationId).where('name', '=', name).executeTakeFirst()
  return row && domainOf(row)
}

/** Ordered by name, by byte value. */
export async function listDomains(
  db: Db,
  organizationId: string,
  page?: { limit: number; offset: number },
): Promise<Domain[]> {
  const all = inOrganization(db, organizationId).orderBy('name')
  const rows = await (page ? all.limit(page.limit).offset(page.offset) : all).execute()
  return rows.map(domainOf)
}

/** Ordered by name. */
export const listDomainNames = (
  db: Db,
  organizationId: string,
  limit: number,
): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom('domains')
    .select(['id', 'name'])
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .limit(limit)
    .execute()

export async function countDomains(db: Db, organizationId: string): Promise<number> {
  const { total } = await db
    .selectFrom('domains')
    .where('organization_id', '=', organizationId)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Whoever holds the name verified. */
export async function findVerifiedDomain(db: Db, name: string): Promise<Domain | undefined> {
  const row = await db
    .selectFrom('domains')
    .selectAll()
    .where('name', '=', name)
    .where('verified_at', 'is not', null)
    .executeTakeFirst()
  return row && domainOf(row)
}

/** The names of which the organization has proved that they are its own. */
export async function listVerifiedNames(db: Db, organizationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('domains')
    .select('name')
    .where('organization_id', '=', organizationId)
    .where('verified_at', 'is not', null)
    .orderBy('name')
    .execute()
  return rows.map(row => row.name)
}

/** Takes the domain's turn to be checked, unless it was checked after `notAfter`: one caller of several gets it. */
export async function takeCheck(
  db: Db,
  { organizationId, id }: Domain,
  { now, notAfter }: { now: string; notAfter: string },
): Promise<boolean> {
  const result = await db
    .updateTable('domains')
    .set({ last_checked_at: now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where(({ or, eb }) => or([eb('last_checked_at', 'is', null), eb('last_checked_at', '<=', notAfter)]))
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Domains that DNS has verified and nobody has checked since `before`, the longest unchecked first. */
export async function listDomainsToRecheck(db: Db, before: string, limit: number): Promise<Domain[]> {
  const rows = await db
    .selectFrom('domains')
    .selectAll()
    .where('verified_by', '=', 'dns')
    .where('verified_at', 'is not', null)
    .where('last_checked_at', '<=', before)
    .orderBy('last_checked_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(domainOf)
}

/** Domains whose identity provider's metadata is kept by URL, in the order of their ids, after one of them. */
export async function listDomainsWithMetadata(db: Db, after: string, limit: number): Promise<Domain[]> {
  const rows = await db
    .selectFrom('domains')
    .selectAll()
    .where('saml_metadata_url', 'is not', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(domainOf)
}

/** Domains with certificates of an identity provider, in the order of their ids, after one of them. */
export async function listDomainsWithCertificates(db: Db, after: string, limit: number): Promise<Domain[]> {
  const rows = await db
    .selectFrom('domains')
    .selectAll()
    .where('saml_certificates', 'is not', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(domainOf)
}

/** Somebody signed in, or tried to, with these very settings. */
export const markSamlTested = (tx: Db, domain: Domain, now: string) =>
  tx
    .updateTable('domains')
    .set({ saml_tested_at: now })
    .where('organization_id', '=', domain.organizationId)
    .where('id', '=', domain.id)
    .where('saml_tested_at', 'is', null)
    .where('saml_entity_id', '=', domain.samlEntityId)
    .where('saml_sso_url', '=', domain.samlSsoUrl)
    .where('saml_certificates', '=', domain.samlCertificates)
    .where('saml_attribute_mapping', 'is not distinct from', rowOf(domain).saml_attribute_mapping)
    .execute()

/** Which identity provider pushes into the domain, as it shows by what arrives. */
export const setScimProfile = (tx: Db, id: string, profile: Profile) =>
  tx
    .updateTable('domains')
    .set({ scim_profile: profile })
    .where('id', '=', id)
    .where('scim_profile', '!=', 'strict')
    .execute()
