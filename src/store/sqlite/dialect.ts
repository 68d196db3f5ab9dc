// The SQLite dialect: Kysely's own, save that DDL is transactional, connections are many and row locks mean nothing.

import {
  type Dialect,
  type SelectModifierNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Runs } from '../short-way.ts'
import { FileDriver } from './driver.ts'
import type { FileOptions } from './handle.ts'

/** With the driver's own door for statements outside of transactions. */
export function createSqliteDialect(options: FileOptions): { dialect: Dialect; runs: Runs } {
  const driver = new FileDriver(options)
  const dialect: Dialect = {
    createAdapter: () => new FileAdapter(),
    createDriver: () => driver,
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new FileQueryCompiler(),
  }
  return { dialect, runs: driver }
}

class FileAdapter extends SqliteAdapter {
  /** Connections are only handles on the two that exist; the driver itself decides who waits. */
  override get supportsMultipleConnections(): boolean {
    return true
  }

  /** SQLite rolls DDL back like anything else; without this the migrator would run outside a transaction. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class FileQueryCompiler extends SqliteQueryCompiler {
  /**
   * SQLite plans anew each time a parameter is bound by which a plan might turn (of a limit, an order, a join), which
   * costs several times what the statement does. It does not look through the plus, which changes no value. So a value
   * that has to be known for an index of some rows alone to be sought is no parameter (`sql.lit`).
   */
  protected override getCurrentParameterPlaceholder(): string {
    return '+?'
  }

  /** One transaction writes at a time, so row locks (`for update`, `skip locked`) have nothing to add. */
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.rawModifier || node.modifier === 'Distinct') super.visitSelectModifier(node)
  }
}
