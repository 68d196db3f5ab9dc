// The people: one row per address, across all organizations.
import type { Selectable } from 'kysely'
import { newId } from '../../base/id.ts'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { Flag, PeopleTable } from '../tables/tables.ts'

export type Person = Selectable<PeopleTable>

export interface NewPerson {
  /** Lower-cased. */
  email: string
  firstName: string
  lastName: string
  isEmailVerified: boolean
  now: string
}

const findById = prepare((db, { id }: Places<{ id: string }>) =>
  db.selectFrom('people').selectAll().where('id', '=', id),
)
const findByEmail = prepare((db, { email }: Places<{ email: string }>) =>
  db.selectFrom('people').selectAll().where('email', '=', email),
)
const insert = prepare((db, person: Places<NewPerson & { id: string; isVerified: Flag }>) =>
  db
    .insertInto('people')
    .values({
      id: person.id,
      email: person.email,
      first_name: person.firstName,
      last_name: person.lastName,
      is_email_verified: person.isVerified,
      current_organization_id: null,
      created_at: person.now,
      updated_at: person.now,
    })
    .onConflict(conflict => conflict.column('email').doNothing())
    .returningAll(),
)

export const findPerson = (db: Db, id: string): Promise<Person | undefined> => findById.first(db, { id })

export const findPersonByEmail = (db: Db, email: string): Promise<Person | undefined> =>
  findByEmail.first(db, { email })

/** Those of these ids that are there, by their ids. */
export async function findPeople(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  if (ids.length === 0) return new Map()
  const people = await db.selectFrom('people').selectAll().where('id', 'in', ids).execute()
  return new Map(people.map(person => [person.id, person]))
}

/** Nobody else changes the person until the transaction ends. */
export const lockPerson = (tx: Db, id: string): Promise<Person | undefined> =>
  tx.selectFrom('people').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

/** The person of this address, made if there is none; two callers at once get the same one. */
export async function ensurePerson(db: Db, person: NewPerson): Promise<Person> {
  const made = await insert.first(db, { ...person, id: newId(), isVerified: person.isEmailVerified ? 1 : 0 })
  const known = made ?? (await findPersonByEmail(db, person.email))
  if (!known) throw new Error('expected the person to be there, but they were deleted at the same moment')
  return known
}

/** By their addresses. */
export const listOperators = (db: Db): Promise<Person[]> =>
  db.selectFrom('people').selectAll().where('is_operator', '=', 1).orderBy('email').execute()

export const updatePerson = (db: Db, id: string, changes: Partial<Person>) =>
  db.updateTable('people').set(changes).where('id', '=', id).execute()
