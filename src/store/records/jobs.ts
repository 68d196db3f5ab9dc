// The jobs that workers lease: each runs in one process at a time, however many processes there are.
import type { Selectable } from 'kysely'
import { newId } from '../../base/id.ts'
import { storableText } from '../../base/storable.ts'
import { type Db, transact } from '../db.ts'
import type { JobsTable } from '../tables/records.ts'

export type Job = Selectable<JobsTable>

/** Adds the job unless one of this name and key is there. */
export const ensureJob = (db: Db, job: { name: string; key: string; runAt: string; payload?: string }) =>
  db
    .insertInto('jobs')
    .values({
      id: newId(),
      name: job.name,
      key: job.key,
      payload: job.payload ?? '{}',
      run_at: job.runAt,
      attempts: 0,
      leased_until: null,
      last_error: null,
    })
    .onConflict(conflict => conflict.columns(['name', 'key']).doNothing())
    .execute()

/** The job that has been due the longest, now leased; one whose worker died is due again when its lease ends. */
export const leaseJob = (
  db: Db,
  { names, now, until }: { names: readonly string[]; now: string; until: string },
): Promise<Job | undefined> =>
  transact(db, async tx => {
    const job = await tx
      .selectFrom('jobs')
      .selectAll()
      .where('name', 'in', names)
      .where('run_at', '<=', now)
      .where(({ or, eb }) => or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
      .orderBy('run_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!job) return undefined
    const lease = { leased_until: until, attempts: job.attempts + 1 }
    await tx.updateTable('jobs').set(lease).where('id', '=', job.id).execute()
    return { ...job, ...lease }
  })

interface Next {
  readonly runAt: string
  readonly attempts: number
  readonly lastError: string | null
  /** When it ended; left out where it only gave way. */
  readonly endedAt?: string
}

/** Gives the lease back. Does nothing if it ran out and somebody else has taken the job meanwhile. */
export const rescheduleJob = (db: Db, job: Job, next: Next) =>
  db
    .updateTable('jobs')
    .set({
      run_at: next.runAt,
      attempts: next.attempts,
      last_error: next.lastError && storableText(next.lastError),
      leased_until: null,
      last_run_at: next.endedAt ?? job.last_run_at,
    })
    .where('id', '=', job.id)
    .where('leased_until', '=', job.leased_until)
    .execute()

/** It is done with. Does nothing if somebody else has taken it meanwhile. */
export const deleteJob = (db: Db, job: Job) =>
  db.deleteFrom('jobs').where('id', '=', job.id).where('leased_until', '=', job.leased_until).execute()

/** Holds on to a job whose work goes on; undefined when somebody else has it by now. */
export async function extendLease(db: Db, job: Job, until: string): Promise<Job | undefined> {
  const result = await db
    .updateTable('jobs')
    .set({ leased_until: until })
    .where('id', '=', job.id)
    .where('leased_until', '=', job.leased_until)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n ? { ...job, leased_until: until } : undefined
}

/** All of them, those that are due next first. */
export const listJobs = (db: Db, limit: number): Promise<Job[]> =>
  db.selectFrom('jobs').selectAll().orderBy('run_at').orderBy('id').limit(limit).execute()
