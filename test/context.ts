// The context that tests hand to deeds: a clock they move, DNS answers and pages they lay out.

import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { Config } from '../src/config.ts'
import { readConfig } from '../src/config.ts'
import type { Context } from '../src/context.ts'
import type { TxtAnswer } from '../src/outside/dns.ts'
import { createStoredFiles } from '../src/outside/files.ts'
import type { Mail } from '../src/outside/mail/message.ts'
import { vercelTokenReader } from '../src/outside/vercel-token.ts'
import type { Db } from '../src/store/db.ts'

export interface TestContext extends Context {
  readonly clock: { advance(milliseconds: number): void; set(time: string): void }
  /** TXT answers by name; a name that is not here is absent. */
  readonly dns: Map<string, TxtAnswer>
  /** Page texts by URL; a URL that is not here fails. */
  readonly pages: Map<string, string>
  /** What was sent. */
  readonly mails: Mail[]
}

/** Gone with the process; nothing is there before something is written. */
const folder = join(tmpdir(), `gatehouse-files-${randomUUID()}`)
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

export function testContext(db: Db, overrides: Partial<Config> = {}): TestContext {
  let offset = 0
  const dns = new Map<string, TxtAnswer>()
  const pages = new Map<string, string>()
  const mails: Mail[] = []
  const config = {
    ...readConfig({ GATEHOUSE_SECRET: 'only for tests and long enough for one of them' }),
    dataDir: join(folder, randomUUID()),
    ...overrides,
  }
  const now = () => new Date(Date.now() + offset)
  return {
    config,
    db,
    log: pino({ level: 'silent' }),
    now,
    lookUpTxt: async name => dns.get(name) ?? { outcome: 'absent' },
    guardedFetch: async url => {
      const text = pages.get(url)
      return text === undefined ? { outcome: 'failed', detail: `nothing at ${url}` } : { outcome: 'ok', text }
    },
    sendMail: async mail => {
      mails.push(mail)
      return { isHandedOver: true }
    },
    files: createStoredFiles(config),
    readVercelToken: vercelTokenReader(config, now),
    clock: {
      advance: milliseconds => {
        offset += milliseconds
      },
      set: time => {
        offset = Date.parse(time) - Date.now()
      },
    },
    dns,
    pages,
    mails,
  }
}
