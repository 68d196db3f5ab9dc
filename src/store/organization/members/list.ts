// Lists of members with who they are, and what else is known of them in the organization.
import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db.ts'
import { byCodePoint, foldSql, kindOf } from '../../dialect.ts'
import type { Member } from '../members.ts'
import type { Person } from '../people.ts'

/** A membership with the person whose it is. */
export interface MemberOfList {
  readonly member: Member
  readonly person: Person
}

export interface MemberFilter {
  readonly status?: Member['status'] | undefined
  /** Lower-cased. */
  readonly email?: string | undefined
  readonly level?: number | undefined
  readonly origin?: Member['origin'] | undefined
}

export interface MemberOrder {
  /** `name` is the address of whoever has none; whoever never signed in comes last, whichever way. */
  readonly by: 'joined' | 'name' | 'signed_in'
  readonly order: 'asc' | 'desc'
}

interface Page extends MemberOrder {
  readonly limit: number
  readonly offset: number
}

function matching(db: Db, organizationId: string, { status, email, level, origin }: MemberFilter) {
  let query = db
    .selectFrom('members')
    .innerJoin('people', 'people.id', 'members.person_id')
    .where('members.organization_id', '=', organizationId)
  if (status !== undefined) query = query.where('members.status', '=', status)
  if (email !== undefined) query = query.where('people.email', '=', email)
  if (level !== undefined) query = query.where('members.level', '=', level)
  if (origin !== undefined) query = query.where('members.origin', '=', origin)
  return query
}

export async function countMembers(db: Db, organizationId: string, filter: MemberFilter): Promise<number> {
  const { total } = await matching(db, organizationId, filter)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

const orderings: Readonly<Record<MemberOrder['by'], (db: Db) => Expression<string | null>>> = {
  joined: () => sql.ref('members.joined_at'),
  signed_in: () => sql.ref('members.last_login_at'),
  name: db => byCodePoint(kindOf(db), foldSql(kindOf(db), shownName)),
}

const shownName: RawBuilder<string> = sql`coalesce(nullif(trim(people.first_name || ' ' || people.last_name), ''), people.email)`

/** The ids of a page of people. */
export async function listMemberIds(
  db: Db,
  organizationId: string,
  { limit, offset, by, order, ...filter }: MemberFilter & Page,
): Promise<string[]> {
  const rows = await matching(db, organizationId, filter)
    .select('members.person_id')
    .orderBy(orderings[by](db), direction => direction[order]().nullsLast())
    .orderBy('members.id', order)
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(row => row.person_id)
}

/** What a search looks at, in the order of the people's ids, a batch after one of them. */
export const listSearched = (
  db: Db,
  organizationId: string,
  { after, limit, ...filter }: MemberFilter & { after: string; limit: number },
) =>
  matching(db, organizationId, filter)
    .where('members.person_id', '>', after)
    .select([
      'members.person_id',
      'members.id',
      'members.joined_at',
      'members.last_login_at',
      'people.first_name',
      'people.last_name',
      'people.email',
    ])
    .orderBy('members.person_id')
    .limit(limit)
    .execute()

/** Who has one of these addresses and is a member. */
export async function listMembersAmong(db: Db, organizationId: string, emails: readonly string[]) {
  if (emails.length === 0) return []
  return matching(db, organizationId, {})
    .where('people.email', 'in', emails)
    .select(['people.email', 'members.status'])
    .execute()
}

/** Those of these people who are members, in the order of the ids. */
export async function findMembers(
  db: Db,
  organizationId: string,
  personIds: readonly string[],
): Promise<MemberOfList[]> {
  if (personIds.length === 0) return []
  const [members, people] = [
    await db
      .selectFrom('members')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('person_id', 'in', personIds)
      .execute(),
    await db.selectFrom('people').selectAll().where('id', 'in', personIds).execute(),
  ]
  const personOf = new Map(people.map(person => [person.id, person]))
  const memberOf = new Map(members.map(member => [member.person_id, member]))
  return personIds.flatMap(id => {
    const member = memberOf.get(id)
    const person = personOf.get(id)
    return member && person ? [{ member, person }] : []
  })
}

/** For each of these people whom an identity provider has pushed: the name of a domain that it came through. */
export async function listManagingDomains(
  db: Db,
  organizationId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('users')
    .innerJoin('domains', 'domains.id', 'users.domain_id')
    .where('domains.organization_id', '=', organizationId)
    .where('users.person_id', 'in', personIds)
    .select(['users.person_id', 'domains.name'])
    .orderBy('domains.name', 'desc')
    .execute()
  return new Map(rows.map(({ person_id, name }) => [person_id ?? '', name]))
}

interface LevelGroup {
  readonly id: string
  readonly domainId: string
  /** Lower-cased. */
  readonly name: string
}

/** The groups of the organization that memberships have their level from, by their ids. */
export async function listLevelGroups(
  db: Db,
  organizationId: string,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, LevelGroup>> {
  if (groupIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('groups')
    .innerJoin('domains', 'domains.id', 'groups.domain_id')
    .where('domains.organization_id', '=', organizationId)
    .where('groups.id', 'in', groupIds)
    .select(['groups.id', 'groups.domain_id as domainId', 'groups.display_name as name'])
    .execute()
  return new Map(rows.map(group => [group.id, group]))
}

/** Those of these people whom an identity provider of any organization knows by a name of its own. */
export async function listLinkedPeople(db: Db, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('identities')
    .select('person_id')
    .distinct()
    .where('person_id', 'in', personIds)
    .execute()
  return new Set(rows.map(row => row.person_id))
}

/** The addresses of the active members of at least this level. */
export async function listAddressesFrom(db: Db, organizationId: string, level: number): Promise<string[]> {
  const rows = await matching(db, organizationId, { status: 'active' })
    .where('members.level', '>=', level)
    .select('people.email')
    .orderBy('people.email')
    .execute()
  return rows.map(row => row.email)
}
