// Every numbered requirement is named in the title of a test that runs on both databases; how many there are stands in
// the output.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

const inForce = range(1, 89)

/** Of `it`, `test` and `describe`, also behind `.skipIf(…)` and `.each([…])`; of tests that never run it is none. */
const title =
  /(?:\b(?:it|test|describe)(?!\.(?:skip|todo)\b)(?:\.\w+(?:\([^()]*\))?)*|\]\))\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1/gs

/** What stands inside of `eachDatabase`, told by the indentation. */
const onBoth = /^( *)eachDatabase\(.*?^\1\}\)/gms

function numbersIn(text: string): number[] {
  const titles = [...text.matchAll(title)].map(([, , words = '']) => words)
  return titles.flatMap(words => [...words.matchAll(/\bR(\d+)\b/g)].map(([, number]) => Number(number)))
}

interface Count {
  all: number
  onBoth: number
}

function countIn(texts: readonly string[]): Map<number, Count> {
  const counts = new Map<number, Count>(inForce.map(number => [number, { all: 0, onBoth: 0 }]))
  const countOf = (number: number) => {
    const count = counts.get(number)
    if (!count) throw new Error(`a title names R${number}, which there is not`)
    return count
  }
  for (const text of texts) {
    for (const number of numbersIn(text)) countOf(number).all += 1
    for (const [block] of text.matchAll(onBoth))
      for (const number of numbersIn(block)) countOf(number).onBoth += 1
  }
  return counts
}

function readTests(): string[] {
  const folder = new URL('../', import.meta.url)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts') && !name.endsWith('scim/requirements.test.ts'))
    .map(name => readFileSync(new URL(name, folder), 'utf8'))
}

const perRow = 8

function tableOf(counts: ReadonlyMap<number, Count>): string {
  const cells = [...counts].map(
    ([number, { all, onBoth }]) => `R${number}`.padEnd(4) + `${onBoth}/${all}`.padStart(6),
  )
  const rows = range(0, Math.ceil(cells.length / perRow) - 1).map(row =>
    cells.slice(row * perRow, (row + 1) * perRow).join('   '),
  )
  return ['Tests by the requirement that they show, on both databases/in all:', ...rows].join('\n')
}

describe('requirements', () => {
  it('each is shown by a test on both databases', () => {
    const counts = countIn(readTests())
    process.stdout.write(`${tableOf(counts)}\n`)
    const unseen = inForce.filter(number => counts.get(number)?.onBoth === 0)
    expect(unseen.map(number => `R${number}`)).toEqual([])
  })

  it('are not shown by what never runs, nor on both databases by what runs on none', () => {
    const [open, close] = ['eachDatabase(() => {', '})']
    const text = [
      "it('R1 R2 here', f)",
      `  ${open}`,
      "    it.skip('R3 not', f)",
      "    it.skipIf(a)('R4 there', f)",
      '    // R5 in a comment',
      `  ${close}`,
      "it.todo('R6 later')",
      "it.each([1])('R2 again', f)",
    ].join('\n')
    const seen = [...countIn([text])].filter(([, { all }]) => all > 0)
    expect(seen).toEqual([
      [1, { all: 1, onBoth: 0 }],
      [2, { all: 2, onBoth: 0 }],
      [4, { all: 1, onBoth: 1 }],
    ])
  })
})
