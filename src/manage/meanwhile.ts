// Settings that were changed by somebody else since a page showed them: nobody overwrites them without having seen them.
import { Refusal } from '../base/refusal.ts'
import { digestOf } from '../base/secret.ts'
import { isLevel, levels } from '../domain/level.ts'

export const changedMeanwhile = 'changed_meanwhile'

type Values = Readonly<Record<string, unknown>>

/** What somebody had before them as they made a change. */
export interface MadeFrom {
  /** By `shownOf`, with the same labels. */
  readonly shown: string
  /** How the page calls each of the values that it shows and sends. */
  readonly labels: Readonly<Record<string, string>>
}

const marksOf = (values: Values, labels: MadeFrom['labels']): Map<string, string> =>
  new Map(
    Object.keys(labels).map(name => [name, `${name}:${digestOf(JSON.stringify(values[name])).slice(0, 16)}`]),
  )

export const shownOf = (values: Values, labels: MadeFrom['labels']): string =>
  [...marksOf(values, labels).values()].join(' ')

/** What the change leaves as it is, or sets to what it is already, may have been changed by anybody. */
export function refuseOverwriting(
  { shown, labels }: MadeFrom,
  { before, after }: { before: Values; after: Values },
): void {
  const known = new Set(shown.split(' '))
  const wanted = marksOf(after, labels)
  const lost = [...marksOf(before, labels)].filter(
    ([name, mark]) => !known.has(mark) && wanted.get(name) !== mark,
  )
  if (lost.length === 0) return
  const news = lost.map(([name]) => `${labels[name]}: ${wordsOf(before[name])} by now`).join('; ')
  throw new Refusal(
    'conflict',
    changedMeanwhile,
    `Somebody has changed this since the page was made that you sent it from. Nothing was saved: send yours once more to put it in the place of theirs. ${news}.`,
  )
}

function wordsOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (isLevel(value)) return Object.entries(levels).find(([, level]) => level === value)?.[0] ?? ''
  if (Array.isArray(value)) return value.join(' or ')
  if (typeof value !== 'object' || value === null) return value ? String(value) : 'none'
  return Object.entries(value)
    .map(([name, each]) => `${name} = ${wordsOf(each)}`)
    .join(', ')
}
