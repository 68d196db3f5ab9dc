// What the calls of a push cost beside a bare server, and writing beside a bare database.

import { makePushTarget } from '../push-target.ts'
import type { Bench, Part } from './bench.ts'
import { Calls, pushPeople } from './calls.ts'
import { atLeast, atMost, type Goal } from './goals.ts'
import { type Measured, measure, ratesOf } from './load.ts'
import { measureRawInserts } from './raw-inserts.ts'
import { median, medianRatio, takeTurns } from './rounds.ts'

const people = 1000
const spreadOf = ['match', 'read', 'list', 'create', 'patch', 'put'] as const

export const scimCalls: Part = {
  name: 'calls',
  goals: ['P1', 'P2', 'P3', 'P4', 'P5', 'P22'],
  minutes: 10,
  run: async bench => {
    const bare = await bench.start(['test/bench/bare-process.ts'])
    const seen = await measureAll(bench, bare.url)
    type Side = keyof typeof seen
    const ratio = (above: Side, below: Side) => medianRatio(ratesOf(seen[above]), ratesOf(seen[below]))
    return [
      atLeast('P1 match ÷ bare Hono', 0.18, 0.35, ratio('match', 'bare')),
      atLeast('P2 read by id ÷ bare Hono', 0.18, 0.33, ratio('read', 'bare')),
      atLeast('P3 create, 32 connections ÷ raw durable inserts', 0.8, 1.5, ratio('create', 'raw inserts')),
      atLeast(
        'P4 create, 1 connection ÷ raw durable inserts',
        0.25,
        0.35,
        ratio('create alone', 'raw inserts'),
      ),
      atLeast('P5 PATCH active ÷ create', 0.9, 1, ratio('patch', 'create')),
      atLeast('P5 PUT ÷ create', 0.9, 1, ratio('put', 'create')),
      ...spreadGoals(spreadOf.map(call => [call, seen[call]])),
    ]
  },
}

async function measureAll(bench: Bench, bare: string) {
  const env = bench.env()
  const target = await makePushTarget(env)
  const { url } = await bench.serve(env)
  const calls = new Calls(target, await pushPeople(url, target, people))
  return takeTurns({
    bare: () => measure({ url: `${bare}/` }),
    match: () => measure(calls.reading(url, 'match')),
    read: () => measure(calls.reading(url, 'read')),
    list: () => measure(calls.reading(url, 'list')),
    create: () => measure(calls.writing(url, 'create')),
    'raw inserts': () => ({ perSecond: measureRawInserts(), p50: 0, p99: 0 }),
    'create alone': () => measure({ ...calls.writing(url, 'create'), connections: 1 }),
    patch: () => measure(calls.writing(url, 'patch')),
    put: () => measure(calls.writing(url, 'put')),
  })
}

function spreadGoals(calls: readonly (readonly [string, readonly Measured[]])[]): Goal[] {
  const worst = (of: (measured: Measured) => number) =>
    calls
      .map(([call, seen]) => ({ call, got: median(seen.map(of)) }))
      .reduce((worst, each) => (each.got > worst.got ? each : worst))
  const ratio = worst(({ p50, p99 }) => p99 / p50)
  const slowest = worst(({ p99 }) => p99)
  return [
    atMost(`P22 p99 ÷ p50, the worst call (${ratio.call})`, 6, 4, ratio.got),
    atMost(`P22 p99, the slowest call (${slowest.call}), ms`, 250, 100, slowest.got),
  ]
}
