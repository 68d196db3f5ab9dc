// The members whose address is on a domain, and how each of them came in last.
import { levels } from '../../../domain/level.ts'
import type { Db } from '../../db.ts'

/** Of the active ones; `domain` is a name as we store it, which has no character that a pattern gives a meaning to. */
const onDomain = (db: Db, organizationId: string, domain: string) =>
  db
    .selectFrom('members')
    .innerJoin('people', 'people.id', 'members.person_id')
    .where('members.organization_id', '=', organizationId)
    .where('members.status', '=', 'active')
    .where('people.email', 'like', `%@${domain}`)

export async function countMembersOn(db: Db, organizationId: string, domain: string): Promise<number> {
  const { total } = await onDomain(db, organizationId, domain)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Whoever came in last comes first, whoever never did last. */
export const listMembersOn = (
  db: Db,
  organizationId: string,
  { domain, limit }: { domain: string; limit: number },
) =>
  onDomain(db, organizationId, domain)
    .select([
      'members.person_id',
      'members.level',
      'members.last_login_at',
      'people.email',
      'people.first_name',
      'people.last_name',
    ])
    .orderBy('members.last_login_at', order => order.desc().nullsLast())
    .orderBy('members.person_id')
    .limit(limit)
    .execute()

export const listOwners = (db: Db, organizationId: string) =>
  db
    .selectFrom('members')
    .innerJoin('people', 'people.id', 'members.person_id')
    .where('members.organization_id', '=', organizationId)
    .where('members.status', '=', 'active')
    .where('members.level', '>=', levels.owner)
    .select(['members.person_id', 'people.email', 'people.first_name', 'people.last_name'])
    .orderBy('people.email')
    .execute()

/** When each of these people last came in by SAML, as far as the log goes back. */
export async function listLastSamlSignIns(
  db: Db,
  organizationId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('sign_ins')
    .where('person_id', 'in', personIds)
    .where('organization_id', '=', organizationId)
    .where('outcome', '=', 'accepted')
    .where('kind', '!=', 'test')
    .groupBy('person_id')
    .select(({ fn }) => ['person_id', fn.max('created_at').as('at')])
    .execute()
  return new Map(rows.map(({ person_id, at }) => [person_id ?? '', at]))
}
