// Attributes that are in no document: a group's members and a user's groups stand in rows and are joined in when shown.
import type { AttributeOperation, PatchOperation } from '../scim/patch/operation.ts'
import type { Resource } from '../scim/resource.ts'
import { findAttribute, type ResourceType } from '../scim/schema.ts'
import type { Db } from '../store/db.ts'
import type { Scope, StoredRow } from '../store/query/pages.ts'
import type { Changes } from '../store/records/audit.ts'
import type { Push } from './push.ts'

/** A multi-valued attribute of one kind of resource whose elements are rows. */
export interface Joined {
  readonly name: string
  read(db: Db, scope: Scope, ids: readonly string[]): Promise<Elements>
  /** How they are shown where there are too many to be held. */
  readonly many?: ManyJoined
  /**
   * What these operations, in their order, do to the elements of a resource. Whatever is wrong with them whoever the
   * resource is, is refused at once. A kind without it has an attribute that clients only read.
   */
  plan?(push: Push, operations: readonly AttributeOperation[]): ElementStep
}

export interface Elements {
  /** Of each resource, each as the text of a JSON object. */
  readonly byId: ReadonlyMap<string, readonly string[]>
  /** Whether these are all; otherwise they are the first ones. */
  readonly areAll: boolean
}

interface ManyJoined {
  /** The elements of one resource, so many at a time that they can be sent before the next ones are read. */
  readInTurn(db: Db, scope: Scope, id: string): AsyncGenerator<readonly string[], void>
  /** The resources whose elements fit into one answer, among them the first of `ids`. */
  listFitting(db: Db, scope: Scope, ids: readonly string[]): Promise<ReadonlySet<string>>
}

/** Runs in the transaction of the write; `row` is locked. Gives what changed for the audit log, or undefined when nothing did. */
type ElementStep = (
  tx: Db,
  on: { row: StoredRow; baseUrl: string; now: string },
) => Promise<Changes | undefined>

/** What a write does: to the document, and to the elements that are not in it. */
export interface Write<Own> {
  readonly own: Own
  readonly step: ElementStep | undefined
}

interface Owner {
  readonly type: ResourceType
  readonly joined?: Joined
}

/** A resource that came whole. Without elements there are to be none. */
export function splitResource({ type, joined }: Owner, push: Push, resource: Resource): Write<Resource> {
  const attribute = joined?.plan && findAttribute(type, joined.name)
  if (!attribute) return { own: resource, step: undefined }
  const { [attribute.name]: elements, ...own } = resource
  const operation: AttributeOperation = {
    op: 'replace',
    place: { extension: undefined, attribute, filter: undefined },
    change: elements === undefined ? { kind: 'clear' } : { kind: 'set', value: elements },
    path: attribute.name,
  }
  return { own: { ...own, schemas: resource.schemas }, step: joined.plan?.(push, [operation]) }
}

/** The operations of a PATCH. Those on the elements and the others do not see each other, so that their order does not matter. */
export function splitPatch(
  { joined }: Owner,
  push: Push,
  operations: readonly PatchOperation[],
): Write<readonly PatchOperation[]> {
  const isJoined = (operation: PatchOperation): operation is AttributeOperation =>
    'place' in operation &&
    operation.place.extension === undefined &&
    operation.place.attribute.name === joined?.name
  const about = operations.filter(isJoined)
  if (about.length === 0) return { own: operations, step: undefined }
  return { own: operations.filter(each => !isJoined(each)), step: joined?.plan?.(push, about) }
}
