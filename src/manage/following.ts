// A log as it grows: what has been written since it was last looked at, whichever process wrote it.
import { idsFrom } from '../base/id.ts'
import type { Context } from '../context.ts'

/** A row carries the time at which its request came, and is written when it was answered, perhaps by another process. */
const latestMs = 15_000
/** Who reconnects after longer should load the page again. */
const longestGapMs = 5 * 60_000
const newsAtOnce = 200

interface Log<Row> {
  /** Newest first. */
  readonly list: (page: { afterId: string; limit: number }) => Promise<Row[]>
  readonly sinceId: string
}

/**
 * What has been written since `sinceId`, and then since the last time it was asked; newest first. The last seconds are
 * looked through again each time, since rows come later than their ids say.
 */
export function followRows<Row extends { readonly id: string }>(
  { now }: Pick<Context, 'now'>,
  { list, sinceId }: Log<Row>,
): () => Promise<Row[]> {
  let seen: ReadonlySet<string> | undefined
  return async () => {
    const from = now().getTime() - (seen ? latestMs : longestGapMs)
    const rows = await list({ afterId: idsFrom(new Date(from)), limit: newsAtOnce })
    const known = seen
    seen = new Set(rows.map(row => row.id))
    return rows.filter(row => (known ? !known.has(row.id) : row.id > sinceId))
  }
}
