// A domain of a million users beside one of a thousand: what a match costs, and how much memory the server takes.

import type { Bench, Part } from './bench.ts'
import { Calls } from './calls.ts'
import { atMost, unmeasured } from './goals.ts'
import { measure, ratesOf } from './load.ts'
import { noProc, residentMegabytes } from './resident-memory.ts'
import { medianRatio, takeTurns } from './rounds.ts'
import { makeDomainOf } from './user-copies.ts'

const mixedRequests = 20_000

export const millionUsers: Part = {
  name: 'sizes',
  goals: ['P6', 'P19'],
  minutes: 15,
  run: async bench => {
    const [few, many] = [await callsTo(bench, 1000), await callsTo(bench, 1_000_000)]
    const match = ({ url, calls }: typeof few) => measure(calls.matchingAnybody(url))
    const seen = await takeTurns({ few: () => match(few), many: () => match(many) })
    const cost = medianRatio(ratesOf(seen.few), ratesOf(seen.many))
    await many.calls.sendMixed(many.url, mixedRequests)
    const memory = residentMegabytes(many.pid)
    const memoryGoal = 'P19 memory at 1,000,000 users, after 20,000 requests, MB'
    return [
      atMost('P6 cost of a match: 1,000,000 ÷ 1,000 users', 1.3, 1.2, cost),
      memory === undefined ? unmeasured(memoryGoal, noProc) : atMost(memoryGoal, 400, 300, memory),
    ]
  },
}

async function callsTo(bench: Bench, count: number) {
  const { env, target, people } = await makeDomainOf(bench, count)
  const { url, pid } = await bench.serve(env)
  return { url, pid, calls: new Calls(target, people) }
}
