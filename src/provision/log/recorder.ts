// The buffer between the requests and the SCIM log: rows and last uses are written together, a few times a second.
import { newIdAt } from '../../base/id.ts'
import type { Context } from '../../context.ts'
import { detectProfile } from '../../scim/identity-provider.ts'
import type { Profile } from '../../scim/quirks.ts'
import { type Db, transact } from '../../store/db.ts'
import { setScimProfile } from '../../store/domain/domains.ts'
import { insertScimLog, keepDomains, type ScimLogRow } from '../../store/domain/scim-log.ts'
import { countQuirk, type QuirkCount } from '../../store/domain/scim-quirks.ts'
import { markScimTokenUsed, type TokenUse } from '../../store/domain/scim-tokens.ts'
import { FailureWindow, type LeftOut } from './failure-window.ts'
import { type Exchange, toLogRow } from './row.ts'

const flushMilliseconds = 100
const rowsPerFlush = 256
/** Whoever writes too gets a turn after so many. */
const rowsPerTransaction = 2048
/** While the database does not answer, no more than this is held. */
const rowsAtMost = 20_000
const useMilliseconds = 60_000

/** A request with its row. */
interface Told {
  readonly exchange: Exchange
  /** None, rather than no rows at all, when one request cannot be told. */
  readonly row: ScimLogRow | undefined
}

/** What is written in one transaction. */
interface Share {
  readonly told: readonly Told[]
  readonly uses: readonly TokenUse[]
  readonly leftOut: readonly LeftOut[]
}

export class Recorder {
  readonly #ctx: Context
  readonly #timer: NodeJS.Timeout
  readonly #failures = new FailureWindow()
  /** Of this turn of the event loop. */
  #exchanges: Exchange[] = []
  #told: Told[] = []
  /** Both, and those that are being written. */
  #held = 0
  #lost = 0
  #uses = new Map<string, TokenUse>()
  #flushed: Promise<void> = Promise.resolve()

  constructor(ctx: Context) {
    this.#ctx = ctx
    this.#timer = setInterval(() => this.flush(), flushMilliseconds).unref()
  }

  /** Takes note of a request; it is never the request that waits or fails. */
  record(exchange: Exchange): void {
    const { token, domainId, at, ip } = exchange
    if (token) this.#noteUse(token, { at, ip })
    else if (!this.#failures.admits(domainId, at)) return
    if (this.#held === rowsAtMost) {
      this.#lost += 1
      return
    }
    this.#held += 1
    if (this.#exchanges.push(exchange) === 1) setImmediate(() => this.#endTurn())
  }

  /** Resolves when everything recorded so far is stored. */
  flush(): Promise<void> {
    this.#flushed = this.#flushed.then(() => this.#write(this.#failures.close(this.#ctx.now())))
    return this.#flushed
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
    await this.#write(this.#failures.close('all'))
  }

  #noteUse(token: NonNullable<Exchange['token']>, { at, ip }: Pick<Exchange, 'at' | 'ip'>): void {
    const { id, lastUsedAt, domain } = token
    if (lastUsedAt !== null && at.getTime() - Date.parse(lastUsedAt) < useMilliseconds) return
    this.#uses.set(id, { domainId: domain.id, id, now: at.toISOString(), ip })
  }

  async #write(leftOut: readonly LeftOut[]): Promise<void> {
    if (this.#lost > 0) this.#tellLost(this.#lost)
    this.#lost = 0
    this.#tell()
    const told = this.#told.splice(0)
    const uses = [...this.#uses.values()]
    this.#uses.clear()
    if (told.length + uses.length + leftOut.length === 0) return
    const next = () => told.splice(0, rowsPerTransaction)
    await this.#store({ told: next(), uses, leftOut })
    while (told.length > 0) await this.#store({ told: next(), uses: [], leftOut: [] })
  }

  async #store({ told, uses, leftOut }: Share): Promise<void> {
    const exchanges = told.map(({ exchange }) => exchange)
    try {
      const rows = told.flatMap(({ row }) => row ?? [])
      const named = new Set([...exchanges, ...leftOut].map(({ domainId }) => domainId))
      const store = async (tx: Db) => {
        // A path may name any domain, and one may have been deleted since; its rows would fail the others.
        const kept = await keepDomains(tx, [...named])
        this.#failures.forget(named.difference(kept))
        const all = [...rows, ...leftOut.map(toLeftOutRow)].filter(row => kept.has(row.domain_id))
        const counts = countQuirks(exchanges).filter(({ domainId }) => kept.has(domainId))
        await Promise.all([
          insertScimLog(tx, all),
          ...counts.map(count => countQuirk(tx, count)),
          ...uses.map(use => markScimTokenUsed(tx, use)),
          ...detectProfiles(exchanges).map(([domainId, profile]) => setScimProfile(tx, domainId, profile)),
        ])
      }
      await transact(this.#ctx.db, store, { isAside: true })
    } catch (error) {
      this.#tellLost(exchanges.length, error)
    } finally {
      this.#held -= exchanges.length
    }
  }

  #tellLost(rows: number, error?: unknown): void {
    this.#ctx.log.error(
      { rows, ...(error !== undefined && { err: error }) },
      'rows of the SCIM log could not be written and are lost',
    )
  }

  /** Each turn of the event loop tells of its own requests, once they are answered: none waits for the rows of many. */
  #endTurn(): void {
    const before = this.#told.length
    this.#tell()
    if (before < rowsPerFlush && this.#told.length >= rowsPerFlush) this.flush()
  }

  #tell(): void {
    for (const exchange of this.#exchanges.splice(0))
      this.#told.push({ exchange, row: this.#toRow(exchange) })
  }

  #toRow(exchange: Exchange): ScimLogRow | undefined {
    try {
      return toLogRow(exchange, this.#ctx.config.scimLogMasking)
    } catch (error) {
      this.#ctx.log.error(
        { err: error, requestId: exchange.requestId },
        'a request could not be told in the SCIM log',
      )
      return undefined
    }
  }
}

function countQuirks(exchanges: readonly Exchange[]): QuirkCount[] {
  const counts = new Map<string, QuirkCount>()
  for (const { domainId, quirks, at } of exchanges) {
    for (const name of quirks) {
      const key = `${domainId} ${name}`
      const times = (counts.get(key)?.times ?? 0) + 1
      counts.set(key, { domainId, name, times, now: at.toISOString() })
    }
  }
  // Always in one order, so that two processes do not wait for each other in a circle.
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
}

/** Which identity provider speaks, where that is news. `strict` is chosen by hand and stays. */
function detectProfiles(exchanges: readonly Exchange[]): [string, Profile][] {
  const news = new Map<string, Profile>()
  for (const { token, headers, body } of exchanges) {
    if (!token || token.domain.profile === 'strict') continue
    const profile = detectProfile(
      headers.get('user-agent') ?? undefined,
      body && 'json' in body ? body.json : undefined,
    )
    if (profile !== 'default' && profile !== token.domain.profile) news.set(token.domain.id, profile)
  }
  return [...news].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** The row that stands for the refused requests that were not recorded one by one. */
function toLeftOutRow({ domainId, since, count }: LeftOut): ScimLogRow {
  return {
    domain_id: domainId,
    id: newIdAt(since),
    created_at: since.toISOString(),
    request_id: '',
    request_method: '',
    request_path: `/scim/v2/${domainId}`,
    request_headers: '{}',
    request_body: null,
    response_status: 401,
    response_body: null,
    identity_provider: 'other',
    duration_ms: 0,
    scim_type: null,
    token_hint: null,
    resource_type: null,
    resource_id: null,
    outcome: `Left out ${count} more requests without a valid token since ${since.toISOString()}.`,
    accommodations: '[]',
  }
}
