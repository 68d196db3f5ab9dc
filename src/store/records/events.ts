// The outbox of events: appended in the transaction of the change they tell of, kept for those who fetch them.
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { EventsTable } from '../tables/records.ts'

export type EventRow = EventsTable

const insert = prepare((db, event: Places<EventRow>) =>
  db.insertInto('events').values({
    organization_id: event.organization_id,
    id: event.id,
    domain_id: event.domain_id,
    created_at: event.created_at,
    name: event.name,
    txn: event.txn,
    payload: event.payload,
  }),
)

export const appendEvent = (tx: Db, event: EventRow) => insert.run(tx, event)

/** Deletes at most `limit` events of all organizations that are older than `before`; returns how many. */
export async function deleteEventsBefore(db: Db, before: string, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('events')
    .where(
      ({ refTuple, selectFrom }) =>
        sql<SqlBool>`${refTuple('organization_id', 'id')} in ${selectFrom('events as old')
          .select(['old.organization_id', 'old.id'])
          .where('old.created_at', '<', before)
          .limit(limit)}`,
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
