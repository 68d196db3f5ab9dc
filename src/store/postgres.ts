// The PostgreSQL dialect: a pool of connections, statements prepared under names, values in the shape that SQLite gives.

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
import { scopeTakingConnection } from './transaction-scope.ts'

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

const { builtins } = pg.types

/** `2026-01-31 12:00:00.5+00` → `2026-01-31T12:00:00.500Z`; the session's time zone is UTC. */
const readTime = (text: string) => `${text.slice(0, 10)}T${text.slice(11, 19)}.${millisecondsOf(text)}Z`
const millisecondsOf = (text: string) => (/\.(\d{1,3})/.exec(text)?.[1] ?? '').padEnd(3, '0')

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, readTime],
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
  [builtins.BOOL, text => Number(text === 't')],
  [builtins.JSON, text => text],
  [builtins.JSONB, text => text],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
}

class PoolDriver implements Driver {
  readonly #options: PostgresOptions
  readonly #names = new StatementNames()
  #pool: pg.Pool | undefined

  constructor(options: PostgresOptions) {
    this.#options = options
  }

  async init(): Promise<void> {
    const { url, poolSize, applicationName } = this.#options
    this.#pool = new pg.Pool({
      connectionString: url,
      max: poolSize,
      application_name: applicationName,
      options: '-c TimeZone=UTC',
      types,
    })
    // A connection that breaks while idle is replaced by the next query; unheard, the event would end the process.
    this.#pool.on('error', () => {})
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

  async rollbackTransaction(connection: PoolConnection): Promise<void> {
    await connection.command('rollback')
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

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client
    this.#names = names
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const name = this.#names.of(sql)
    const query = { text: sql, values: [...parameters], ...(name && { name }) }
    const { rows, rowCount } = await this.#client.query(query)
    return { rows, ...(rowCount !== null && { numAffectedRows: BigInt(rowCount) }) }
  }

  // biome-ignore lint/correctness/useYield: it only refuses
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('expected a list to be read page by page, by key')
  }

  /** Begin, commit or roll back; a connection on which that fails does not go back into the pool. */
  async command(text: 'begin' | 'commit' | 'rollback'): Promise<string> {
    try {
      return (await this.#client.query(text)).command
    } catch (error) {
      this.#isBroken = true
      throw error
    }
  }

  release(): void {
    this.#client.release(this.#isBroken)
  }
}

/** Names for statements that the server keeps prepared per connection; bounded, because filters come in endless shapes. */
class StatementNames {
  readonly #names = new Map<string, string>()

  of(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known || this.#names.size >= 500) return known
    const name = `gatehouse_${hash('sha256', text).slice(0, 32)}`
    this.#names.set(text, name)
    return name
  }
}
