// Where what an audit row is about is to be found: the domain of a user or a group, and the person behind a user or a membership.
import type { Db } from '../db.ts'

export interface FoundPlace {
  readonly id: string
  readonly type: 'user' | 'group' | 'member'
  readonly domainId: string | null
  readonly personId: string | null
}

/** Of these ids, those that are still there in the organization. */
export async function listPlaces(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<FoundPlace[]> {
  if (ids.length === 0) return []
  const users = db
    .selectFrom('domains')
    .innerJoin('users', 'users.domain_id', 'domains.id')
    .where('domains.organization_id', '=', organizationId)
    .where('users.id', 'in', ids)
    .select(['users.id', 'users.domain_id as domainId', 'users.person_id as personId'])
  const groups = db
    .selectFrom('domains')
    .innerJoin('groups', 'groups.domain_id', 'domains.id')
    .where('domains.organization_id', '=', organizationId)
    .where('groups.id', 'in', ids)
    .select(['groups.id', 'groups.domain_id as domainId'])
  const members = db
    .selectFrom('members')
    .where('organization_id', '=', organizationId)
    .where('id', 'in', ids)
    .select(['id', 'person_id as personId'])
  return [
    ...(await users.execute()).map(user => ({ ...user, type: 'user' as const })),
    ...(await groups.execute()).map(group => ({ ...group, type: 'group' as const, personId: null })),
    ...(await members.execute()).map(member => ({ ...member, type: 'member' as const, domainId: null })),
  ]
}
