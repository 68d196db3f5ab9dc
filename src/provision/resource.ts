// The verbs of SCIM on one resource, once for every kind: validate, decide and write in one transaction, show.
import { newId, readId } from '../base/id.ts'
import type { Context } from '../context.ts'
import { notFound } from '../scim/errors.ts'
import { applyPatch, readPatch } from '../scim/patch.ts'
import { readQueryProjection } from '../scim/query/query.ts'
import { isObject, type Resource } from '../scim/resource.ts'
import { carryOver, readResource } from '../scim/validate.ts'
import { type Db, transact } from '../store/db.ts'
import { isOrphan } from '../store/dialect.ts'
import { findDomain } from '../store/domain/domains.ts'
import type { StoredRow } from '../store/query/pages.ts'
import { changeCount } from '../store/resources/counts.ts'
import { refusedEntry } from './access.ts'
import { audit } from './audit.ts'
import { requireCurrentSchemas, requireKnown } from './custom/schemas-version.ts'
import { changesBetween, tellDifference } from './difference.ts'
import { composeDocument, isSameContent, parseDocument } from './document.ts'
import { announce, type Verb } from './events.ts'
import { splitPatch, splitResource, type Write } from './joined.ts'
import type { Kind } from './kind.ts'
import { requireMatch } from './precondition.ts'
import { baseUrlOf, type Push } from './push.ts'
import { type Shown, show, showNew, showNothing } from './show.ts'

interface Target {
  readonly kind: Kind
  /** As the client wrote it; what is no id of ours is not found. */
  readonly id: string
  readonly ifMatch: string | undefined
}

interface Sent {
  readonly body: unknown
  /** `attributes` and `excludedAttributes` are read from here. */
  readonly params: URLSearchParams
  /** The client does not want to see the resource afterwards. */
  readonly isSilent?: boolean
}

export async function createResource(
  ctx: Context,
  push: Push,
  { kind, body, params, isSilent, id = newId() }: Sent & { kind: Kind; id?: string },
): Promise<Shown> {
  if (isObject(body)) push.story.subject = kind.nameIn(body)
  const projection = readQueryProjection(kind.type, params)
  const { own, step } = splitResource(kind, push, readResource(kind.type, body, push.leniency))
  const resource = kind.complete(own)
  const now = ctx.now().toISOString()
  const base = { domain_id: push.token.domain.id, id, version: 1, created_at: now, updated_at: now }
  const draft = draftOf(kind, base, { resource, before: undefined })
  const row = await inTransaction(ctx, push, async tx => {
    const made = await kind.effects.created(tx, push, { row: draft, resource })
    await kind.rows.insert(tx, made, resource)
    const moved = await step?.(tx, { row: made, baseUrl: baseUrlOf(ctx, made.domain_id), now })
    await changeCount(tx, { domainId: made.domain_id, kind: kind.type.id, id: made.id, by: 1 })
    await audit(tx, push, { kind, row: made, action: 'created', changes: {}, moved, now })
    await announce(tx, push, {
      kind,
      row: made,
      verb: 'create',
      before: undefined,
      after: resource,
      moved,
      now,
    })
    return made
  })
  tell(push, kind, { row, deed: 'Created' })
  return isSilent ? showNothing(ctx, kind, row) : showNew(ctx, kind, { row, projection })
}

export async function readOneResource(
  ctx: Context,
  push: Push,
  {
    kind,
    id,
    params,
    isKnown,
  }: { kind: Kind; id: string; params: URLSearchParams; isKnown?: (version: number) => boolean },
): Promise<Shown> {
  const projection = readQueryProjection(kind.type, params)
  const known = readId(id)
  const row = known && (await kind.rows.find(ctx.db, push.token.domain.id, known))
  if (!row) throw noSuch(kind, id)
  tell(push, kind, { row, deed: 'Read' })
  return isKnown?.(row.version) ? showNothing(ctx, kind, row) : show(ctx, kind, { row, projection })
}

/** RFC 7644 §3.5.1. It never creates. */
export async function replaceResource(
  ctx: Context,
  push: Push,
  { body, params, isSilent, ...target }: Target & Sent,
): Promise<Shown> {
  const { kind } = target
  const projection = readQueryProjection(kind.type, params)
  const { own, step } = splitResource(kind, push, readResource(kind.type, body, push.leniency))
  const next = (before: Resource) => kind.complete(carryOver(kind.type, before, own))
  const row = await change(ctx, push, { ...target, verb: 'put', own: next, step })
  return isSilent ? showNothing(ctx, kind, row) : show(ctx, kind, { row, projection })
}

/** RFC 7644 §3.5.2. */
export async function patchResource(
  ctx: Context,
  push: Push,
  { body, params, isSilent, ...target }: Target & Sent,
): Promise<Shown> {
  const { kind } = target
  const projection = readQueryProjection(kind.type, params)
  const { own, step } = splitPatch(kind, push, readPatch(kind.type, body, push.leniency))
  const next = (before: Resource) => applyPatch(kind.type, before, own, push.leniency)
  const row = await change(ctx, push, { ...target, verb: 'patch', own: next, step })
  return isSilent ? showNothing(ctx, kind, row) : show(ctx, kind, { row, projection })
}

export async function deleteResource(ctx: Context, push: Push, { kind, id, ifMatch }: Target): Promise<void> {
  const now = ctx.now().toISOString()
  const row = await inTransaction(ctx, push, async tx => {
    const gone = await requireLocked(tx, push, { kind, id, ifMatch })
    const before = parseDocument(gone.doc)
    requireKnown(kind, before)
    await kind.effects.removed(tx, push, { row: gone, now })
    await kind.rows.remove(tx, gone)
    await changeCount(tx, { domainId: gone.domain_id, kind: kind.type.id, id: gone.id, by: -1 })
    await audit(tx, push, { kind, row: gone, action: 'deleted', changes: {}, now })
    await announce(tx, push, { kind, row: gone, verb: 'delete', before, after: undefined, now })
    return gone
  })
  tell(push, kind, { row, deed: 'Deleted' })
}

/** Read, compare, change and write under one lock. When nothing changes, nothing is written. */
function change(
  ctx: Context,
  push: Push,
  { verb, own, step, ...target }: Target & Write<(before: Resource) => Resource> & { verb: Verb },
): Promise<StoredRow> {
  const { kind } = target
  const now = ctx.now().toISOString()
  return inTransaction(ctx, push, async tx => {
    const row = await requireLocked(tx, push, target)
    const before = parseDocument(row.doc)
    requireKnown(kind, before)
    const after = own(before)
    const moved = await step?.(tx, { row, baseUrl: baseUrlOf(ctx, row.domain_id), now })
    if (!moved && isSameContent(before, after)) {
      tell(push, kind, { row, deed: 'Found nothing to change in' })
      return row
    }
    const base = { ...row, version: row.version + 1, updated_at: now }
    const draft = draftOf(kind, base, { resource: after, before: row })
    const changed = await kind.effects.changed(tx, push, { row: draft, before, after })
    await kind.rows.replace(tx, changed, { before, after })
    await audit(tx, push, {
      kind,
      row: changed,
      action: 'updated',
      changes: changesBetween(before, after),
      moved,
      now,
    })
    await announce(tx, push, { kind, row: changed, verb, before, after, moved, now })
    tell(push, kind, { row: changed, deed: tellDifference(push.story, before, after) })
    return changed
  })
}

/**
 * A bulk may run several verbs in one transaction; a call by itself has its own. The work may run again, and what is told
 * of it then is told anew.
 */
function inTransaction<T>({ db }: Context, push: Push, work: (tx: Db) => Promise<T>): Promise<T> {
  const { story } = push
  const { effects, membership } = story
  const tellAnew = async (tx: Db) => {
    Object.assign(story, { effects: [...effects], membership })
    await requireCurrentSchemas(tx, push)
    return work(tx)
  }
  if (db.isTransaction) return tellAnew(db)
  return transact(db, tellAnew).catch(async error => {
    throw isOrphan(error) && (await isGone(db, push)) ? refusedEntry() : error
  })
}

/** Whether the domain was deleted after its token let the push in. */
const isGone = async (db: Db, { token: { domain } }: Push) =>
  (await findDomain(db, domain.organizationId, domain.id)) === undefined

async function requireLocked(tx: Db, push: Push, { kind, id, ifMatch }: Target): Promise<StoredRow> {
  const known = readId(id)
  const row = known && (await kind.rows.lock(tx, push.token.domain.id, known))
  if (!row) throw noSuch(kind, id)
  tell(push, kind, { row, deed: 'Found' })
  requireMatch(ifMatch, row.version, push.token.domain.requiresIfMatch)
  return row
}

export function draftOf(
  kind: Kind,
  base: Omit<StoredRow, 'doc'>,
  { resource, before }: { resource: Resource; before: StoredRow | undefined },
): StoredRow {
  const { domain_id, id, version, created_at, updated_at } = base
  const doc = composeDocument(kind.type, base, resource)
  return kind.toRow({ domain_id, id, version, created_at, updated_at, doc }, resource, before)
}

/** Notes in the story of the request what it is about and what was done. */
function tell(push: Push, kind: Kind, { row, deed }: { row: StoredRow; deed: string }) {
  push.story.resourceId = row.id
  push.story.subject = kind.labelOf(row)
  push.story.deed = `${deed} the ${kind.type.name.toLowerCase()}`
}

const noSuch = ({ type }: Kind, id: string) =>
  notFound(`There is no ${type.name.toLowerCase()} ${JSON.stringify(id.slice(0, 100))} in this domain.`)
