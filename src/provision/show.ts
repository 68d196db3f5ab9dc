// Stored resources as they are answered: with the base URL, with what is joined in, and only what the client wants to see.
import type { Context } from '../context.ts'
import { type Projection, project, shows } from '../scim/query/project.ts'
import type { Json } from '../scim/resource.ts'
import type { Scope, StoredRow } from '../store/query/pages.ts'
import { answerWith, locationOf, parseDocument, tagOf } from './document.ts'
import type { Kind } from './kind.ts'
import { type Body, withList } from './pieces.ts'
import { baseUrlOf } from './push.ts'

export interface Shown {
  readonly version: number
  readonly etag: string
  readonly location: string
  /** Null where nothing is to be shown. */
  readonly text: Body | null
  /** The text with the first joined elements only, which is what the log keeps. */
  readonly excerpt: string | null
}

export interface Texts {
  readonly text: Body
  readonly excerpt: string
}

interface Presentation {
  readonly row: StoredRow
  readonly projection: Projection | undefined
}

const keptInLog = 10

export async function show(ctx: Context, kind: Kind, { row, projection }: Presentation): Promise<Shown> {
  const [texts] = await present(ctx, kind, { rows: [row], projection })
  return { ...showNothing(ctx, kind, row), ...texts }
}

/** What nobody but others can give it, a new resource does not have yet. */
export async function showNew(ctx: Context, kind: Kind, { row, projection }: Presentation): Promise<Shown> {
  if (kind.joined?.plan) return show(ctx, kind, { row, projection })
  return { ...showNothing(ctx, kind, row), ...textsOf(ctx, kind, { row, projection, elements: [] }) }
}

/** For a client that has the resource already, or does not want it. */
export function showNothing(ctx: Context, { type }: Kind, row: StoredRow): Shown {
  const { domain_id, version } = row
  const location = locationOf(type, baseUrlOf(ctx, domain_id), row)
  return { version, etag: tagOf(version), location, text: null, excerpt: null }
}

/** In the order of the rows. Where they are too large for one answer the last ones are left out, never the first. */
export async function present(
  ctx: Context,
  kind: Kind,
  { rows, projection }: { rows: readonly StoredRow[]; projection: Projection | undefined },
): Promise<Texts[]> {
  const { type, joined } = kind
  const [first] = rows
  if (!first || !joined || !shows(type, joined.name, projection))
    return rows.map(row => textsOf(ctx, kind, { row, projection, elements: [] }))
  const scope = scopeOf(ctx, first)
  const ids = rows.map(row => row.id)
  const { byId, areAll } = await joined.read(ctx.db, scope, ids)
  const shownOf = (row: StoredRow) => ({ row, projection, elements: byId.get(row.id) ?? [] })
  if (areAll || !joined.many) return rows.map(row => textsOf(ctx, kind, shownOf(row)))
  const fitting = await joined.many.listFitting(ctx.db, scope, ids)
  const left = rows.findIndex(row => !fitting.has(row.id))
  return rows.slice(0, left < 0 ? undefined : left).map(row => inTurn(ctx, kind, shownOf(row)))
}

type Held = Presentation & { readonly elements: readonly string[] }

function textsOf(ctx: Context, kind: Kind, shown: Held): Texts {
  const text = textOf(ctx, kind, shown)
  return { text, excerpt: shown.elements.length > keptInLog ? excerptOf(ctx, kind, shown) : text }
}

const excerptOf = (ctx: Context, kind: Kind, shown: Held) =>
  textOf(ctx, kind, { ...shown, elements: shown.elements.slice(0, keptInLog) })

/** In pieces, of which each is read when the one before is sent. */
function inTurn(ctx: Context, kind: Kind, shown: Held): Texts {
  const { name = '', many } = kind.joined ?? {}
  const { row, projection } = shown
  const own = textOf(ctx, kind, { ...shown, elements: [] })
  const wanted = async function* () {
    for await (const some of many?.readInTurn(ctx.db, scopeOf(ctx, row), row.id) ?? [])
      yield selected(kind, projection, some)
  }
  return { text: withList(own, name, wanted()), excerpt: excerptOf(ctx, kind, shown) }
}

/** What the client wants to see of each element. */
function selected(
  { type, joined, isSelective }: Kind,
  projection: Projection | undefined,
  elements: readonly string[],
): readonly string[] {
  if (!joined || !(projection || isSelective)) return elements
  const resource = { schemas: [], [joined.name]: JSON.parse(`[${elements.join()}]`) as Json }
  const shown = project(type, resource, projection)[joined.name]
  return Array.isArray(shown) ? shown.map(each => JSON.stringify(each)) : []
}

const scopeOf = (ctx: Context, { domain_id }: StoredRow): Scope => ({
  domainId: domain_id,
  baseUrl: baseUrlOf(ctx, domain_id),
})

function textOf(
  ctx: Context,
  { type, joined, isSelective }: Kind,
  { row, projection, elements }: Held,
): string {
  const baseUrl = baseUrlOf(ctx, row.domain_id)
  const whole = answerWith(type, row, { baseUrl, name: joined?.name, elements })
  return projection || isSelective ? JSON.stringify(project(type, parseDocument(whole), projection)) : whole
}
