// The memberships: a person in an organization, with a level.
import { newId } from '../../base/id.ts'
import { levels } from '../../domain/level.ts'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { MembersTable } from '../tables/tables.ts'

export type Member = MembersTable

export interface NewMember {
  organizationId: string
  personId: string
  level: number
  origin: Member['origin']
  now: string
}

interface Key {
  organizationId: string
  personId: string
}

const find = prepare((db, { organizationId, personId }: Places<Key>) =>
  db
    .selectFrom('members')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId),
)
const insert = prepare((db, member: Places<NewMember & { id: string }>) =>
  db
    .insertInto('members')
    .values({
      organization_id: member.organizationId,
      person_id: member.personId,
      id: member.id,
      level: member.level,
      status: 'active',
      origin: member.origin,
      joined_at: member.now,
      updated_at: member.now,
      last_login_at: null,
    })
    .onConflict(conflict => conflict.columns(['organization_id', 'person_id']).doNothing())
    .returningAll(),
)

/** The membership whatever its status; a suspended one opens nothing. */
export const findMember = (db: Db, organizationId: string, personId: string): Promise<Member | undefined> =>
  find.first(db, { organizationId, personId })

/** Of two callers at once the first one's level holds; the answer is what stands afterwards. */
export async function ensureMember(db: Db, member: NewMember): Promise<Member> {
  const made = await insert.first(db, { ...member, id: newId() })
  const known = made ?? (await find.first(db, member))
  if (!known) throw new Error('expected the membership to be there, but it was deleted at the same moment')
  return known
}

export const updateMember = (
  db: Db,
  organizationId: string,
  {
    personId,
    ...changes
  }: { personId: string } & Partial<
    Pick<Member, 'level' | 'level_group_id' | 'status' | 'updated_at' | 'last_login_at'>
  >,
) =>
  db
    .updateTable('members')
    .set(changes)
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId)
    .execute()

export const deleteMember = (db: Db, organizationId: string, personId: string) =>
  db
    .deleteFrom('members')
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId)
    .execute()

const membershipsOf = (db: Db, personId: string) =>
  db
    .selectFrom('members')
    .selectAll()
    .where('person_id', '=', personId)
    .where('status', '=', 'active')
    .orderBy('joined_at')
    .orderBy('organization_id')

/** Active memberships of a person, the oldest first. */
export const listMembershipsOf = (db: Db, personId: string): Promise<Member[]> =>
  membershipsOf(db, personId).execute()

/** As `listMembershipsOf`, and nobody suspends or ends one of them before the transaction does. */
export const keepMembershipsOf = (tx: Db, personId: string): Promise<Member[]> =>
  membershipsOf(tx, personId).forShare().execute()

/**
 * Whether the person belongs to anything but this organization: to another one, a suspended membership included, or to
 * the installation as an operator. No identity provider decides about who they are.
 */
export async function belongsElsewhere(db: Db, organizationId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('people')
    .select('id')
    .where('id', '=', personId)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('is_operator', '=', 1),
        exists(
          selectFrom('members')
            .select('members.id')
            .where('members.person_id', '=', personId)
            .where('members.organization_id', '!=', organizationId),
        ),
      ]),
    )
    .executeTakeFirst()
  return row !== undefined
}

/** Active members of at least this level: owners are those of 15. */
export async function countMembersFrom(db: Db, organizationId: string, level: number): Promise<number> {
  const { total } = await db
    .selectFrom('members')
    .where('organization_id', '=', organizationId)
    .where('level', '>=', level)
    .where('status', '=', 'active')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** How many active members each of these organizations has; those without any are left out. */
export async function countMembersOf(
  db: Db,
  organizationIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (organizationIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('members')
    .where('organization_id', 'in', organizationIds)
    .where('status', '=', 'active')
    .groupBy('organization_id')
    .select(({ fn }) => ['organization_id', fn.countAll<number>().as('total')])
    .execute()
  return new Map(rows.map(({ organization_id, total }) => [organization_id, Number(total)]))
}

const findForUpdate = prepare((db, { organizationId, personId }: Places<Key>) =>
  db
    .selectFrom('members')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId)
    .forUpdate(),
)

const setStatus = prepare((db, change: Places<Key & { status: Member['status']; now: string }>) =>
  db
    .updateTable('members')
    .set({ status: change.status, updated_at: change.now })
    .where('organization_id', '=', change.organizationId)
    .where('person_id', '=', change.personId),
)

export const setMemberStatus = (
  tx: Db,
  { organization_id, person_id }: Member,
  { status, now }: { status: Member['status']; now: string },
) => setStatus.run(tx, { organizationId: organization_id, personId: person_id, status, now })

/** When the person last signed in. */
export const markSignedIn = (tx: Db, key: Key & { now: string }) => setLastLogin.run(tx, key)

const setLastLogin = prepare((db, { organizationId, personId, now }: Places<Key & { now: string }>) =>
  db
    .updateTable('members')
    .set({ last_login_at: now })
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId),
)

/** As `findMember`, and nobody else changes the membership before the transaction ends. */
export const lockMember = (tx: Db, organizationId: string, personId: string): Promise<Member | undefined> =>
  findForUpdate.first(tx, { organizationId, personId })

/** Whether the organization would have no active owner without this member. Callers come here one after another. */
export async function isLastOwner(tx: Db, { organization_id, level, status }: Member): Promise<boolean> {
  if (level !== levels.owner || status !== 'active') return false
  // Of two owners who leave at once, the second must see that the first is gone.
  await tx
    .selectFrom('organizations')
    .select('id')
    .where('id', '=', organization_id)
    .forNoKeyUpdate()
    .execute()
  return (await countMembersFrom(tx, organization_id, levels.owner)) <= 1
}
