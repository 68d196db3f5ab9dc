// The two kinds of pages, `limit` and `offset` for lists, `page` and `page_size` for logs; and whole logs as a stream.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { type ApiContext, readChoice, readWhole } from './request.ts'

const maxLimit = 1000
const maxPageSize = 100

interface Slice {
  readonly limit: number
  readonly offset: number
  /** Of the request, as the outside knows it. */
  readonly url: URL
}

interface NumberedPage extends Slice {
  readonly page: number
}

interface Found<T> {
  readonly count: number
  readonly results: readonly T[]
}

export const readSlice = (ctx: Context, c: ApiContext): Slice => ({
  limit: Math.min(readWhole(c, 'limit') ?? 100, maxLimit),
  offset: readWhole(c, 'offset') ?? 0,
  url: publicUrl(ctx, c),
})

/** `{count, next, previous, results}` of a list by offset. */
export function sliceOf<T>({ limit, offset, url }: Slice, { count, results }: Found<T>) {
  const at = (start: number) => withParams(url, { limit, offset: start })
  return {
    count,
    next: limit > 0 && offset + limit < count ? at(offset + limit) : null,
    previous: limit > 0 && offset > 0 ? at(Math.max(offset - limit, 0)) : null,
    results,
  }
}

export function readNumberedPage(ctx: Context, c: ApiContext): NumberedPage {
  const page = readWhole(c, 'page', 1) ?? 1
  const limit = Math.min(readWhole(c, 'page_size', 1) ?? 20, maxPageSize)
  return { page, limit, offset: (page - 1) * limit, url: publicUrl(ctx, c) }
}

/** `{count, next, previous, results}` of a page by number; one past the end is missing. */
export function numberedPageOf<T>({ page, limit, offset, url }: NumberedPage, { count, results }: Found<T>) {
  if (page > 1 && offset >= count) throw missing(`There is no page ${page}.`)
  return {
    count,
    next: offset + limit < count ? withParams(url, { page: page + 1 }) : null,
    previous: page > 1 ? withParams(url, { page: page - 1 }) : null,
    results,
  }
}

function publicUrl({ config }: Context, c: ApiContext): URL {
  const { pathname, search } = new URL(c.req.url)
  return new URL(config.baseUrl + pathname + search)
}

function withParams(url: URL, parameters: Readonly<Record<string, number>>): string {
  const changed = new URL(url)
  for (const [name, value] of Object.entries(parameters)) changed.searchParams.set(name, String(value))
  return changed.href
}

export const readFormat = (c: ApiContext) => readChoice(c, 'format', ['json', 'ndjson']) ?? 'json'

/** One JSON object a line, written as the rows come. */
export function ndjson(c: ApiContext, rows: AsyncIterable<object>): Response {
  const lines = async function* () {
    for await (const row of rows) yield `${JSON.stringify(row)}\n`
  }
  const stream = ReadableStream.from(lines()).pipeThrough(new TextEncoderStream())
  return c.body(stream, 200, { 'Content-Type': 'application/x-ndjson' })
}
