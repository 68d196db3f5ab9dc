// The two kinds of pages, `limit` and `offset` for lists, `page` and `page_size` for logs; and whole logs as a stream.
import { z } from 'zod'
import { missing } from '../../../base/refusal.ts'
import { choice, whole } from './params.ts'
import type { ApiContext } from './request.ts'

const maxLimit = 1000
const maxPageSize = 100

/** The parameters of a list. */
export const slice = z.object({
  limit: whole({ most: maxLimit }).default(100).describe(`100 when left out, at most ${maxLimit}.`),
  offset: whole().default(0).describe('How many to leave out before them.'),
})

/** The parameters of a log. */
export const numberedPage = z.object({
  page: whole({ least: 1 }).default(1).describe('From 1.'),
  page_size: whole({ least: 1, most: maxPageSize })
    .default(20)
    .describe(`20 when left out, at most ${maxPageSize}.`),
  format: choice(['json', 'ndjson'])
    .default('json')
    .describe('`ndjson` streams all that match, one JSON object a line.'),
})

/** The envelope of both. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    count: z.int().min(0).describe('Of all that match.'),
    next: z.url().nullable(),
    previous: z.url().nullable(),
    results: z.array(item),
  })

interface Found<T> {
  readonly count: number
  readonly results: readonly T[]
}

export function sliceOf<T>(
  url: URL,
  { limit, offset }: z.output<typeof slice>,
  { count, results }: Found<T>,
) {
  const at = (start: number) => withParams(url, { limit, offset: start })
  return {
    count,
    next: limit > 0 && offset + limit < count ? at(offset + limit) : null,
    previous: limit > 0 && offset > 0 ? at(Math.max(offset - limit, 0)) : null,
    results: [...results],
  }
}

type NumberedPage = Pick<z.output<typeof numberedPage>, 'page' | 'page_size'>

/** Where a numbered page is in the whole. */
export const placeOf = ({ page, page_size: limit }: NumberedPage) => ({ limit, offset: (page - 1) * limit })

/** A page past the end is missing. */
export function numberedPageOf<T>(url: URL, asked: NumberedPage, { count, results }: Found<T>) {
  const { page } = asked
  const { limit, offset } = placeOf(asked)
  if (page > 1 && offset >= count) throw missing(`There is no page ${page}.`)
  return {
    count,
    next: offset + limit < count ? withParams(url, { page: page + 1 }) : null,
    previous: page > 1 ? withParams(url, { page: page - 1 }) : null,
    results: [...results],
  }
}

function withParams(url: URL, parameters: Readonly<Record<string, number>>): string {
  const changed = new URL(url)
  for (const [name, value] of Object.entries(parameters)) changed.searchParams.set(name, String(value))
  return changed.href
}

/** One JSON object a line, written as the rows come. */
export function ndjson(c: ApiContext, rows: AsyncIterable<object>): Response {
  const lines = async function* () {
    for await (const row of rows) yield `${JSON.stringify(row)}\n`
  }
  const stream = ReadableStream.from(lines()).pipeThrough(new TextEncoderStream())
  return c.body(stream, 200, { 'Content-Type': 'application/x-ndjson' })
}
