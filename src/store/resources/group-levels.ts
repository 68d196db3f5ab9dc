// The levels that groups give to the people in them: found, and carried over to the memberships of an organization.
import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import { levelUnderGroups, type Standing } from '../../domain/level.ts'
import type { Db } from '../db.ts'
import { isOneOf, kindOf, textsOf } from '../dialect.ts'
import { deleteInvitesAbove } from '../organization/invites.ts'
import { deleteSetUpLinksAbove } from '../organization/set-up-links.ts'
import { appendAudit } from '../records/audit.ts'
import { type Places, prepare } from '../statement.ts'
import type { GroupKey, Members } from './group-members.ts'
import { groupsAround, groupsInside } from './nesting.ts'

const levelled = prepare(
  (_, { domainId, groupId }: Places<GroupKey>) => sql<{ id: string }>`
    with recursive ${groupsAround(groupId, domainId)}
    select id from groups
    where domain_id = ${domainId} and level is not null
      and (id = ${groupId} or id in (select id from around))
    limit 1`,
)

/** Whether being in this group may mean a level: by itself, or by a group around it. */
export const givesLevel = async (tx: Db, key: GroupKey): Promise<boolean> =>
  (await levelled.first(tx, key)) !== undefined

/** The people of these users, and of the users in these groups or inside them. */
export async function listPeopleOf(tx: Db, domainId: string, members: Members): Promise<string[]> {
  const kind = kindOf(tx)
  const users = sql.val(JSON.stringify(members.users))
  const groups = sql.val(JSON.stringify(members.groups))
  const { rows } = await sql<{ person_id: string }>`
    with recursive ${groupsInside(isOneOf(kind, 'group_id', groups), domainId)},
    touched (id) as (
      select value from ${textsOf(kind, users)} as listed
      union
      select user_id from group_users where domain_id = ${domainId} and ${isOneOf(kind, 'group_id', groups)}
      union
      select user_id from inside cross join group_users where domain_id = ${domainId} and group_id = inside.id
    )
    select distinct person_id from touched cross join users
    where users.domain_id = ${domainId} and users.id = touched.id and person_id is not null`.execute(tx)
  return rows.map(row => row.person_id)
}

/** The groups inside a group, directly or not. */
export async function listGroupsInside(tx: Db, { domainId, groupId }: GroupKey): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive ${groupsInside(sql`group_id = ${groupId}`, domainId)} select id from inside`.execute(tx)
  return rows.map(row => row.id)
}

/** The people whose level comes from a group of this domain. */
export async function listPeopleLevelledBy(
  tx: Db,
  organizationId: string,
  domainId: string,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('members')
    .select('person_id')
    .where('organization_id', '=', organizationId)
    .where('level_group_id', 'in', ({ selectFrom }) =>
      selectFrom('groups').select('id').where('domain_id', '=', domainId),
    )
    .execute()
  return rows.map(row => row.person_id)
}

interface Follow {
  readonly organizationId: string
  readonly personIds: readonly string[]
  readonly actor: Actor
  readonly now: string
}

/**
 * Brings the memberships of these people in line with their groups, each change in the audit log; gives how many
 * changed. Of two writers at once the second sees what the first one did, since the memberships are locked first.
 */
export async function followGroups(tx: Db, follow: Follow): Promise<number> {
  if (follow.personIds.length === 0) return 0
  const members = await lockMembers(tx, follow)
  const given = await listGiven(tx, follow)
  let changed = 0
  for (const { id, person_id, email, level, level_group_id: groupId, default_level } of members) {
    const before: Standing = { level, groupId }
    const after = levelUnderGroups(before, given.get(person_id), default_level)
    if (after.level === level && after.groupId === groupId) continue
    await setLevel.run(tx, {
      ...after,
      organizationId: follow.organizationId,
      personId: person_id,
      now: follow.now,
    })
    if (after.level === level) continue
    const change = { personId: person_id, level: after.level }
    await deleteInvitesAbove(tx, follow.organizationId, change)
    await deleteSetUpLinksAbove(tx, follow.organizationId, change)
    changed += 1
    await appendAudit(tx, follow.organizationId, {
      actor: follow.actor,
      action: 'member.level_changed',
      target: { type: 'member', id, label: email },
      about: [person_id],
      changes: {
        level: { before: level, after: after.level },
        group: { before: groupId, after: after.groupId },
      },
      now: follow.now,
    })
  }
  return changed
}

const setLevel = prepare(
  (db, change: Places<Standing & { organizationId: string; personId: string; now: string }>) =>
    db
      .updateTable('members')
      .set({ level: change.level, level_group_id: change.groupId, updated_at: change.now })
      .where('organization_id', '=', change.organizationId)
      .where('person_id', '=', change.personId),
)

/** Always in one order, so that two writers do not wait for each other in a circle. */
const lockMembers = (tx: Db, { organizationId, personIds }: Follow) =>
  tx
    .selectFrom('members')
    .innerJoin('people', 'people.id', 'members.person_id')
    .innerJoin('organizations', 'organizations.id', 'members.organization_id')
    .select(['members.id', 'members.person_id', 'members.level', 'members.level_group_id'])
    .select(['people.email', 'organizations.default_membership_level as default_level'])
    .where('members.organization_id', '=', organizationId)
    .where(isOneOf(kindOf(tx), 'members.person_id', sql.val(JSON.stringify(personIds))))
    .orderBy('members.person_id')
    .forUpdate('members')
    .execute()

/** For each person the highest level that a group of any domain of the organization gives. */
async function listGiven(tx: Db, { organizationId, personIds }: Follow): Promise<Map<string, Standing>> {
  const people = sql.val(JSON.stringify(personIds))
  const { rows } = await sql<{ person_id: string; group_id: string; level: number }>`
    with recursive held (person_id, domain_id, group_id) as (
      select users.person_id, users.domain_id, group_users.group_id
      from users
      join domains on domains.id = users.domain_id
      join group_users on group_users.domain_id = users.domain_id and group_users.user_id = users.id
      where domains.organization_id = ${organizationId} and ${isOneOf(kindOf(tx), 'users.person_id', people)}
      union
      select held.person_id, held.domain_id, around.group_id
      from held cross join group_groups as around
      where around.domain_id = held.domain_id and around.nested_id = held.group_id
    )
    select held.person_id, groups.id as group_id, groups.level
    from held cross join groups
    where groups.domain_id = held.domain_id and groups.id = held.group_id and groups.level is not null
    order by groups.level, groups.id`.execute(tx)
  // The last one said of a person stands.
  return new Map(rows.map(({ person_id, group_id, level }) => [person_id, { level, groupId: group_id }]))
}
