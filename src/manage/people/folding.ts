// A timeline in which what one request did stands together: the request where it came, its changes with it.

interface Row {
  /** Begins with its time; a request has the time at which it came, and its changes are as old or younger. */
  readonly id: string
  readonly requestId: string | null
  /** Whether it is a request as a log of requests has it, or a change that is written down by itself. */
  readonly isRequest: boolean
}

export interface Entry<R extends Row> {
  /** Its place in the timeline. */
  readonly id: string
  readonly head: R
  /** Newest first. */
  readonly details: readonly R[]
}

/** No request takes longer; what is further apart and has one id is of two requests whose sender repeats itself. */
export const longestMs = 60_000

/** Newest first, both. An entry comes out when nothing can belong to it any more. */
export async function* foldRequests<R extends Row>(rows: AsyncIterable<R>): AsyncGenerator<Entry<R>, void> {
  let open: Entry<R>[] = []
  for await (const row of rows) {
    const done = open.findIndex(entry => timeOf(entry.id) - timeOf(row.id) <= longestMs)
    yield* open.splice(0, done < 0 ? open.length : done)
    open = place(open, row)
  }
  yield* open
}

function place<R extends Row>(open: Entry<R>[], row: R): Entry<R>[] {
  const alone = { id: row.id, head: row, details: [] }
  const kin = row.requestId ? open.findLast(entry => belongs(entry, row)) : undefined
  if (!kin) return [...open, alone]
  const others = open.filter(entry => entry !== kin)
  if (row.isRequest) return [...others, { ...alone, details: [kin.head, ...kin.details] }]
  return open.map(entry => (entry === kin ? { ...kin, details: [...kin.details, row] } : entry))
}

/** What a request has changed comes before it, but for what happened in the same millisecond. */
function belongs<R extends Row>({ head }: Entry<R>, row: R): boolean {
  if (head.requestId !== row.requestId) return false
  if (!head.isRequest) return true
  return !row.isRequest && timeOf(head.id) === timeOf(row.id)
}

/** In milliseconds. */
export const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

/** Several sequences, each newest first, as one; what stands in two of them comes once. */
export async function* mergeNewest<R extends { readonly id: string }>(
  sources: readonly AsyncIterable<R>[],
): AsyncGenerator<R, void> {
  const readers = sources.map(source => source[Symbol.asyncIterator]())
  const next = await Promise.all(readers.map(reader => reader.next()))
  for (let last = ''; ; ) {
    const at = indexOfNewest(next)
    const [reader, found] = [readers[at], next[at]]
    if (!reader || !found || found.done) return
    if (found.value.id !== last) yield found.value
    last = found.value.id
    next[at] = await reader.next()
  }
}

function indexOfNewest<R extends { readonly id: string }>(
  next: readonly IteratorResult<R, unknown>[],
): number {
  let newest = ''
  let index = -1
  for (const [at, each] of next.entries()) {
    if (each.done || each.value.id <= newest) continue
    newest = each.value.id
    index = at
  }
  return index
}
