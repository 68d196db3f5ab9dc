// The groups of a domain: one row each with its document as text; who is in it stands in rows of their own.
import type { ExpressionBuilder } from 'kysely'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { GroupsTable, Tables } from '../tables/tables.ts'

export type Group = GroupsTable

interface Key {
  domainId: string
  id: string
}

// Not all of them: PostgreSQL has a parsed copy of the document besides, for filters only.
const columns = [
  'domain_id',
  'id',
  'display_name',
  'external_id',
  'level',
  'created_at',
  'updated_at',
  'version',
  'doc',
] as const satisfies readonly (keyof Group)[]

const find = prepare((db, { domainId, id }: Places<Key>) =>
  db.selectFrom('groups').select(columns).where('domain_id', '=', domainId).where('id', '=', id),
)
// No key of a group changes while it is locked, so that another group may take it in meanwhile.
const findForUpdate = prepare((db, { domainId, id }: Places<Key>) =>
  db
    .selectFrom('groups')
    .select(columns)
    .where('domain_id', '=', domainId)
    .where('id', '=', id)
    .forNoKeyUpdate(),
)

export const findGroup = (db: Db, domainId: string, id: string): Promise<Group | undefined> =>
  find.first(db, { domainId, id })

/** As `findGroup`, and nobody else changes the row or its members before the transaction ends. */
export const lockGroup = (tx: Db, domainId: string, id: string): Promise<Group | undefined> =>
  findForUpdate.first(tx, { domainId, id })

const insert = prepare((db, group: Places<Group>) =>
  db.insertInto('groups').values({
    domain_id: group.domain_id,
    id: group.id,
    display_name: group.display_name,
    external_id: group.external_id,
    level: group.level,
    created_at: group.created_at,
    updated_at: group.updated_at,
    version: group.version,
    doc: group.doc,
  }),
)
const update = prepare((db, group: Places<Group>) =>
  db
    .updateTable('groups')
    .set({
      display_name: group.display_name,
      external_id: group.external_id,
      updated_at: group.updated_at,
      version: group.version,
      doc: group.doc,
    })
    .where('domain_id', '=', group.domain_id)
    .where('id', '=', group.id),
)
const remove = prepare((db, { domainId, id }: Places<Key>) =>
  db.deleteFrom('groups').where('domain_id', '=', domainId).where('id', '=', id),
)

export const insertGroup = (tx: Db, group: Group) => insert.run(tx, group)
/** All but the level, which is not the identity provider's to set. */
export const updateGroup = (tx: Db, group: Group) => update.run(tx, group)
/** Its rows of members go with it, and those by which it is a member. */
export const deleteGroup = (tx: Db, domainId: string, id: string) => remove.run(tx, { domainId, id })

export const setGroupLevel = (tx: Db, { domain_id, id }: Group, level: number | null) =>
  tx.updateTable('groups').set({ level }).where('domain_id', '=', domain_id).where('id', '=', id).execute()

/** Locks these groups, always in one order. */
export const lockGroups = (tx: Db, domainId: string, ids: readonly string[]) =>
  tx
    .selectFrom('groups')
    .select('id')
    .where('domain_id', '=', domainId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()

/** How many users and how many groups are directly in a group. */
export const directCounts = ({ selectFrom, fn }: ExpressionBuilder<Tables, 'groups'>) => [
  selectFrom('group_users')
    .select(fn.countAll<number>().as('total'))
    .whereRef('group_users.domain_id', '=', 'groups.domain_id')
    .whereRef('group_users.group_id', '=', 'groups.id')
    .as('users'),
  selectFrom('group_groups')
    .select(fn.countAll<number>().as('total'))
    .whereRef('group_groups.domain_id', '=', 'groups.domain_id')
    .whereRef('group_groups.group_id', '=', 'groups.id')
    .as('groups'),
]

const withCounts = (db: Db, domainId: string) =>
  db.selectFrom('groups').select(columns).select(directCounts).where('domain_id', '=', domainId)

/** With the number of users and of groups directly in it. */
export type ListedGroup = Group & { readonly users: number | null; readonly groups: number | null }

export const findListedGroup = (db: Db, domainId: string, id: string): Promise<ListedGroup | undefined> =>
  withCounts(db, domainId).where('id', '=', id).executeTakeFirst()

/** Ordered by display name. */
export const listGroups = (
  db: Db,
  domainId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<ListedGroup[]> =>
  withCounts(db, domainId).orderBy('display_name').limit(limit).offset(offset).execute()
