// The SCIM log as people look at it: from any row on, as it grows, one entry with its neighbours, and the last day at a glance.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import {
  findScimLogRow,
  findScimLogRowAfter,
  listScimLog,
  listScimLogStatuses,
} from '../../store/domain/scim-log.ts'
import { followRows, idsFrom } from '../following.ts'
import { type NamedRequest, nameRequests } from './scim-log-names.ts'
import { type LogSearch, view, withTerms } from './scim-logs.ts'

interface Page {
  readonly search: LogSearch
  readonly limit: number
  /** Only older ones than this. */
  readonly beforeId?: string | undefined
}

/** Newest first. Nothing is counted: in a log of millions that takes longer than reading the page. */
export async function readLogPage(
  ctx: Context,
  domainId: string,
  { search, limit, beforeId }: Page,
): Promise<{ rows: NamedRequest[]; hasOlder: boolean }> {
  const rows = await listScimLog(ctx.db, domainId, {
    search: withTerms(search),
    limit: limit + 1,
    ...(beforeId !== undefined && { beforeId }),
    // The same bound once more, by which the key is searched.
    ...(search.after !== undefined && { afterId: idsFrom(new Date(search.after)) }),
  })
  const shown = await nameRequests(ctx, domainId, rows.slice(0, limit).map(view))
  return { rows: shown, hasOlder: rows.length > limit }
}

export async function readLogEntry(ctx: Context, domainId: string, id: string) {
  const row = await findScimLogRow(ctx.db, domainId, id)
  if (!row) throw missing()
  const [older, newer, named] = await Promise.all([
    listScimLog(ctx.db, domainId, { search: {}, limit: 1, beforeId: id }),
    findScimLogRowAfter(ctx.db, domainId, id),
    nameRequests(ctx, domainId, [view(row)]),
  ])
  const [entry = { ...view(row), resource_name: null }] = named
  return { entry, olderId: older[0]?.id ?? null, newerId: newer?.id ?? null }
}

/** What is new since the last time that it was asked, newest first. */
export function followLog(
  ctx: Context,
  domainId: string,
  { search, sinceId }: { search: LogSearch; sinceId: string },
): () => Promise<NamedRequest[]> {
  const wanted = withTerms(search)
  const next = followRows(ctx, {
    list: page => listScimLog(ctx.db, domainId, { search: wanted, ...page }),
    sinceId,
  })
  return async () => nameRequests(ctx, domainId, (await next()).map(view))
}

export interface Day {
  readonly buckets: readonly { readonly ok: number; readonly refused: number; readonly failed: number }[]
  /** Whether there was more than could be counted. */
  readonly isShortened: boolean
}

const bucketCount = 48
const bucketMs = 30 * 60 * 1000
const countedAtMost = 5000

/** The last 24 hours by half hours, the oldest first; of very many requests only the newest. */
export async function readDay(ctx: Context, domainId: string, search: LogSearch): Promise<Day> {
  const start = ctx.now().getTime() - bucketCount * bucketMs
  const rows = await listScimLogStatuses(ctx.db, domainId, {
    search: withTerms(search),
    afterId: idsFrom(new Date(start)),
    limit: countedAtMost,
  })
  const buckets = Array.from({ length: bucketCount }, () => ({ ok: 0, refused: 0, failed: 0 }))
  for (const { created_at, response_status: status } of rows) {
    const bucket = buckets[Math.floor((Date.parse(created_at) - start) / bucketMs)]
    if (bucket) bucket[status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok'] += 1
  }
  return { buckets, isShortened: rows.length === countedAtMost }
}
