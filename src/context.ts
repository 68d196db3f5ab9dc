// What every deed is handed: configuration, database, log, clock and the ways out, passed by hand.

import type { Clock } from './base/clock.ts'
import type { Log } from './base/log.ts'
import type { Config } from './config.ts'
import type { TxtLookup } from './outside/dns.ts'
import type { GuardedFetch } from './outside/fetch.ts'
import type { StoredFiles } from './outside/files/stored-files.ts'
import type { SendMail } from './outside/mail.ts'
import type { ReadVercelToken } from './outside/vercel-token.ts'
import type { Db } from './store/db.ts'

export interface Context {
  readonly config: Config
  readonly db: Db
  readonly log: Log
  readonly now: Clock
  readonly lookUpTxt: TxtLookup
  readonly guardedFetch: GuardedFetch
  readonly sendMail: SendMail
  readonly files: StoredFiles
  /** Undefined where no integration at Vercel is configured. */
  readonly readVercelToken: ReadVercelToken | undefined
}
