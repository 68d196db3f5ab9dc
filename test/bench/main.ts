// The speed goals: all of them, or the parts that are named, by `npm run bench -- P6 sign-ins`. Ratios within one run.

import { Bench, type Part, say } from './bench.ts'
import { type Goal, unmeasured } from './goals.ts'
import { groups } from './groups.ts'
import { hundredThousandUsers } from './hundred-thousand-users.ts'
import { logPages } from './log-pages.ts'
import { millionUsers } from './million-users.ts'
import { postgres } from './postgres.ts'
import { recording } from './recording.ts'
import { scimCalls } from './scim-calls.ts'
import { signIns } from './sign-ins.ts'
import { signInsBeside } from './sign-ins-beside.ts'
import { soak } from './soak.ts'
import { tenThousandUsers } from './ten-thousand-users.ts'
import { tokenCheck } from './token-check.ts'

const parts: readonly Part[] = [
  scimCalls,
  tokenCheck,
  groups,
  recording,
  logPages,
  tenThousandUsers,
  hundredThousandUsers,
  millionUsers,
  signIns,
  signInsBeside,
  postgres,
]
/** Takes twenty minutes, and is measured only when it is named. */
const named: readonly Part[] = [soak]

const elsewhere = [
  unmeasured('P10–P13', 'needs other products beside it'),
  unmeasured('P20', 'takes 20 minutes: npm run bench -- soak'),
]

let bench = new Bench()
let isEnding = false
for (const end of ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException'] as const) {
  // The embedded PostgreSQL ends this process at once by a listener of its own, whatever is still to be undone.
  process.removeAllListeners(end)
  process.on(end, async (reason: unknown) => {
    isEnding = true
    if (reason instanceof Error) say(reason.stack ?? reason.message)
    await bench.close()
    process.exit(1)
  })
}

async function main(words: readonly string[]): Promise<void> {
  const chosen =
    words.length === 0 ? parts : [...parts, ...named].filter(part => words.some(word => asksFor(word, part)))
  if (chosen.length === 0) {
    const known = [...parts, ...named].flatMap(({ name, goals }) => [name, ...goals])
    throw new Error(`expected some of ${[...new Set(known)].join(' ')}, but got ${words.join(' ')}`)
  }
  const goals: Goal[] = []
  for (const part of chosen) if (!isEnding) goals.push(...(await runPart(part)))
  process.stdout.write(`\n${table(words.length === 0 ? [...goals, ...elsewhere] : goals)}\n`)
  const isMissed = goals.some(({ verdict }) => verdict === 'MISSED')
  process.exit(isMissed || hasFailed ? 1 : 0)
}

const asksFor = (word: string, { name, goals }: Part): boolean =>
  word === name || goals.includes(word.toUpperCase()) || goals.includes(word)

let hasFailed = false

/** One that fails, or takes too long, is told as such, and the others still have their turn. */
async function runPart(part: Part): Promise<Goal[]> {
  say(`${part.name}: ${part.goals.join(', ')}`)
  bench = new Bench()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took over ${part.minutes} minutes`)), part.minutes * 60_000)
  })
  try {
    return await Promise.race([bench.run(part), late])
  } catch (error) {
    hasFailed = true
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return [unmeasured(part.goals.join(', '), 'failed, see above')]
  } finally {
    clearTimeout(timer)
    await bench.close()
  }
}

function table(goals: readonly Goal[]): string {
  const width = Math.max(...goals.map(({ name }) => name.length)) + 2
  const row = ({ name, must, aim, got, verdict }: Record<keyof Goal, string>) =>
    verdict === 'not measured'
      ? `${name.padEnd(width)}not measured: ${got}`
      : `${name.padEnd(width)}${must.padEnd(8)}${aim.padEnd(8)}${got.padStart(8)}  ${verdict}`
  const head = { name: 'goal', must: 'must', aim: 'aim', got: 'got', verdict: '' }
  return [head, ...goals].map(each => row(each).trimEnd()).join('\n')
}

await main(process.argv.slice(2))
