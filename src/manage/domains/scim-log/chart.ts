// The SCIM log at a glance: how many requests went well, were refused and failed, in equal parts of a span of time.
import { idsFrom } from '../../../base/id.ts'
import type { Context } from '../../../context.ts'
import {
  countScimLogBetween,
  findScimLogPlace,
  listScimLogStatuses,
  type ScimLogCount,
} from '../../../store/domain/scim-log.ts'
import { boundsOf } from './bounds.ts'
import { type LogSearch, withTerms } from './search.ts'

export interface Bucket {
  readonly ok: number
  readonly refused: number
  readonly failed: number
}

export interface LogChart {
  readonly from: Date
  readonly to: Date
  /** The oldest first. */
  readonly buckets: readonly Bucket[]
  /** Only so many of the newest requests were looked at; undefined: all of them. */
  readonly lookedAt: number | undefined
}

const bucketCount = 48
const dayMs = 24 * 60 * 60 * 1000

/** Whatever their status; the last day, or from when to when is asked for. */
export async function readLogChart(ctx: Context, domainId: string, search: LogSearch): Promise<LogChart> {
  const { after, before, statusMin: _min, statusMax: _max, ...rest } = search
  // Up to the last millisecond, and with it.
  const to = new Date((before === undefined ? ctx.now().getTime() : Date.parse(before)) + 1)
  const from = after === undefined ? new Date(to.getTime() - dayMs) : new Date(after)
  const isEverything = Object.values(rest).every(each => each === undefined)
  const count = isEverything ? countAll : countNewest
  return { from, to, ...(await count(ctx, domainId, { from, to, search: rest })) }
}

interface Span {
  readonly from: Date
  readonly to: Date
  readonly search: LogSearch
}

type Counted = Pick<LogChart, 'buckets' | 'lookedAt'>

/** So many of the newest are counted, where the indexes alone say how many there are. */
const mostCounted = 300_000

async function countAll(ctx: Context, domainId: string, span: Span): Promise<Counted> {
  const reach = await reachOf(ctx, domainId, span, mostCounted)
  const ids = Array.from({ length: bucketCount + 1 }, (_, place) => idsFrom(new Date(startOf(span, place))))
  const within = ids.map(id => (reach !== undefined && id < reach ? reach : id))
  const counts = await countScimLogBetween(ctx.db, domainId, within)
  return { buckets: counts.map(bucketOf), lookedAt: reach === undefined ? undefined : mostCounted }
}

const bucketOf = ({ total, refused, failed }: ScimLogCount): Bucket => ({
  ok: total - refused - failed,
  refused,
  failed,
})

/** So many of the newest are looked at, where each row has to be. */
const mostLookedAt = 10_000

async function countNewest(ctx: Context, domainId: string, span: Span): Promise<Counted> {
  const reach = await reachOf(ctx, domainId, span, mostLookedAt)
  const bounds = { ...boundsOf(textsOf(span)), ...(reach !== undefined && { fromId: reach }) }
  const page = { search: withTerms(span.search), limit: mostLookedAt, ...bounds }
  const buckets = Array.from({ length: bucketCount }, () => ({ ok: 0, refused: 0, failed: 0 }))
  for (const { created_at, response_status: status } of await listScimLogStatuses(ctx.db, domainId, page)) {
    const bucket = buckets[placeOf(span, Date.parse(created_at))]
    if (bucket) bucket[status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok'] += 1
  }
  return { buckets, lookedAt: reach === undefined ? undefined : mostLookedAt }
}

/** The oldest of the so many newest in the span, if there are more. */
const reachOf = (ctx: Context, domainId: string, span: Span, distance: number) =>
  findScimLogPlace(ctx.db, domainId, { ...boundsOf(textsOf(span)), distance })

const textsOf = ({ from, to }: Span) => ({ after: from.toISOString(), before: to.toISOString() })

const lengthOf = ({ from, to }: Span) => Math.max(1, to.getTime() - from.getTime())

const startOf = (span: Span, place: number) => span.from.getTime() + (lengthOf(span) * place) / bucketCount

const placeOf = (span: Span, time: number) =>
  Math.floor(((time - span.from.getTime()) / lengthOf(span)) * bucketCount)
