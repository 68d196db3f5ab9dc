// What it takes to know whose token a request has, in this process and with nothing around it.

import { openContext } from '../../src/commands/open.ts'
import { admitToken } from '../../src/provision/access.ts'
import { markScimTokenUsed } from '../../src/store/domain/scim-tokens.ts'
import { makePushTarget } from '../push-target.ts'
import type { Part } from './bench.ts'
import { atMost } from './goals.ts'
import { median, takeTurns } from './rounds.ts'

const checks = 100_000
const commits = 300

export const tokenCheck: Part = {
  name: 'calls',
  goals: ['P18'],
  minutes: 2,
  run: async bench => {
    const env = bench.env()
    const { domainId, token } = await makePushTarget(env)
    const { ctx, close } = await openContext(env)
    bench.defer(close)
    const check = async () => {
      const { outcome } = await admitToken(ctx, { domainId, authorization: `Bearer ${token}` })
      if (outcome !== 'admitted') throw new Error(`the token is ${outcome}`)
    }
    const admission = await admitToken(ctx, { domainId, authorization: `Bearer ${token}` })
    if (admission.outcome !== 'admitted') throw new Error('the token is refused')
    const { id } = admission.token
    const commit = () => markScimTokenUsed(ctx.db, { domainId, id, now: new Date().toISOString(), ip: null })
    const seen = await takeTurns({
      usual: () => processorTimeOf(check),
      'after a commit': () => timeAfter(commit, check),
    })
    return [
      atMost('P18 token check, processor µs', 10, 2, median(seen.usual)),
      atMost('P18 token check right after a commit, µs', 10, 2, median(seen['after a commit'])),
    ]
  },
}

async function processorTimeOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  for (let done = 0; done < checks; done++) await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / checks
}

/** The answer that was kept holds no longer then. It waits for nothing, so its time is the processor's. */
async function timeAfter(commit: () => Promise<unknown>, work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let done = 0; done < commits; done++) {
    await commit()
    const begun = performance.now()
    await work()
    times.push((performance.now() - begun) * 1000)
  }
  return median(times)
}
