// A match and a create on PostgreSQL beside bare named statements, and two server processes beside one.

import { availableParallelism } from 'node:os'
import pg from 'pg'
import { makePushTarget } from '../push-target.ts'
import type { Bench, Part } from './bench.ts'
import { Calls, pushPeople } from './calls.ts'
import { startDurablePostgres } from './durable-postgres.ts'
import { atLeast, type Goal, unmeasured } from './goals.ts'
import { type Load, measure } from './load.ts'
import { medianRatio, takeTurns } from './rounds.ts'

const people = 1000
const inFlight = 10
const seconds = 2

export const postgres: Part = {
  name: 'postgres',
  goals: ['P24', 'P25', 'P27'],
  minutes: 10,
  run: async bench => {
    const urlOf = await startDurablePostgres(bench, ['gatehouse', 'bare'])
    const bare = await openBare(bench, urlOf('bare'))
    const env = bench.env({ GATEHOUSE_DATABASE_URL: urlOf('gatehouse') })
    const target = await makePushTarget(env)
    const { url } = await bench.serve(env)
    const calls = new Calls(target, await pushPeople(url, target, people))
    const rateOf = async (load: Load) => (await measure({ ...load, seconds })).perSecond
    const seen = await takeTurns({
      'raw select': bare.select,
      match: () => rateOf(calls.reading(url, 'match')),
      'raw insert': bare.insert,
      create: () => rateOf(calls.writing(url, 'create')),
    })
    const match = medianRatio(seen.match, seen['raw select'])
    const create = medianRatio(seen.create, seen['raw insert'])
    return [
      atLeast('P24 PostgreSQL: match ÷ raw named selects', 0.35, 0.55, match),
      atLeast('P25 PostgreSQL: create ÷ raw named inserts', 0.4, 0.7, create),
      await compareProcesses(bench, env, server => rateOf(calls.reading(server, 'match'))),
    ]
  },
}

/** Named statements a second, so many of them in flight. */
async function openBare(bench: Bench, url: string) {
  const pool = new pg.Pool({ connectionString: url, max: inFlight })
  // Connections that are closing already are told once more when the server stops.
  pool.on('error', () => {})
  bench.defer(() => pool.end())
  await pool.query('create table rows (id text primary key, name text not null unique, doc text not null)')
  const doc = 'x'.repeat(600)
  let made = 0
  const insert = () => {
    made += 1
    const values = [`id-${made}`, `name-${made}`, doc]
    return pool.query({ name: 'insert', text: 'insert into rows values ($1, $2, $3)', values })
  }
  const select = () => {
    const values = [`name-${1 + Math.floor(Math.random() * people)}`]
    return pool.query({ name: 'select', text: 'select id, doc from rows where name = $1', values })
  }
  for (let index = 0; index < people; index++) await insert()
  return { select: () => repeat(select), insert: () => repeat(insert) }
}

async function repeat(query: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  let done = 0
  const run = async () => {
    while (performance.now() - begun < seconds * 1000) {
      await query()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, run))
  return (done * 1000) / (performance.now() - begun)
}

/** Servers, the database and the load each want a core of their own. */
const coresForTwo = 4

async function compareProcesses(
  bench: Bench,
  env: Record<string, string>,
  rateOf: (server: string) => Promise<number>,
): Promise<Goal> {
  const name = 'P27 PostgreSQL: two server processes ÷ one'
  if (availableParallelism() < coresForTwo) return unmeasured(name, 'needs free cores')
  const [one, other] = [(await bench.serve(env)).url, (await bench.serve(env)).url]
  const seen = await takeTurns({
    one: () => rateOf(one),
    two: async () => (await Promise.all([rateOf(one), rateOf(other)])).reduce((sum, each) => sum + each, 0),
  })
  return atLeast(name, 1.5, 1.8, medianRatio(seen.two, seen.one))
}
