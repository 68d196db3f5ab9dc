// The outbox: what is to be sent to somebody outside, written with the change it tells of, leased item by item to workers.
import { newId } from '../../base/id.ts'
import { seal } from '../../base/seal.ts'
import { storableText } from '../../base/storable.ts'
import { type Db, transact } from '../db.ts'
import type { OutboxTable } from '../tables/records.ts'

export type OutboxItem = OutboxTable

export interface NewItem {
  /** Says who delivers it. */
  readonly kind: string
  /** What the deliverer needs, as JSON. */
  readonly payload: object
  readonly organizationId?: string | null
  /** The id of what it is about. */
  readonly about?: string
  readonly now: string
}

/** The kind of a mail that nothing else hangs on. */
export const mailKind = 'mail'

/** In the sealed form nobody who reads the database learns the links that mails carry. */
export const outboxPurpose = 'gatehouse outbox'

/** Belongs into the transaction of the change. Gives the id, by which the receiver recognises a second delivery. */
export async function enqueue(
  tx: Db,
  secrets: readonly string[],
  { kind, payload, organizationId, about, now }: NewItem,
): Promise<string> {
  const id = newId()
  const sealed = seal(secrets, JSON.stringify(payload), outboxPurpose)
  const item: OutboxItem = {
    id,
    kind,
    about: about ?? null,
    organization_id: organizationId ?? null,
    sealed,
    created_at: now,
    due_at: now,
    attempts: 0,
    leased_until: null,
    last_error: null,
    dead_at: null,
  }
  await tx.insertInto('outbox').values(item).execute()
  return id
}

interface Lease {
  readonly kinds: readonly string[]
  readonly now: string
  readonly until: string
  readonly limit: number
}

/** Those that have been due the longest, now leased; what a worker that died had is due again when its lease ends. */
export const leaseItems = (db: Db, { kinds, now, until, limit }: Lease): Promise<OutboxItem[]> =>
  transact(db, async tx => {
    const items = await tx
      .selectFrom('outbox')
      .selectAll()
      .where('kind', 'in', kinds)
      .where('due_at', '<=', now)
      .where('dead_at', 'is', null)
      .where(({ or, eb }) => or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
      .orderBy('due_at')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const { id, attempts } of items) {
      const lease = { leased_until: until, attempts: attempts + 1 }
      await tx.updateTable('outbox').set(lease).where('id', '=', id).execute()
    }
    return items.map(item => ({ ...item, leased_until: until, attempts: item.attempts + 1 }))
  })

/** It was sent. Does nothing if the lease ran out and somebody else has it now, who will send it again. */
export const deleteItem = (db: Db, { id, leased_until }: OutboxItem) =>
  db.deleteFrom('outbox').where('id', '=', id).where('leased_until', '=', leased_until).execute()

/** It was not sent, and is due again at `dueAt` or, with `deadAt`, never. */
export const putBack = (
  db: Db,
  { id, leased_until }: OutboxItem,
  { dueAt, deadAt, lastError }: { dueAt: string; deadAt: string | null; lastError: string },
) =>
  db
    .updateTable('outbox')
    .set({ due_at: dueAt, dead_at: deadAt, last_error: storableText(lastError), leased_until: null })
    .where('id', '=', id)
    .where('leased_until', '=', leased_until)
    .execute()

/** Whether something about this is still to be sent. */
export async function isWaiting(db: Db, about: string): Promise<boolean> {
  const item = await db
    .selectFrom('outbox')
    .select('id')
    .where('about', '=', about)
    .where('dead_at', 'is', null)
    .executeTakeFirst()
  return item !== undefined
}

/** What became of the items about these so far, the newest last; those that were sent are gone. */
export const listItemsAbout = (db: Db, abouts: readonly string[]) =>
  db
    .selectFrom('outbox')
    .select(['about', 'kind', 'attempts', 'last_error', 'due_at', 'dead_at'])
    .where('about', 'in', abouts)
    .orderBy('id')
    .execute()

/** What nobody is sending at this moment is due at once, given up or not; whether there was anything. */
export async function reviveItemsAbout(tx: Db, about: string, now: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox')
    .set({ due_at: now, dead_at: null })
    .where('about', '=', about)
    .where(({ or, eb }) => or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Nothing about this is sent any more, but what a worker has in hand. */
export const deleteItemsAbout = (tx: Db, about: string) =>
  tx.deleteFrom('outbox').where('about', '=', about).execute()

export const deleteDeadItems = (db: Db, before: string) =>
  db.deleteFrom('outbox').where('dead_at', '<', before).execute()

export interface KindOfOutbox {
  readonly kind: string
  readonly waiting: number
  /** Of those that wait: tried without success. */
  readonly failing: number
  readonly dead: number
}

/** How much of each kind there is to send. */
export async function countOutbox(db: Db): Promise<KindOfOutbox[]> {
  const rows = await db
    .selectFrom('outbox')
    .groupBy('kind')
    .select(({ fn, eb, and }) => [
      'kind',
      fn.countAll<number>().filterWhere('dead_at', 'is', null).as('waiting'),
      fn
        .countAll<number>()
        .filterWhere(and([eb('dead_at', 'is', null), eb('last_error', 'is not', null)]))
        .as('failing'),
      fn.count<number>('dead_at').as('dead'),
    ])
    .orderBy('kind')
    .execute()
  return rows.map(({ kind, waiting, failing, dead }) => ({
    kind,
    waiting: Number(waiting),
    failing: Number(failing),
    dead: Number(dead),
  }))
}

/** What has failed at least once, the oldest first. */
export const listTroubled = (db: Db, limit: number): Promise<OutboxItem[]> =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('last_error', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** As long as nobody is about to send it; undefined when somebody is, or it is gone. */
export const lockIdleItem = (tx: Db, id: string, now: string): Promise<OutboxItem | undefined> =>
  tx
    .selectFrom('outbox')
    .selectAll()
    .where('id', '=', id)
    .where(({ or, eb }) => or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
    .forUpdate()
    .executeTakeFirst()

/** Due at once, given up or not. */
export const reviveItem = (tx: Db, id: string, now: string) =>
  tx.updateTable('outbox').set({ due_at: now, dead_at: null }).where('id', '=', id).execute()

export const dropItem = (tx: Db, id: string) => tx.deleteFrom('outbox').where('id', '=', id).execute()
