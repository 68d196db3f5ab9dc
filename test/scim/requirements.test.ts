// Every numbered requirement that is in force is named in the title of a test; how often each is stands in the output.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

const inForce = range(1, 89)

/** Of `it`, `test` and `describe`, also behind `.skipIf(…)` and `.each([…])`. */
const title = /(?:\b(?:it|test|describe)(?:\.\w+(?:\([^()]*\))?)*|\]\))\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1/gs

function countTitles(): Map<number, number> {
  const counts = new Map(inForce.map(number => [number, 0]))
  const folder = new URL('../', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.test.ts'),
  )
  for (const file of files)
    for (const [, , text = ''] of readFileSync(new URL(file, folder), 'utf8').matchAll(title))
      for (const [, number] of text.matchAll(/\bR(\d+)\b/g))
        counts.set(Number(number), (counts.get(Number(number)) ?? 0) + 1)
  return counts
}

function tableOf(counts: ReadonlyMap<number, number>): string {
  const cells = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([number, count]) => `R${number}`.padEnd(4) + String(count).padStart(3))
  const rows = range(0, Math.ceil(cells.length / 10) - 1).map(row =>
    cells.slice(row * 10, row * 10 + 10).join('   '),
  )
  return ['Titles of tests by the requirement that they show:', ...rows].join('\n')
}

it('each requirement in force is shown by a test', () => {
  const counts = countTitles()
  process.stdout.write(`${tableOf(counts)}\n`)
  expect(inForce.filter(number => counts.get(number) === 0).map(number => `R${number}`)).toEqual([])
})
