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
  const place = { search: withTerms(search), bounds: boundsOf(search, beforeId), limit: limit + 1 }
  const { rows, lookedTo } = isIndexed(place.search)
    ? await find(ctx, domainId, place)
    : await lookBack(ctx, domainId, { ...place, until: performance.now() + patienceMs })
  const shown = await nameRequests(ctx, domainId, rows.slice(0, limit).map(view))
  return { rows: shown, hasOlder: rows.length > limit, lookedTo: rows.length > limit ? undefined : lookedTo }
}

interface Place {
  readonly search: ScimLogSearch
  readonly bounds: Bounds
  readonly limit: number
}

interface Found {
  readonly rows: ScimLogRow[]
  readonly lookedTo: string | undefined
}

const find = async (ctx: Context, domainId: string, { search, bounds, limit }: Place): Promise<Found> => ({
  rows: await listScimLog(ctx.db, domainId, { search, limit, ...bounds }),
  lookedTo: undefined,
})

/** Rows looked through before others get their turn. */
const stride = 10_000

async function lookBack(
  ctx: Context,
  domainId: string,
  { search, bounds, limit, until }: Place & { readonly until: number },
): Promise<Found> {
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
