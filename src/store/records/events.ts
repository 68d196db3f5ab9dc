// The outbox of events: appended in the transaction of the change they tell of, kept for those who fetch them.
import { type SqlBool, sql } from 'kysely'
import { idsFrom, newIdAt } from '../../base/id.ts'
import type { Json } from '../../scim/resource.ts'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { EventsTable } from '../tables/records.ts'

const insert = prepare((db, event: Places<EventsTable>) =>
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

export interface Message {
  readonly organizationId: string
  readonly domainId: string
  readonly name: string | null
  readonly txn: string
  /** RFC 9967 §2.1, RFC 9493. */
  readonly subject: Readonly<Record<string, Json | undefined>>
  /** What happened, by the URIs of it. */
  readonly events: Readonly<Record<string, object>>
  readonly now: string
}

/**
 * The claims of a security event token (RFC 8417) that are its own. Its `jti`, `txn` and `iat` are the columns `id`, `txn`
 * and `created_at`; issuer and audience are those of the delivery.
 */
export async function appendEvent(tx: Db, message: Message): Promise<void> {
  const { organizationId, domainId, name, txn, subject, events, now } = message
  await insert.run(tx, {
    organization_id: organizationId,
    id: newIdAt(new Date(now)),
    domain_id: domainId,
    created_at: now,
    name,
    txn,
    payload: JSON.stringify({ sub_id: subject, events }),
  })
}

/** Deletes at most `limit` events that are older than `before`, of one organization after the other; returns how many. */
export async function deleteEventsBefore(db: Db, before: string, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('events')
    .where(
      ({ refTuple, selectFrom }) =>
        sql<SqlBool>`${refTuple('organization_id', 'id')} in ${selectFrom('organizations')
          .crossJoin('events as old')
          .select(['old.organization_id', 'old.id'])
          .whereRef('old.organization_id', '=', 'organizations.id')
          .where('old.id', '<', idsFrom(new Date(before)))
          .limit(limit)}`,
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
