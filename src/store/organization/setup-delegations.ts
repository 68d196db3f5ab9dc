// Who left the setup of which organization to somebody they invited; a person does that in one organization at a time.
import type { Db } from '../db.ts'
import type { SetupDelegationsTable } from '../tables/records.ts'

export type SetupDelegation = SetupDelegationsTable

export const findDelegation = (db: Db, personId: string): Promise<SetupDelegation | undefined> =>
  db.selectFrom('setup_delegations').selectAll().where('person_id', '=', personId).executeTakeFirst()

/** Takes the place of the person's former one. */
export const putDelegation = (tx: Db, { person_id, ...rest }: SetupDelegation) =>
  tx
    .insertInto('setup_delegations')
    .values({ person_id, ...rest })
    .onConflict(conflict => conflict.column('person_id').doUpdateSet(rest))
    .execute()
