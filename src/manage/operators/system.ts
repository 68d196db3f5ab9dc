// The state of the installation: what runs, the database below it, what waits to be sent, and what is done regularly.
import { hostname } from 'node:os'
import { version } from '../../base/version.ts'
import { type ShownSetting, showConfig } from '../../config/overview.ts'
import type { Context } from '../../context.ts'
import { readDatabaseFacts } from '../../store/installation.ts'
import { listMigrations } from '../../store/migrate.ts'
import { listJobs } from '../../store/records/jobs.ts'
import { listOperatorLog } from '../../store/records/operator-log.ts'
import type { Principal } from '../caller.ts'
import { type Copies, readCopies } from './backups.ts'
import { readOutbox } from './outbox.ts'
import { requireOperator } from './rights.ts'

const mostJobs = 100
const mostDeeds = 20

export type System = Awaited<ReturnType<typeof readSystem>>

export async function readSystem(ctx: Context, principal: Principal) {
  requireOperator(principal)
  const { db } = ctx
  return {
    process: thisProcess(),
    database: await readDatabase(ctx),
    migrations: await listMigrations(db),
    outbox: await readOutbox(ctx),
    jobs: await listJobs(db, mostJobs),
    settings: showConfig(ctx.config) satisfies ShownSetting[],
    copies: (await readCopies(ctx)) satisfies Copies,
    deeds: await listOperatorLog(db, mostDeeds),
  }
}

const thisProcess = () => ({
  version,
  runtime: process.version,
  pid: process.pid,
  host: hostname(),
  platform: `${process.platform} ${process.arch}`,
  startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
  memoryBytes: process.memoryUsage.rss(),
})

/** With how far its clock is from this process's, to half of the time that the question took. */
async function readDatabase({ db }: Context) {
  const asked = Date.now()
  const facts = await readDatabaseFacts(db)
  const answered = Date.now()
  return { ...facts, clockAheadMs: Math.round(Date.parse(facts.now) - (asked + answered) / 2) }
}
