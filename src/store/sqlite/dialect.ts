// The SQLite dialect: Kysely's own, save that DDL is transactional, connections are many and row locks mean nothing.

import {
  type Dialect,
  type SelectModifierNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { FileDriver, type FileOptions } from './driver.ts'

export const createSqliteDialect = (options: FileOptions): Dialect => ({
  createAdapter: () => new FileAdapter(),
  createDriver: () => new FileDriver(options),
  createIntrospector: db => new SqliteIntrospector(db),
  createQueryCompiler: () => new FileQueryCompiler(),
})

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
  /** One transaction writes at a time, so row locks (`for update`, `skip locked`) have nothing to add. */
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.rawModifier || node.modifier === 'Distinct') super.visitSelectModifier(node)
  }
}
