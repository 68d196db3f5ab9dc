// A domain into which ten thousand users were pushed: its file, how soon a server is ready on it, and its memory.

import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { makePushTarget } from '../push-target.ts'
import type { Bench, Part } from './bench.ts'
import { Calls, pushPeople } from './calls.ts'
import { atMost, type Goal, unmeasured } from './goals.ts'
import { noProc, residentMegabytes } from './resident-memory.ts'
import { median, takeTurns } from './rounds.ts'

const users = 10_000
const mixedRequests = 20_000
/** Until what a start has left behind is collected, as far as it is. */
const settledMilliseconds = 2000

export const tenThousandUsers: Part = {
  name: 'sizes',
  goals: ['P19', 'P21', 'P23'],
  minutes: 10,
  run: async bench => {
    const env = bench.env()
    const target = await makePushTarget(env)
    const file = `${env.GATEHOUSE_DATA_DIR}/gatehouse.db`
    const before = bytesIn(file)
    const pushed = await bench.serve(env)
    const people = await pushPeople(pushed.url, target, users)
    await pushed.stop()
    const perUser = (bytesIn(file) - before) / users
    const { ready } = await takeTurns({ ready: () => readySeconds(bench, env) })
    const server = await bench.serve(env)
    await new Calls(target, people).sendMixed(server.url, mixedRequests)
    const memory = residentMegabytes(server.pid)
    const mixed = 'P19 memory after 20,000 mixed requests, 10,000 users, MB'
    return [
      await emptyMemory(bench),
      memory === undefined ? unmeasured(mixed, noProc) : atMost(mixed, 250, 180, memory),
      atMost('P21 disk per user with audit rows, without request log and events, KB', 3.5, 2, perUser / 1000),
      atMost('P23 ready on a file of 10,000 users, s', 1, 0.4, median(ready)),
    ]
  },
}

/** Of tables and indexes as they came to be, but the request log and the events: those have an end. */
function bytesIn(file: string): number {
  const db = new Database(file, { readonly: true })
  try {
    const sizes = `select sum(pgsize) as bytes from dbstat
      where name not in (select name from sqlite_schema where tbl_name in ('scim_log', 'events'))`
    return (db.prepare(sizes).get() as { bytes: number }).bytes
  } finally {
    db.close()
  }
}

async function readySeconds(bench: Bench, env: Record<string, string>): Promise<number> {
  const server = await bench.serve(env)
  await server.stop()
  return server.readyMilliseconds / 1000
}

async function emptyMemory(bench: Bench): Promise<Goal> {
  const name = 'P19 memory of an empty server ÷ bare Hono'
  const [empty, bare] = [await bench.serve(bench.env()), await bench.start(['test/bench/bare-process.ts'])]
  await sleep(settledMilliseconds)
  const [ours, theirs] = [residentMegabytes(empty.pid), residentMegabytes(bare.pid)]
  if (ours === undefined || theirs === undefined) return unmeasured(name, noProc)
  return atMost(name, 2.2, 1.6, ours / theirs)
}
