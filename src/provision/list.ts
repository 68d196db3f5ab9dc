// The lists of SCIM: one page of one kind, its total exact, its stored texts joined as they are.
import type { Context } from '../context.ts'
import { project } from '../scim/project.ts'
import { type ListQuery, readListQuery } from '../scim/query.ts'
import type { Scope, StoredRow } from '../store/pages.ts'
import { countResources } from '../store/resource-counts.ts'
import { parseDocument, withLocation } from './document.ts'
import type { Kind } from './kind.ts'
import { recallPosition, rememberPosition } from './positions.ts'
import { baseUrlOf, type Push } from './push.ts'

interface Page {
  readonly rows: readonly StoredRow[]
  readonly totalResults: number
}

export interface Listed {
  /** A ListResponse (RFC 7644 §3.4.2). */
  readonly text: string
  /** The same with its first resources only, which is what the log keeps. */
  readonly excerpt: string
}

const keptInLog = 10

export async function listResources(
  ctx: Context,
  push: Push,
  { kind, params }: { kind: Kind; params: URLSearchParams },
): Promise<Listed> {
  const query = readListQuery(kind.type, params, push.leniency)
  const scope = { domainId: push.token.domain.id, baseUrl: baseUrlOf(ctx, push.token.domain.id) }
  const { rows, totalResults } = await readPage(ctx, { push, kind, params, query, scope })
  const { projection } = query
  const texts = rows.map(row => {
    const text = withLocation(kind.type, scope.baseUrl, row)
    return projection ? JSON.stringify(project(kind.type, parseDocument(text), projection)) : text
  })
  push.story.deed = `Listed ${rows.length} of ${totalResults} ${kind.type.name.toLowerCase()}s`
  const head =
    '{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],' +
    `"totalResults":${totalResults},"startIndex":${query.startIndex},"itemsPerPage":${rows.length},"Resources":`
  return { text: `${head}[${texts.join()}]}`, excerpt: `${head}[${texts.slice(0, keptInLog).join()}]}` }
}

async function readPage(
  ctx: Context,
  {
    push,
    kind,
    params,
    query,
    scope,
  }: { push: Push; kind: Kind; params: URLSearchParams; query: ListQuery; scope: Scope },
): Promise<Page> {
  const { filter, startIndex, count } = query
  const listing = { tokenId: push.token.id, kind: kind.type.id, params }
  const afterId = recallPosition(listing, startIndex)
  const request = { filter, afterId, offset: startIndex - 1, limit: count }
  const rows = count === 0 ? [] : await kind.rows.page(ctx.db, scope, request)
  const last = rows.at(-1)
  if (last && rows.length === count) rememberPosition(listing, startIndex + count, last.id)
  if (!filter) return { rows, totalResults: await countResources(ctx.db, scope.domainId, kind.type.id) }
  // A first page that is not full holds all there is.
  const isWhole = startIndex === 1 && rows.length < count
  return { rows, totalResults: isWhole ? rows.length : await kind.rows.count(ctx.db, scope, filter) }
}
