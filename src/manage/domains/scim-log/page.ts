// A page of the SCIM log, newest first: found at once, or looked for as far back as there is time for.
import type { Context } from '../../../context.ts'
import { findScimLogPlace, listScimLog, type ScimLogRow } from '../../../store/domain/scim-log.ts'
import { isIndexed, type ScimLogSearch } from '../../../store/domain/scim-log-search.ts'
import { type Bounds, boundsOf } from './bounds.ts'
import { type NamedRequest, nameRequests } from './names.ts'
import { type LogSearch, view, withTerms } from './search.ts'

interface Wanted {
  readonly search: LogSearch
  readonly limit: number
  /** Only older ones than this. */
  readonly beforeId?: string | undefined
  /** After so many milliseconds the page is as full as it is. */
  readonly patienceMs?: number
}

export interface LogPage {
  readonly rows: NamedRequest[]
  readonly hasOlder: boolean
  /** How far back was looked, where that is not everything; older ones than this may fit as well. */
  readonly lookedTo: string | undefined
}

const usualPatienceMs = 80

/** Nothing is counted: in a log of millions that takes longer than reading the page. */
export async function readLogPage(ctx: Context, domainId: string, wanted: Wanted): Promise<LogPage> {
  const { search, limit, beforeId, patienceMs = usualPatienceMs } = wanted
  const until = performance.now() + patienceMs
  const place = { search: withTerms(search), bounds: boundsOf(search, beforeId), limit: limit + 1, until }
  const { rows, lookedTo } = await seekerFor(place.search)(ctx, domainId, place)
  const shown = rows.slice(0, limit)
  const isShort = lookedTo !== undefined && (rows.length <= limit || (shown.at(-1)?.id ?? '') < lookedTo)
  return {
    rows: await nameRequests(ctx, domainId, shown.map(view)),
    hasOlder: rows.length > limit,
    lookedTo: isShort ? lookedTo : undefined,
  }
}

interface Place {
  readonly search: ScimLogSearch
  readonly bounds: Bounds
  readonly limit: number
  /** By the clock of `performance.now()`. */
  readonly until: number
}

interface Found {
  readonly rows: ScimLogRow[]
  readonly lookedTo: string | undefined
}

type Seek = (ctx: Context, domainId: string, place: Place) => Promise<Found>

function seekerFor(search: ScimLogSearch): Seek {
  if (isIndexed(search)) return find
  return isIndexed({ ...search, isChange: true }) ? findChangesAndLookBack : lookBack
}

const find: Seek = async (ctx, domainId, { search, bounds, limit }) => ({
  rows: await listScimLog(ctx.db, domainId, { search, limit, ...bounds }),
  lookedTo: undefined,
})

/** What was done to a resource is found however long ago it was; how often it was looked up, as far back as there is time. */
const findChangesAndLookBack: Seek = async (ctx, domainId, place) => {
  const changes = await find(ctx, domainId, { ...place, search: { ...place.search, isChange: true } })
  const { rows, lookedTo } = await lookBack(ctx, domainId, place)
  const all = new Map([...rows, ...changes.rows].map(row => [row.id, row]))
  const newestFirst = [...all.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
  return { rows: newestFirst.slice(0, place.limit), lookedTo }
}

/** Rows looked through before others get their turn. */
const stride = 10_000

const lookBack: Seek = async (ctx, domainId, { search, bounds, limit, until }) => {
  const rows: ScimLogRow[] = []
  let { beforeId } = bounds
  for (;;) {
    const reach = await findScimLogPlace(ctx.db, domainId, { ...bounds, beforeId, distance: stride })
    const stretch = { beforeId, fromId: reach ?? bounds.fromId }
    rows.push(...(await listScimLog(ctx.db, domainId, { search, limit: limit - rows.length, ...stretch })))
    if (reach === undefined || rows.length === limit) return { rows, lookedTo: undefined }
    if (performance.now() >= until) return { rows, lookedTo: reach }
    beforeId = reach
  }
}
