// Which users stand for a person, and which ones did until they were deleted.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { User } from './users.ts'

interface Gone {
  domainId: string
  id: string
  personId: string
  now: string
}

const keep = prepare((db, { domainId, id, personId, now }: Places<Gone>) =>
  db
    .insertInto('former_users')
    .values({ domain_id: domainId, user_id: id, person_id: personId, deleted_at: now }),
)

/** Before the user of a person is deleted. */
export async function keepFormerUser(tx: Db, { domain_id, id, person_id }: User, now: string): Promise<void> {
  if (person_id !== null) await keep.run(tx, { domainId: domain_id, id, personId: person_id, now })
}

export interface FormerUser {
  readonly domain_id: string
  readonly user_id: string
  readonly person_id: string
  readonly deleted_at: string
}

const formerIn = (db: Db, organizationId: string) =>
  db
    .selectFrom('former_users')
    .innerJoin('domains', 'domains.id', 'former_users.domain_id')
    .selectAll('former_users')
    .where('domains.organization_id', '=', organizationId)

/** In the organization, the last that went first. */
export const listFormerUsersOf = (db: Db, organizationId: string, personId: string): Promise<FormerUser[]> =>
  formerIn(db, organizationId)
    .where('former_users.person_id', '=', personId)
    .orderBy('former_users.deleted_at', 'desc')
    .orderBy('former_users.user_id', 'desc')
    .limit(mostUsers)
    .execute()

export const findFormerUser = (
  db: Db,
  organizationId: string,
  userId: string,
): Promise<FormerUser | undefined> =>
  formerIn(db, organizationId).where('former_users.user_id', '=', userId).executeTakeFirst()

/** A directory that makes somebody anew each night should not make their page slow. */
const mostUsers = 20

const usersIn = (db: Db, organizationId: string) =>
  db
    .selectFrom('users')
    .innerJoin('domains', 'domains.id', 'users.domain_id')
    .select([
      'users.domain_id',
      'users.id',
      'users.person_id',
      'users.user_name',
      'users.external_id',
      'users.email',
      'users.active',
      'users.created_at',
      'users.updated_at',
      'users.doc',
      'domains.name as domain',
    ])
    .where('domains.organization_id', '=', organizationId)

/** A user with the name of the domain that it came through. */
export type PlacedUser = Awaited<ReturnType<typeof listUsersOfPerson>>[number]

/** In the organization, by the names of its domains, the oldest first within one. */
export const listUsersOfPerson = (db: Db, organizationId: string, personId: string) =>
  usersIn(db, organizationId)
    .where('users.person_id', '=', personId)
    .orderBy('domains.name')
    .orderBy('users.id')
    .limit(mostUsers)
    .execute()

/** By its id, whichever domain of the organization it came through. */
export const findUserIn = (db: Db, organizationId: string, userId: string): Promise<PlacedUser | undefined> =>
  usersIn(db, organizationId).where('users.id', '=', userId).executeTakeFirst()
