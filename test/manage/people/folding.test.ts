// What one request did stands together, whichever of its rows came first within a millisecond.
import { describe, expect, it } from 'vitest'
import { type Entry, foldRequests, mergeNewest, timeOf } from '../../../src/manage/people/folding.ts'

interface Row {
  readonly id: string
  readonly requestId: string | null
  readonly isRequest: boolean
}

const start = Date.parse('2026-01-31T12:00:00.000Z')

/** `at`: milliseconds; `place`: among those of one millisecond. */
function idAt(at: number, place = 0): string {
  const hex = (start + at).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(place).padStart(12, '0')}`
}
const request = (at: number, requestId: string, place = 0): Row => ({
  id: idAt(at, place),
  requestId,
  isRequest: true,
})
const change = (at: number, requestId: string | null, place = 0): Row => ({
  id: idAt(at, place),
  requestId,
  isRequest: false,
})

async function* sequence<T>(rows: readonly T[]) {
  yield* rows
}
const newestFirst = (rows: readonly Row[]) => rows.toSorted((a, b) => (a.id < b.id ? 1 : -1))
async function fold(rows: readonly Row[]) {
  const entries: Entry<Row>[] = []
  for await (const entry of foldRequests(sequence(newestFirst(rows)))) entries.push(entry)
  return entries.map(({ id, head, details }) => [
    timeOf(id) - start,
    head.isRequest,
    details.map(each => timeOf(each.id) - start),
  ])
}

describe('foldRequests', () => {
  it('puts changes to the request that they came of, where it came', async () => {
    const rows = [request(0, 'a'), change(5, 'a'), request(3, 'b'), change(9, 'a'), change(10, 'b')]
    expect(await fold(rows)).toEqual([
      [3, true, [10]],
      [0, true, [9, 5]],
    ])
  })

  it('does so in whatever order they have within a millisecond', async () => {
    expect(await fold([request(1, 'a', 0), change(1, 'a', 1)])).toEqual([[1, true, [1]]])
    expect(await fold([request(1, 'a', 1), change(1, 'a', 0)])).toEqual([[1, true, [1]]])
  })

  it('puts changes together that came of one request which no log has', async () => {
    expect(await fold([change(1, 'a'), change(2, 'a'), change(3, 'b')])).toEqual([
      [3, false, []],
      [2, false, [1]],
    ])
  })

  it('leaves what came of no request alone', async () => {
    expect(await fold([change(1, null), change(1, null, 1), change(2, '')])).toHaveLength(3)
  })

  it('keeps requests apart whose sender gives all of them one id', async () => {
    const rows = [
      request(0, 'x'),
      change(2, 'x'),
      request(1000, 'x'),
      change(1004, 'x'),
      request(90_000, 'x'),
    ]
    expect(await fold(rows)).toEqual([
      [90_000, true, []],
      [1000, true, [1004]],
      [0, true, [2]],
    ])
  })

  it('reads no further than is needed for what it has told', async () => {
    let read = 0
    async function* endless() {
      for (let at = 1e9; ; at -= 1000) {
        read += 1
        yield change(at, `r${at}`)
      }
    }
    for await (const _ of foldRequests(endless())) break
    expect(read).toBeLessThan(100)
  })
})

describe('mergeNewest', () => {
  it('takes the newest of each, and what stands in two of them once', async () => {
    const [a, b, c, d] = [4, 3, 2, 1].map(at => change(at, null))
    const sources = [[a, c], [b, c, d], [], [d]].map(rows => sequence(rows.filter(row => row !== undefined)))
    const merged: Row[] = []
    for await (const row of mergeNewest(sources)) merged.push(row)
    expect(merged).toEqual([a, b, c, d])
  })
})
