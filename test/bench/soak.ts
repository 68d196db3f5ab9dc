// Twenty minutes of everything at a steady rate: whether the server's memory keeps growing.

import { setTimeout as sleep } from 'node:timers/promises'
import { makePushTarget } from '../push-target.ts'
import type { Part } from './bench.ts'
import { Calls, pushPeople } from './calls.ts'
import { atMost, unmeasured } from './goals.ts'
import { noProc, residentMegabytes } from './resident-memory.ts'
import { median } from './rounds.ts'

const people = 10_000
const minutes = 20
const warmUpMinutes = 5
/** Memory goes up and down with every collection; of so many minutes the median counts. */
const sampleMinutes = 3
const sampleMilliseconds = 1000
const perSecond = 400
const atOnce = 40

export const soak: Part = {
  name: 'soak',
  goals: ['P20'],
  minutes: minutes + 5,
  run: async bench => {
    const env = bench.env()
    const target = await makePushTarget(env)
    const { url, pid } = await bench.serve(env)
    const calls = new Calls(target, await pushPeople(url, target, people))
    const samples: number[] = []
    const timer = setInterval(() => samples.push(residentMegabytes(pid) ?? Number.NaN), sampleMilliseconds)
    bench.defer(() => clearInterval(timer))
    const end = performance.now() + minutes * 60_000
    while (performance.now() < end)
      await Promise.all([calls.sendMixed(url, atOnce), sleep((atOnce * 1000) / perSecond)])
    clearInterval(timer)
    const name = 'P20 memory after 20 minutes ÷ after 5: growth, %'
    if (residentMegabytes(pid) === undefined) return [unmeasured(name, noProc)]
    const perMinute = 60_000 / sampleMilliseconds
    const begun = warmUpMinutes * perMinute
    const before = median(samples.slice(begun, begun + sampleMinutes * perMinute))
    const after = median(samples.slice(-sampleMinutes * perMinute))
    return [atMost(name, 10, 3, 100 * (after / before - 1))]
  },
}
