// From the environment to a context: configuration, log, database with its migrations, and the ways out.

import { join } from 'node:path'
import { clockWithOffset } from '../base/clock.ts'
import { createLog } from '../base/log.ts'
import type { Environment } from '../config.ts'
import { type Config, ConfigError, readConfig, withKeptSecret } from '../config.ts'
import type { Context } from '../context.ts'
import { createTxtLookup } from '../outside/dns.ts'
import { createGuardedFetch } from '../outside/fetch.ts'
import { createStoredFiles } from '../outside/files.ts'
import { createMailFolder, createMailServer } from '../outside/mail.ts'
import { vercelTokenReader } from '../outside/vercel-token.ts'
import { closeDatabase, openDatabase } from '../store/db.ts'
import { backUpBeforeMigrating, migrateToLatest } from '../store/migrate.ts'

export interface Opened {
  readonly ctx: Context
  close(): Promise<void>
}

/** Opens everything a deed needs; the database is brought up to date first. */
export async function openContext(env: Environment): Promise<Opened> {
  return openWith(withKeptSecret(readConfig(env)))
}

export async function openWith(config: Config): Promise<Opened> {
  const log = createLog(config.logLevel, process.stderr)
  const now = clockWithOffset(config.clockOffset)
  const db = await openDatabase(config.databaseUrl, { synchronous: config.sqliteSynchronous }).catch(
    (error: Error) => {
      throw new ConfigError([`GATEHOUSE_DATABASE_URL: ${error.message}`])
    },
  )
  try {
    const backup = await backUpBeforeMigrating(db, now())
    if (backup) log.info({ backup }, 'the database was copied before its migration')
    await migrateToLatest(db)
  } catch (error) {
    await closeDatabase(db)
    throw error
  }
  const ctx: Context = {
    config,
    db,
    log,
    now,
    lookUpTxt: createTxtLookup(config.dnsServers),
    guardedFetch: createGuardedFetch({ allowLoopback: config.environment !== 'production' }),
    sendMail: waysForMail(config, { log, now }),
    files: createStoredFiles(config),
    readVercelToken: vercelTokenReader(config, now),
  }
  return { ctx, close: () => closeDatabase(db) }
}

function waysForMail(
  { smtpUrl, mailFrom: from, dataDir, environment }: Config,
  { log, now }: Pick<Context, 'log' | 'now'>,
): Context['sendMail'] {
  if (smtpUrl !== '') return createMailServer(smtpUrl, from)
  const isTextLogged = environment !== 'production'
  return createMailFolder(join(dataDir, 'outbox'), { from, log, now, isTextLogged })
}

/** Runs one deed in a context of its own and closes it whatever happens. */
export async function withContext<T>(env: Environment, work: (ctx: Context) => Promise<T>): Promise<T> {
  const { ctx, close } = await openContext(env)
  try {
    return await work(ctx)
  } finally {
    await close()
  }
}
