// The keys that open an organization, whoever's they are.
import type { Db } from '../../db.ts'
import { type ApiKey, readKey } from '../api-keys.ts'

export interface ReachingKey extends ApiKey {
  readonly email: string
  /** Of its owner, in the organization. */
  readonly level: number
}

interface Reach {
  readonly now: string
  /** Whose keys are not meant. */
  readonly exceptPersonId: string | null
}

function reaching(db: Db, organizationId: string, { now, exceptPersonId }: Reach) {
  const query = db
    .selectFrom('members')
    .innerJoin('api_keys', 'api_keys.person_id', 'members.person_id')
    .innerJoin('people', 'people.id', 'members.person_id')
    .where('members.organization_id', '=', organizationId)
    .where('members.status', '=', 'active')
    .where(({ or, eb }) => or([eb('api_keys.expires_at', 'is', null), eb('api_keys.expires_at', '>', now)]))
    .where(({ or, eb }) =>
      or([
        eb('api_keys.organizations', 'is', null),
        eb('api_keys.organizations', 'like', `%"${organizationId}"%`),
      ]),
    )
  return exceptPersonId === null ? query : query.where('members.person_id', '!=', exceptPersonId)
}

/** Those that have not expired, the last used first, those that never were at the end. */
export async function listKeysReaching(
  db: Db,
  organizationId: string,
  { limit, offset, ...reach }: Reach & { limit: number; offset: number },
): Promise<ReachingKey[]> {
  const rows = await reaching(db, organizationId, reach)
    .selectAll('api_keys')
    .select(['people.email', 'members.level'])
    .orderBy('api_keys.last_used_at', direction => direction.desc().nullsLast())
    .orderBy('api_keys.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ email, level, ...row }) => ({ ...readKey(row), email, level }))
}

export async function countKeysReaching(db: Db, organizationId: string, reach: Reach): Promise<number> {
  const { total } = await reaching(db, organizationId, reach)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Whether somebody other than its owner may know of it: it opens the organization. */
export const opens = ({ organizations }: ApiKey, organizationId: string): boolean =>
  organizations?.includes(organizationId) ?? true
