// The SCIM log at a glance: how many requests went well, were refused and failed, in equal parts of a span of time.
import type { Context } from '../../../context.ts'
import {
  countScimLogBetween,
  findScimLogPlace,
  listScimLogStatuses,
  type ScimLogCount,
} from '../../../store/domain/scim-log.ts'
import { idsFrom } from '../../following.ts'
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

async function countAll(ctx: Context, domainId: string, span: Span): Promise<Counted> {
  const ids = Array.from({ length: bucketCount + 1 }, (_, place) => idsFrom(new Date(startOf(span, place))))
  const counts = await countScimLogBetween(ctx.db, domainId, ids)
  return { buckets: counts.map(bucketOf), lookedAt: undefined }
}

const bucketOf = ({ total, refused, failed }: ScimLogCount): Bucket => ({
  ok: total - refused - failed,
  refused,
  failed,
})

/** Of these the ones that fit are counted. */
const newest = 20_000

async function countNewest(ctx: Context, domainId: string, span: Span): Promise<Counted> {
  const bounds = boundsOf({ after: span.from.toISOString(), before: span.to.toISOString() })
  const reach = await findScimLogPlace(ctx.db, domainId, { ...bounds, distance: newest })
  const page = { search: withTerms(span.search), limit: newest, ...bounds, ...(reach && { fromId: reach }) }
  const buckets = Array.from({ length: bucketCount }, () => ({ ok: 0, refused: 0, failed: 0 }))
  for (const { created_at, response_status: status } of await listScimLogStatuses(ctx.db, domainId, page)) {
    const bucket = buckets[placeOf(span, Date.parse(created_at))]
    if (bucket) bucket[status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok'] += 1
  }
  return { buckets, lookedAt: reach === undefined ? undefined : newest }
}

const lengthOf = ({ from, to }: Span) => Math.max(1, to.getTime() - from.getTime())

const startOf = (span: Span, place: number) => span.from.getTime() + (lengthOf(span) * place) / bucketCount

const placeOf = (span: Span, time: number) =>
  Math.floor(((time - span.from.getTime()) / lengthOf(span)) * bucketCount)
