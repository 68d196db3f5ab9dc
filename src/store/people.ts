// The people: one row per address, across all organizations.
import { newId } from '../base/id.ts'
import type { Db } from './db.ts'
import type { PeopleTable } from './tables.ts'

export type Person = PeopleTable

export interface NewPerson {
  /** Lower-cased. */
  email: string
  firstName: string
  lastName: string
  isEmailVerified: boolean
  now: string
}

export const findPerson = (db: Db, id: string): Promise<Person | undefined> =>
  db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst()

export const findPersonByEmail = (db: Db, email: string): Promise<Person | undefined> =>
  db.selectFrom('people').selectAll().where('email', '=', email).executeTakeFirst()

/** The person of this address, made if there is none; two callers at once get the same one. */
export async function ensurePerson(db: Db, person: NewPerson): Promise<Person> {
  const known = await findPersonByEmail(db, person.email)
  if (known) return known
  await db
    .insertInto('people')
    .values({
      id: newId(),
      email: person.email,
      first_name: person.firstName,
      last_name: person.lastName,
      is_email_verified: person.isEmailVerified ? 1 : 0,
      current_organization_id: null,
      created_at: person.now,
      updated_at: person.now,
    })
    .onConflict(conflict => conflict.column('email').doNothing())
    .execute()
  return db.selectFrom('people').selectAll().where('email', '=', person.email).executeTakeFirstOrThrow()
}

export const updatePerson = (db: Db, id: string, changes: Partial<Person>) =>
  db.updateTable('people').set(changes).where('id', '=', id).execute()
