// One page of a list: by index or by cursor, out of one kind of resource or merged out of several.
import { hash } from 'node:crypto'
import type { Context } from '../../context.ts'
import { tooMany } from '../../scim/errors.ts'
import type { ListQuery, Paging } from '../../scim/query/query.ts'
import type { Asked } from '../../scim/query/search.ts'
import { compareIn, type Position } from '../../scim/query/sort.ts'
import type { ListedRow, Scope } from '../../store/query/pages.ts'
import { countResources } from '../../store/resources/counts.ts'
import type { Kind } from '../kind.ts'
import { present, type Texts } from '../show.ts'
import { countOf, openCursor, sealCursor } from './cursor.ts'
import { recallPosition, rememberPosition } from './positions.ts'

/** One kind of what is listed, and what the request means for it. */
interface Source {
  readonly kind: Kind
  readonly query: ListQuery
}

export interface List {
  readonly scope: Scope
  readonly sources: readonly Source[]
  readonly isMixed: boolean
  readonly asked: Asked
  /** Whoever goes on where they stopped, and whether it is remembered where that was. */
  readonly reader: { readonly id: string; readonly isRemembered: boolean }
}

interface Entry {
  readonly source: Source
  readonly row: ListedRow
}

type Presented = Entry & Texts

interface Bounds {
  readonly after: Position | undefined
  readonly offset: number
  readonly limit: number
}

/** How far into a merged list an index may reach when nobody remembers where the page before ended. */
const mostMerged = 10_000

/** RFC 7644 §3.4.2.4. The total is exact. */
export async function pageByIndex(
  ctx: Context,
  list: List,
  { startIndex, count }: Paging & { method: 'index' },
) {
  const offset = startIndex - 1
  const after = offset > 0 && count > 0 ? recallPosition(markOf(list), startIndex) : undefined
  const found = await readEntries(ctx, list, { after, offset, limit: count })
  const entries = await presentEntries(ctx, found)
  const last = entries.at(-1)
  if (last && found.length === count && list.reader.isRemembered) {
    rememberPosition(markOf(list), startIndex + entries.length, positionOf(last))
  }
  // The last page says how many there are, unless it was found by what the page before remembered.
  const isLast = after === undefined && found.length < count && (offset === 0 || found.length > 0)
  const totalResults =
    isLast && list.asked.filter !== undefined ? offset + found.length : await countAll(ctx, list)
  return { totalResults, startIndex, entries }
}

/** RFC 9865 §2. The first page of a filtered list counts for the whole walk. */
export async function pageByCursor(ctx: Context, list: List, paging: Paging & { method: 'cursor' }) {
  const mark = markOf(list)
  const stop = paging.cursor === '' ? undefined : openCursor(ctx, mark, paging.cursor)
  const count = countOf(stop, paging.count)
  const found = await readEntries(ctx, list, { after: stop?.position, offset: 0, limit: count + 1 })
  const entries = await presentEntries(ctx, found.slice(0, count))
  const last = entries.at(-1)
  const hasMore = last !== undefined && found.length > entries.length
  const isWhole = !stop && !hasMore
  const totalResults = stop?.total ?? (isWhole ? entries.length : await countAll(ctx, list))
  const total = list.asked.filter === undefined ? null : totalResults
  if (!hasMore) return { totalResults, entries }
  const nextCursor = sealCursor(ctx, mark, { position: positionOf(last), count, total })
  return { totalResults, nextCursor, entries }
}

async function readEntries(ctx: Context, list: List, bounds: Bounds): Promise<readonly Entry[]> {
  const { sources } = list
  const [only] = sources
  if (bounds.limit === 0) return []
  if (only && sources.length === 1) return readFrom(ctx, list, { source: only, bounds })
  // Each kind might have all that comes before the page and on it.
  const skipped = bounds.after ? 0 : bounds.offset
  const reach = skipped + bounds.limit
  if (reach > mostMerged) {
    throw tooMany(
      `A list of all types can be entered no further than at startIndex ${mostMerged}, unless page by page; use a cursor or a filter.`,
    )
  }
  const parts = sources.map(source =>
    readFrom(ctx, list, { source, bounds: { after: bounds.after, offset: 0, limit: reach } }),
  )
  const compare = compareIn(sources.some(({ query }) => query.sort?.isDescending))
  const merged = (await Promise.all(parts)).flat()
  return merged.sort((a, b) => compare(positionOf(a), positionOf(b))).slice(skipped, reach)
}

/** With their texts; as many of the first ones as fit into one answer. */
async function presentEntries(ctx: Context, entries: readonly Entry[]): Promise<Presented[]> {
  const texts = new Map<Entry, Texts>()
  for (const [source, own] of Map.groupBy(entries, entry => entry.source)) {
    const rows = own.map(entry => entry.row)
    const shown = await present(ctx, source.kind, { rows, projection: source.query.projection })
    for (const [index, each] of shown.entries()) {
      const entry = own[index]
      if (entry) texts.set(entry, each)
    }
  }
  const presented: Presented[] = []
  for (const entry of entries) {
    const own = texts.get(entry)
    if (!own) break
    presented.push({ ...entry, ...own })
  }
  return presented
}

async function readFrom(
  ctx: Context,
  { scope }: List,
  { source, bounds }: { source: Source; bounds: Bounds },
): Promise<Entry[]> {
  const { filter, sort } = source.query
  const rows = await source.kind.rows.page(ctx.db, scope, { filter, sort, ...bounds })
  return rows.map(row => ({ source, row }))
}

async function countAll(ctx: Context, { scope, sources }: List): Promise<number> {
  const counts = sources.map(({ kind, query: { filter } }) =>
    filter ? kind.rows.count(ctx.db, scope, filter) : countResources(ctx.db, scope.domainId, kind.type.id),
  )
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}

const positionOf = ({ row }: Entry): Position => ({ key: row.sort_key ?? null, id: row.id })

/** Marks the list and who reads it: whatever decides which resources are on it, and in which order. */
function markOf({ scope, sources, isMixed, asked, reader }: List): string {
  const endpoints = isMixed ? [] : sources.map(({ kind }) => kind.type.endpoint)
  const { filter, sortBy, sortOrder } = asked
  const parts = [scope.domainId, reader.id, endpoints, filter, sortBy, sortOrder]
  return hash('sha256', JSON.stringify(parts), 'base64url')
}
