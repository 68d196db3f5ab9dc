// A domain of a hundred thousand users: read to its end page by page, and asked what no index answers.

import type { PushTarget } from '../push-target.ts'
import type { Part } from './bench.ts'
import { Calls } from './calls.ts'
import { atMost } from './goals.ts'
import { measure } from './load.ts'
import { median, takeTurns, timeOf } from './rounds.ts'
import { makeDomainOf } from './user-copies.ts'

const users = 100_000
const page = 100
/** Pages at either end; one alone takes a millisecond or two, and may be any. */
const atEachEnd = 100

const slowFilters = [
  'title pr',
  'displayName co "99999"',
  'userName co "nobody"',
  'name.familyName sw "Z"',
  'emails.value co "nobody"',
  'emails[type eq "home"]',
  'not (active eq true)',
  'meta.lastModified gt "2030-01-01T00:00:00Z"',
  'name.givenName eq "nobody" or displayName ew "nobody"',
  'active eq true and name.familyName co "x"',
]

type Get = (query: Record<string, string>) => Promise<void>

export const hundredThousandUsers: Part = {
  name: 'sizes',
  goals: ['P7', 'P26'],
  minutes: 10,
  run: async bench => {
    const { env, target, people } = await makeDomainOf(bench, users)
    const { url } = await bench.serve(env)
    const get = getterOf(url, target)
    const { read } = await takeTurns({ read: () => readToTheEnd(get) })
    const { filters } = await takeTurns({ filters: () => timesOfFilters(get) })
    const worst = slowFilters
      .map((filter, index) => ({ filter, got: median(filters.map(times => times[index] ?? Number.NaN)) }))
      .reduce((worst, each) => (each.got > worst.got ? each : worst))
    const match = new Calls(target, people).reading(url, 'match')
    const { meanwhile } = await takeTurns({ meanwhile: () => beside(get, () => measure(match)) })
    return [
      atMost('P7 list page of 100: the end of 100,000 ÷ the first', 2, 1.3, median(read)),
      atMost(`P26 slow filter, 100,000 users, the worst (${worst.filter}), ms`, 500, 150, worst.got),
      atMost('P26 match p99 meanwhile, ms', 50, 30, median(meanwhile.map(({ p99 }) => p99))),
    ]
  },
}

function getterOf(server: string, { domainId, token }: PushTarget): Get {
  return async query => {
    const url = `${server}/scim/v2/${domainId}/Users?${new URLSearchParams({ count: `${page}`, ...query })}`
    const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } })
    const text = await response.text()
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`)
  }
}

/** The last pages ÷ the first ones. */
async function readToTheEnd(get: Get): Promise<number> {
  const times: number[] = []
  for (let startIndex = 1; startIndex <= users; startIndex += page)
    times.push(await timeOf(() => get({ startIndex: `${startIndex}` })))
  return median(times.slice(-atEachEnd)) / median(times.slice(0, atEachEnd))
}

async function timesOfFilters(get: Get): Promise<number[]> {
  const times: number[] = []
  for (const filter of slowFilters) times.push(await timeOf(() => get({ filter })))
  return times
}

/** Does the work while somebody asks slow filters one after the other. */
async function beside<T>(get: Get, work: () => Promise<T>): Promise<T> {
  const end = new AbortController()
  const asking = (async () => {
    for (let turn = 0; !end.signal.aborted; turn++)
      await get({ filter: slowFilters[turn % slowFilters.length] ?? '' })
  })()
  try {
    return await work()
  } finally {
    end.abort()
    await asking
  }
}
