// The users of a domain: one row each with its document as text, and a side row for every e-mail address.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { UsersTable } from '../tables/tables.ts'

export type User = UsersTable

interface Key {
  domainId: string
  id: string
}

// Not all of them: PostgreSQL has a parsed copy of the document besides, for filters only.
const columns = [
  'domain_id',
  'id',
  'person_id',
  'user_name',
  'display_name',
  'external_id',
  'email',
  'active',
  'created_at',
  'updated_at',
  'version',
  'doc',
] as const satisfies readonly (keyof User)[]

const find = prepare((db, { domainId, id }: Places<Key>) =>
  db.selectFrom('users').select(columns).where('domain_id', '=', domainId).where('id', '=', id),
)
const findForUpdate = prepare((db, { domainId, id }: Places<Key>) =>
  db.selectFrom('users').select(columns).where('domain_id', '=', domainId).where('id', '=', id).forUpdate(),
)

export const findUser = (db: Db, domainId: string, id: string): Promise<User | undefined> =>
  find.first(db, { domainId, id })

/** As `findUser`, and nobody else changes the row before the transaction ends. */
export const lockUser = (tx: Db, domainId: string, id: string): Promise<User | undefined> =>
  findForUpdate.first(tx, { domainId, id })

const insert = prepare((db, user: Places<User>) =>
  db.insertInto('users').values({
    domain_id: user.domain_id,
    id: user.id,
    person_id: user.person_id,
    user_name: user.user_name,
    display_name: user.display_name,
    external_id: user.external_id,
    email: user.email,
    active: user.active,
    created_at: user.created_at,
    updated_at: user.updated_at,
    version: user.version,
    doc: user.doc,
  }),
)
const update = prepare((db, user: Places<User>) =>
  db
    .updateTable('users')
    .set({
      person_id: user.person_id,
      user_name: user.user_name,
      display_name: user.display_name,
      external_id: user.external_id,
      email: user.email,
      active: user.active,
      updated_at: user.updated_at,
      version: user.version,
      doc: user.doc,
    })
    .where('domain_id', '=', user.domain_id)
    .where('id', '=', user.id),
)

export const insertUser = (tx: Db, user: User) => insert.run(tx, user)
export const updateUser = (tx: Db, user: User) => update.run(tx, user)

/** Ahead of the rest of a change, for what asks in the same transaction whose the user is. */
export const setPersonOfUser = (tx: Db, { domain_id, id }: User, personId: string) =>
  tx
    .updateTable('users')
    .set({ person_id: personId })
    .where('domain_id', '=', domain_id)
    .where('id', '=', id)
    .execute()

const remove = prepare((db, { domainId, id }: Places<Key>) =>
  db.deleteFrom('users').where('domain_id', '=', domainId).where('id', '=', id),
)

/** The side rows go with it. */
export const deleteUser = (tx: Db, domainId: string, id: string) => remove.run(tx, { domainId, id })

const insertEmail = prepare((db, { domainId, id, value }: Places<Key & { value: string }>) =>
  db.insertInto('user_emails').values({ domain_id: domainId, user_id: id, value }),
)
const deleteEmails = prepare((db, { domainId, id }: Places<Key>) =>
  db.deleteFrom('user_emails').where('domain_id', '=', domainId).where('user_id', '=', id),
)

/** `values` are lower-cased and differ from each other. */
export async function insertUserEmails(
  tx: Db,
  { domain_id, id }: User,
  values: readonly string[],
): Promise<void> {
  for (const value of values) await insertEmail.run(tx, { domainId: domain_id, id, value })
}

export async function replaceUserEmails(tx: Db, user: User, values: readonly string[]): Promise<void> {
  await deleteEmails.run(tx, { domainId: user.domain_id, id: user.id })
  await insertUserEmails(tx, user, values)
}

/** The oldest user of the domain that stands for the person. */
export async function findUserOfPerson(
  db: Db,
  domainId: string,
  personId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('domain_id', '=', domainId)
    .where('person_id', '=', personId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

interface Other {
  organizationId: string
  personId: string
  exceptId: string
}

const findOtherActive = prepare((db, { organizationId, personId, exceptId }: Places<Other>) =>
  db
    .selectFrom('users')
    .innerJoin('domains', 'domains.id', 'users.domain_id')
    .select('users.id')
    .where('users.person_id', '=', personId)
    .where('users.active', '=', 1)
    .where('users.id', '!=', exceptId)
    .where('domains.organization_id', '=', organizationId)
    .limit(1),
)

/** Whether an active user of any domain of the organization, other than `exceptId`, stands for the person. */
export async function hasOtherActiveUser(tx: Db, other: Other): Promise<boolean> {
  return (await findOtherActive.first(tx, other)) !== undefined
}

const findActivity = prepare(
  (db, { organizationId, personId }: Places<{ organizationId: string; personId: string }>) =>
    db
      .selectFrom('users')
      .innerJoin('domains', 'domains.id', 'users.domain_id')
      .select('users.active')
      .where('users.person_id', '=', personId)
      .where('domains.organization_id', '=', organizationId)
      .orderBy('users.active', 'desc')
      .limit(1),
)

/** Whether the organization's identity providers have users for the person, and none of them is active. */
export const isDeactivated = async (tx: Db, organizationId: string, personId: string): Promise<boolean> =>
  (await findActivity.first(tx, { organizationId, personId }))?.active === 0
