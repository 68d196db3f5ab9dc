// What the request log costs. No setting switches it off, so the other side is a server whose recorder does nothing.

import { makePushTarget } from '../push-target.ts'
import type { Bench, Part } from './bench.ts'
import { Calls, pushPeople } from './calls.ts'
import { atMost } from './goals.ts'
import { type Load, measure, ratesOf } from './load.ts'
import { medianRatio, takeTurns } from './rounds.ts'

const people = 1000

export const recording: Part = {
  name: 'log',
  goals: ['P17'],
  minutes: 5,
  run: async bench => {
    const on = await matchAt(bench, 'src/main.ts')
    const off = await matchAt(bench, 'test/bench/recording-nothing-process.ts')
    const seen = await takeTurns({ on: () => measure(on), off: () => measure(off) })
    const kept = medianRatio(ratesOf(seen.on), ratesOf(seen.off))
    return [atMost('P17 request log: loss of match, %', 20, 8, 100 * (1 - kept))]
  },
}

async function matchAt(bench: Bench, program: string): Promise<Load> {
  const env = bench.env()
  const target = await makePushTarget(env)
  const { url } = await bench.start([program, 'serve'], env)
  return new Calls(target, await pushPeople(url, target, people)).reading(url, 'match')
}
