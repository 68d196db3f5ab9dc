// Stored resources as they are answered: with the base URL, with what is joined in, and only what the client wants to see.
import type { Context } from '../context.ts'
import { type Projection, project, shows } from '../scim/project.ts'
import type { StoredRow } from '../store/pages.ts'
import { answerWith, locationOf, parseDocument, tagOf } from './document.ts'
import type { Kind } from './kind.ts'
import { baseUrlOf } from './push.ts'

export interface Shown {
  readonly version: number
  readonly etag: string
  readonly location: string
  /** Null where nothing is to be shown. */
  readonly text: string | null
  /** The text with the first joined elements only, which is what the log keeps. */
  readonly excerpt: string | null
}

export interface Texts {
  readonly text: string
  readonly excerpt: string
}

const keptInLog = 10

export async function show(
  ctx: Context,
  kind: Kind,
  { row, projection }: { row: StoredRow; projection: Projection | undefined },
): Promise<Shown> {
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
  const elements = await readElements(ctx, kind, { rows, projection })
  const texts: Texts[] = []
  for (const row of rows) {
    const own = elements ? elements.get(row.id) : []
    if (!own) break
    const text = textOf(ctx, kind, { row, projection, elements: own })
    const isLong = own.length > keptInLog
    const some = own.slice(0, keptInLog)
    texts.push({ text, excerpt: isLong ? textOf(ctx, kind, { row, projection, elements: some }) : text })
  }
  return texts
}

/** Undefined where nobody wants to see them: they are not even looked up then. */
async function readElements(
  ctx: Context,
  { type, joined }: Kind,
  { rows, projection }: { rows: readonly StoredRow[]; projection: Projection | undefined },
) {
  const [first] = rows
  if (!first || !joined || !shows(type, joined.name, projection)) return undefined
  const scope = { domainId: first.domain_id, baseUrl: baseUrlOf(ctx, first.domain_id) }
  return joined.read(
    ctx.db,
    scope,
    rows.map(row => row.id),
  )
}

function textOf(
  ctx: Context,
  { type, joined, isSelective }: Kind,
  {
    row,
    projection,
    elements,
  }: { row: StoredRow; projection: Projection | undefined; elements: readonly string[] },
): string {
  const baseUrl = baseUrlOf(ctx, row.domain_id)
  const whole = answerWith(type, row, { baseUrl, name: joined?.name, elements })
  return projection || isSelective ? JSON.stringify(project(type, parseDocument(whole), projection)) : whole
}
