// Stored resources as they are answered: with the base URL, with what is joined in, and only what the client wants to see.
import type { Context } from '../context.ts'
import { type Projection, project, shows } from '../scim/project.ts'
import type { Json } from '../scim/resource.ts'
import type { Scope, StoredRow } from '../store/pages.ts'
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
  const [first, ...more] = rows
  const alone = first && more.length === 0 && (await presentInTurn(ctx, kind, { row: first, projection }))
  if (alone) return [alone]
  const elements = await readElements(ctx, kind, { rows, projection })
  const texts: Texts[] = []
  for (const row of rows) {
    const own = elements ? elements.get(row.id) : []
    if (!own) break
    texts.push(textsOf(ctx, kind, { row, projection, elements: own }))
  }
  return texts
}

function textsOf(ctx: Context, kind: Kind, shown: Presentation & { elements: readonly string[] }): Texts {
  const text = textOf(ctx, kind, shown)
  const { elements } = shown
  if (elements.length <= keptInLog) return { text, excerpt: text }
  return { text, excerpt: textOf(ctx, kind, { ...shown, elements: elements.slice(0, keptInLog) }) }
}

/** One resource, in pieces if it has many elements. Undefined where they are not read in turn, or nobody wants them. */
async function presentInTurn(ctx: Context, kind: Kind, shown: Presentation): Promise<Texts | undefined> {
  const { type, joined } = kind
  const { row, projection } = shown
  if (!joined?.readInTurn || !shows(type, joined.name, projection)) return undefined
  const rest = joined.readInTurn(ctx.db, scopeOf(ctx, row), row.id)
  const first = (await rest.next()).value ?? []
  const second = (await rest.next()).value
  if (!second) return textsOf(ctx, kind, { ...shown, elements: first })
  const { excerpt } = textsOf(ctx, kind, { ...shown, elements: first.slice(0, keptInLog + 1) })
  const own = textOf(ctx, kind, { ...shown, elements: [] })
  const wanted = (elements: readonly string[]) => selected(kind, projection, elements)
  const all = async function* () {
    yield wanted(first)
    yield wanted(second)
    for await (const elements of rest) yield wanted(elements)
  }
  return { text: withList(own, joined.name, all()), excerpt }
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

/** Undefined where nobody wants to see them: they are not even looked up then. */
async function readElements(
  ctx: Context,
  { type, joined }: Kind,
  { rows, projection }: { rows: readonly StoredRow[]; projection: Projection | undefined },
) {
  const [first] = rows
  if (!first || !joined || !shows(type, joined.name, projection)) return undefined
  return joined.read(
    ctx.db,
    scopeOf(ctx, first),
    rows.map(row => row.id),
  )
}

const scopeOf = (ctx: Context, { domain_id }: StoredRow): Scope => ({
  domainId: domain_id,
  baseUrl: baseUrlOf(ctx, domain_id),
})

function textOf(
  ctx: Context,
  { type, joined, isSelective }: Kind,
  { row, projection, elements }: Presentation & { elements: readonly string[] },
): string {
  const baseUrl = baseUrlOf(ctx, row.domain_id)
  const whole = answerWith(type, row, { baseUrl, name: joined?.name, elements })
  return projection || isSelective ? JSON.stringify(project(type, parseDocument(whole), projection)) : whole
}
