// The SQLite driver: one connection that writes under group commit and reads between two of them, and others beside.

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { isAside } from '../aside.ts'
import { isKept } from '../kept.ts'
import { noCursor } from '../refusals.ts'
import { scopeTakingConnection, type TransactionScope } from '../transaction-scope.ts'
import { AsideThread } from './aside.ts'
import { Checkpoints } from './checkpoints.ts'
import { GroupCommit, type SqliteTransaction } from './group-commit.ts'
import { type FileOptions, SqliteHandle } from './handle.ts'
import { Snapshot } from './snapshot.ts'
import { AsideWriting } from './writing-aside.ts'

export class FileDriver implements Driver {
  readonly #options: FileOptions
  #database: SqliteFile | undefined

  constructor(options: FileOptions) {
    this.#options = options
  }

  async init(): Promise<void> {
    this.#database = new SqliteFile(this.#options)
  }

  async acquireConnection(): Promise<FileConnection | AsideWriting> {
    const scope = scopeTakingConnection()
    return scope?.isAside ? new AsideWriting(this.#opened, scope) : new FileConnection(this.#opened, scope)
  }

  /** A query on its own. */
  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return new FileConnection(this.#opened, scopeTakingConnection()).executeQuery<Row>(query)
  }

  get #opened(): SqliteFile {
    if (!this.#database) throw new Error('the database is not open')
    return this.#database
  }

  beginTransaction(connection: FileConnection | AsideWriting): Promise<void> {
    return connection.begin()
  }

  commitTransaction(connection: FileConnection | AsideWriting): Promise<void> {
    return connection.commit()
  }

  rollbackTransaction(connection: FileConnection | AsideWriting): Promise<void> {
    return connection.rollBack()
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    const database = this.#database
    this.#database = undefined
    await database?.close()
  }
}

class SqliteFile {
  readonly handle: SqliteHandle
  readonly snapshot: Snapshot
  readonly commits: GroupCommit
  readonly aside: AsideThread
  readonly writer: AsideThread
  readonly #checkpoints: Checkpoints

  constructor(options: FileOptions) {
    const { path, synchronous } = options
    mkdirSync(dirname(path), { recursive: true })
    this.handle = new SqliteHandle(path, { readonly: false })
    this.handle.prepareForWriting(synchronous)
    this.snapshot = new Snapshot(this.handle)
    this.aside = new AsideThread({ path, writing: undefined })
    this.writer = new AsideThread({ path, writing: { synchronous } })
    this.#checkpoints = new Checkpoints(options, () => this.commits.lend())
    this.commits = new GroupCommit(this.handle, () => {
      this.snapshot.beforeBatch()
      this.#checkpoints.beforeBatch()
    })
  }

  /** The main connection goes last: it takes what is left of the write-ahead log over into the file. */
  async close(): Promise<void> {
    this.commits.close()
    this.snapshot.end()
    void this.aside.close()
    await Promise.all([this.writer.close(), this.#checkpoints.close()])
    this.handle.close()
  }
}

class FileConnection implements DatabaseConnection {
  readonly #database: SqliteFile
  readonly #scope: TransactionScope | undefined
  /** Kept when it has ended: it refuses what still comes, which would otherwise be written on its own. */
  #transaction: SqliteTransaction | undefined

  constructor(database: SqliteFile, scope: TransactionScope | undefined) {
    this.#database = database
    this.#scope = scope
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { sql, parameters } = query
    const { commits, handle, snapshot, aside } = this.#database
    if (this.#transaction) return commits.run<Row>(this.#transaction, sql, parameters)
    if (isAside(query)) return aside.run<Row>(sql, parameters)
    const statement = handle.statement(sql)
    if (!statement.readonly) return this.#write<Row>(sql, parameters)
    // A batch that is open shows what is not on disk yet: nobody reads before it is.
    while (commits.underWay) await commits.underWay
    if (isKept(sql)) return snapshot.readKept<Row>(statement, parameters)
    return snapshot.read<Row>(statement, parameters)
  }

  streamQuery(): never {
    throw noCursor()
  }

  async begin(): Promise<void> {
    this.#transaction = await this.#database.commits.begin(reason => this.#scope?.abandon(reason))
  }

  async commit(): Promise<void> {
    if (this.#transaction) await this.#database.commits.commit(this.#transaction)
  }

  async rollBack(): Promise<void> {
    if (this.#transaction) await this.#database.commits.rollBack(this.#transaction)
  }

  /** A write on its own is a transaction of one statement. */
  async #write<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    const { commits } = this.#database
    const transaction = await commits.begin(() => {})
    try {
      const result = commits.run<Row>(transaction, sql, parameters)
      await commits.commit(transaction)
      return result
    } catch (error) {
      await commits.rollBack(transaction)
      throw error
    }
  }
}
