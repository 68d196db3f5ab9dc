// The PostgreSQL dialect: a pool of connections on which statements are prepared under names.

import { hash } from 'node:crypto'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import pg from 'pg'
import { afterEnd, noCursor } from '../refusals.ts'
import { scopeTakingConnection } from '../transaction-scope.ts'
import { valueTypes } from './values.ts'

export interface PostgresOptions {
  readonly url: string
  readonly poolSize: number
  readonly applicationName: string
}

export const createPostgresDialect = (options: PostgresOptions): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new PoolDriver(options),
  createIntrospector: db => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
})

/** A transaction awaits only its own queries; one that is silent for so long has been forgotten. */
const idleMilliseconds = 30_000
/** How long a query waits for a connection, be it the network or the pool that has none. */
const connectMilliseconds = 10_000

class PoolDriver implements Driver {
  readonly #options: PostgresOptions
  readonly #names = new StatementNames()
  #pool: pg.Pool | undefined

  constructor(options: PostgresOptions) {
    this.#options = options
  }

  async init(): Promise<void> {
    const { url, poolSize, applicationName } = this.#options
    const pool = new pg.Pool({
      connectionString: url,
      max: poolSize,
      application_name: applicationName,
      options: '-c TimeZone=UTC',
      connectionTimeoutMillis: connectMilliseconds,
      idle_in_transaction_session_timeout: idleMilliseconds,
      types: valueTypes,
    })
    // A connection that breaks fails its own query or is replaced by the next one; unheard, the event would end the process.
    pool.on('error', () => {})
    pool.on('connect', client => client.on('error', () => {}))
    try {
      await requireUnicode(pool)
    } catch (error) {
      await pool.end()
      throw error
    }
    this.#pool = pool
  }

  async acquireConnection(): Promise<PoolConnection> {
    scopeTakingConnection()
    if (!this.#pool) throw new Error('the database is not open')
    return new PoolConnection(await this.#pool.connect(), this.#names)
  }

  async beginTransaction(connection: PoolConnection): Promise<void> {
    await connection.command('begin')
  }

  async commitTransaction(connection: PoolConnection): Promise<void> {
    const outcome = await connection.command('commit')
    if (outcome === 'ROLLBACK') {
      throw new Error('the transaction could not be committed: one of its queries failed')
    }
  }

  /** Where it fails the connection is gone, and the server rolls back by itself. */
  async rollbackTransaction(connection: PoolConnection): Promise<void> {
    await connection.command('rollback').catch(() => {})
  }

  async releaseConnection(connection: PoolConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {
    await this.#pool?.end()
    this.#pool = undefined
  }
}

class PoolConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient
  readonly #names: StatementNames
  #isBroken = false
  /** Settles when what was asked last is answered: the client takes no query while another is under way. */
  #last: Promise<unknown> = Promise.resolve()
  /** While its transaction is committed or rolled back: what came now would be written on its own. */
  #isEnding = false

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client
    this.#names = names
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#isEnding) throw afterEnd()
    const name = this.#names.of(sql)
    const query = { text: sql, values: [...parameters], ...(name && { name }) }
    const { rows, rowCount } = await this.#ask(() => this.#client.query(query))
    return { rows, ...(rowCount !== null && { numAffectedRows: BigInt(rowCount) }) }
  }

  streamQuery(): never {
    throw noCursor()
  }

  /** Begin, commit or roll back; a connection on which that fails does not go back into the pool. */
  async command(text: 'begin' | 'commit' | 'rollback'): Promise<string> {
    this.#isEnding = text !== 'begin'
    try {
      return (await this.#ask(() => this.#client.query(text))).command
    } catch (error) {
      this.#isBroken = true
      throw error
    } finally {
      this.#isEnding = false
    }
  }

  #ask<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#last.then(ask)
    this.#last = answer.catch(() => {})
    return answer
  }

  release(): void {
    this.#client.release(this.#isBroken)
  }
}

/** Text is compared with what JavaScript makes of it, so the server must know Unicode. */
async function requireUnicode(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ encoding: string; has_icu: number }>(
    `select current_setting('server_encoding') as encoding,
            exists (select 1 from pg_collation where collname = 'und-x-icu') as has_icu`,
  )
  const [server] = rows
  if (server?.encoding !== 'UTF8') {
    throw new Error(`expected a PostgreSQL database with the encoding UTF8, but got ${server?.encoding}`)
  }
  if (!server.has_icu)
    throw new Error('expected a PostgreSQL server built with ICU, but it has no collation of it')
}

const nameLimit = 500

/** Names for statements that the server keeps prepared per connection; bounded, because filters come in endless shapes. */
class StatementNames {
  readonly #names = new Map<string, string>()

  of(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known || this.#names.size >= nameLimit) return known
    const name = `gatehouse_${hash('sha256', text).slice(0, 32)}`
    this.#names.set(text, name)
    return name
  }
}
