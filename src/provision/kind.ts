// What the six verbs must know of one kind of resource; users are one, groups another.
import type { Filter } from '../scim/filter/ast.ts'
import type { JsonObject, Resource } from '../scim/resource.ts'
import type { ResourceType } from '../scim/schema.ts'
import type { Db } from '../store/db.ts'
import type { ListedRow, PageRequest, Scope, StoredRow } from '../store/query/pages.ts'
import type { Joined } from './joined.ts'
import type { Push } from './push.ts'

export interface Rows<Row extends StoredRow> {
  find(db: Db, domainId: string, id: string): Promise<Row | undefined>
  /** As `find`, and nobody else changes the row before the transaction ends. */
  lock(tx: Db, domainId: string, id: string): Promise<Row | undefined>
  /** Throws `uniqueness` with the attribute's name. */
  insert(tx: Db, row: Row, resource: Resource): Promise<void>
  replace(tx: Db, row: Row, change: { before: Resource; after: Resource }): Promise<void>
  remove(tx: Db, row: Row): Promise<void>
  page(db: Db, scope: Scope, request: PageRequest): Promise<ListedRow[]>
  count(db: Db, scope: Scope, filter: Filter): Promise<number>
}

/** What a write means beyond its own row. Each runs in the write's transaction and may refuse it. */
export interface Effects<Row extends StoredRow> {
  created(tx: Db, push: Push, made: { row: Row; resource: Resource }): Promise<Row>
  changed(tx: Db, push: Push, change: { row: Row; before: Resource; after: Resource }): Promise<Row>
  removed(tx: Db, push: Push, gone: { row: Row; now: string }): Promise<void>
}

/** The verbs take any kind as a `Kind`: the rows that they pass back to it are the ones that they got from it. */
export interface Kind<Row extends StoredRow = StoredRow> {
  readonly type: ResourceType
  /** What a PATCH answers when the client does not say (RFC 7644 §3.5.2 allows both). */
  readonly patchAnswer: 'resource' | 'nothing'
  /** By what an administrator knows a resource: as a body says it, unchecked, and as its row has it. */
  nameIn(body: JsonObject): string | undefined
  labelOf(row: Row): string
  /** A new or changed resource with the values that are ours to choose when the client leaves them out. */
  complete(resource: Resource): Resource
  /** The columns of the resource; what no attribute says is kept from the row before. */
  toRow(base: StoredRow, resource: Resource, before: Row | undefined): Row
  /** What stands in rows instead of in the document. */
  readonly joined?: Joined
  readonly rows: Rows<Row>
  /** Extensions that the domain has given up; documents may hold values of them for a while. */
  readonly retired?: ReadonlySet<string>
  /** Whether documents hold more than is shown to who asks for nothing. */
  readonly isSelective?: boolean
  readonly effects: Effects<Row>
}
