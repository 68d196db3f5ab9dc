// What a change of a resource is told as: one security event token (RFC 9967) in the outbox, committed with the change.
import type { BulkResult } from '../scim/bulk.ts'
import type { Resource } from '../scim/resource.ts'
import type { Db } from '../store/db.ts'
import type { StoredRow } from '../store/query/pages.ts'
import type { Changes } from '../store/records/audit.ts'
import { appendEvent, type Message } from '../store/records/events.ts'
import { attributesBetween, turnBetween } from './difference.ts'
import { pathOf, tagOf } from './document.ts'
import type { Kind } from './kind.ts'
import type { Push } from './push.ts'

export type Verb = 'create' | 'put' | 'patch' | 'delete'

const prefix = 'urn:ietf:params:scim:event'

/** RFC 9967 §2.4. Notices name what changed and leave the values to a GET, so that the outbox holds no personal data. */
const verbUris = {
  create: `${prefix}:prov:create:notice`,
  put: `${prefix}:prov:put:notice`,
  patch: `${prefix}:prov:patch:notice`,
  delete: `${prefix}:prov:delete`,
} as const satisfies Record<Verb, string>
const activated = `${prefix}:prov:activate`
const deactivated = `${prefix}:prov:deactivate`
const completed = `${prefix}:misc:asyncresp`

export interface Happening {
  readonly kind: Kind
  /** As it is after the change; of something deleted, as it was. */
  readonly row: StoredRow
  readonly verb: Verb
  /** Undefined for a new resource. */
  readonly before: Resource | undefined
  /** Undefined for one that is gone. */
  readonly after: Resource | undefined
  /** What changed of the attributes that stand in no document. */
  readonly moved?: Changes | undefined
  readonly now: string
}

export async function announce(tx: Db, push: Push, happening: Happening): Promise<void> {
  const { kind, row, verb, before, after, moved = {}, now } = happening
  const attributes = [...attributesBetween(before, after), ...Object.keys(moved)]
  const turn = turnBetween(before, after)
  const events =
    verb === 'delete'
      ? { [verbUris.delete]: {} }
      : {
          [verbUris[verb]]: { attributes, version: tagOf(row.version) },
          ...(turn && { [turn === 'on' ? activated : deactivated]: {} }),
        }
  const externalId = (after ?? before)?.externalId
  await emit(tx, push, {
    name: nameOf(kind, verb, turn),
    txn: push.txn,
    subject: { format: 'scim', uri: pathOf(kind.type, row.id), id: row.id, externalId },
    events,
    now,
  })
}

/** RFC 9967 §2.5.1.3: one operation of a bulk that nobody waited for is done, well or not. */
export async function announceCompletion(
  tx: Db,
  push: Push,
  { position, result, uri, now }: { position: number; result: BulkResult; uri: string; now: string },
): Promise<void> {
  await emit(tx, push, {
    name: null,
    txn: `${push.txn}:${position}`,
    subject: { format: 'scim', uri },
    events: { [completed]: result },
    now,
  })
}

function emit(tx: Db, push: Push, message: Omit<Message, 'organizationId' | 'domainId'>): Promise<void> {
  const { organizationId, id: domainId } = push.token.domain
  return appendEvent(tx, { organizationId, domainId, ...message })
}

/** In the words of the product: people are provisioned, everything else is created. */
function nameOf({ type }: Kind, verb: Verb, turn: 'on' | 'off' | undefined): string {
  const isPerson = type.id === 'User'
  const subject = isPerson ? 'person' : type.name.toLowerCase()
  if (verb === 'create') return `${subject}.${isPerson ? 'provisioned' : 'created'}`
  if (verb === 'delete') return `${subject}.removed`
  if (turn && isPerson) return `${subject}.${turn === 'on' ? 'reactivated' : 'deactivated'}`
  return `${subject}.updated`
}
