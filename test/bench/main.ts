// `npm run bench`: the speed goals as ratios, every side measured in turn within one run, medians of three rounds.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, startProcess } from '../processes.ts'
import { makePushTarget, type PushTarget } from '../push-target.ts'
import { Calls } from './calls.ts'
import { measureGroups } from './groups.ts'
import { type Measured, measure } from './load.ts'
import { measureLogPages } from './log-pages.ts'
import { measureRawInserts } from './raw-inserts.ts'

const rounds = 3

interface Goal {
  readonly name: string
  readonly must: string
  readonly aim: string
  readonly got: string
  readonly met: boolean
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const atLeast = (name: string, must: number, aim: number, got: number): Goal => ({
  name,
  must: `≥ ${must}`,
  aim: `≥ ${aim}`,
  got: got.toFixed(2),
  met: got >= must,
})

const atMost = (name: string, must: number, aim: number, got: number): Goal => ({
  name,
  must: `≤ ${must}`,
  aim: `≤ ${aim}`,
  got: got.toFixed(2),
  met: got <= must,
})

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const env = {
    GATEHOUSE_DATA_DIR: folder,
    GATEHOUSE_PORT: '0',
    GATEHOUSE_SCIM_RATE_LIMIT: '0',
    GATEHOUSE_LOG_LEVEL: 'warn',
  }
  const running: Running[] = []
  try {
    const bare = await startProcess(['test/bench/bare-process.ts'])
    running.push(bare)
    const target = await makePushTarget(env)
    const calls = new Calls(target)
    const server = await startProcess(['src/main.ts', 'serve'], env)
    running.push(server)
    const goals = [
      ...(await measureGoals(bare, server, calls)),
      ...(await measureGroupGoals(server, target)),
      ...(await measureLogGoals(folder)),
    ]
    process.stdout.write(`\n${table(goals)}\n`)
    process.exitCode = goals.every(goal => goal.met) ? 0 : 1
  } finally {
    for (const each of running) await each.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureGoals(bare: Running, server: Running, calls: Calls): Promise<Goal[]> {
  await calls.fill(server.url, 1000)
  const seen = new Map<string, Measured[]>()
  const note = (name: string, measured: Measured) => seen.set(name, [...(seen.get(name) ?? []), measured])
  const raw: number[] = []
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`round ${round} of ${rounds}\n`)
    raw.push(measureRawInserts())
    note('bare', await measure({ url: `${bare.url}/` }))
    for (const [name, load] of calls.loads(server.url)) note(name, await measure(load))
  }
  const rate = (name: string) => median((seen.get(name) ?? []).map(each => each.perSecond))
  const spread = Math.max(
    ...['match', 'read', 'create', 'patch', 'put'].map(name =>
      median((seen.get(name) ?? []).map(each => each.p99 / Math.max(each.p50, 1))),
    ),
  )
  return [
    atLeast('P1 match ÷ bare Hono', 0.18, 0.35, rate('match') / rate('bare')),
    atLeast('P2 read by id ÷ bare Hono', 0.18, 0.33, rate('read') / rate('bare')),
    atLeast('P3 create, 32 connections ÷ raw durable inserts', 0.8, 1.5, rate('create') / median(raw)),
    atLeast('P4 create, 1 connection ÷ raw durable inserts', 0.25, 0.35, rate('create alone') / median(raw)),
    atLeast('P5 PATCH active ÷ create', 0.9, 1, rate('patch') / rate('create')),
    atLeast('P5 PUT ÷ create', 0.9, 1, rate('put') / rate('create')),
    atMost('P22 p99 ÷ p50, the worst SCIM call', 6, 4, spread),
  ]
}

async function measureGroupGoals({ url }: Running, target: PushTarget): Promise<Goal[]> {
  process.stderr.write('groups\n')
  const { add, readWithoutMembers } = await measureGroups(url, target)
  return [
    atMost('P8 one more member: 50,000 ÷ 10 members', 1.3, 1.1, add),
    atMost('P9 read without members: 50,000 ÷ 10 members', 1.5, 1.1, readWithoutMembers),
  ]
}

/** Milliseconds on loopback, which the console is held to whatever the machine. */
async function measureLogGoals(folder: string): Promise<Goal[]> {
  process.stderr.write('the SCIM log with 1,000,000 rows\n')
  const { answered, painted } = await measureLogPages(folder)
  const goals = [...answered].map(([name, got]) => atMost(`log: ${name}, ms`, 150, 100, got))
  return painted === undefined ? goals : [...goals, atMost('log: first paint, ms', 150, 100, painted)]
}

function table(goals: readonly Goal[]): string {
  const rows = goals.map(({ name, must, aim, got, met }) =>
    [name.padEnd(48), must.padEnd(8), aim.padEnd(8), got.padStart(8), met ? '  met' : '  MISSED'].join(''),
  )
  return [`${'goal'.padEnd(48)}${'must'.padEnd(8)}${'aim'.padEnd(8)}${'got'.padStart(8)}`, ...rows].join('\n')
}

await main()
