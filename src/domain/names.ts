// The names that people type for organizations and for themselves, as they are kept: on one line, and not too long.
import { invalid } from '../base/refusal.ts'

const longest = { organization: 64, person: 100 } as const

/** Refuses what is no name; `attr` is the field that it stood in. */
export function readOrganizationName(text: string, attr: string): string {
  const name = onOneLine(text)
  if (name === '')
    throw invalid(
      'required',
      `Expected a name of 1 to ${longest.organization} characters, got nothing.`,
      attr,
    )
  return withinLimit(name, { most: longest.organization, attr })
}

/** May be empty: not everybody has a first and a last one. */
export const readPersonName = (text: string, attr: string): string =>
  withinLimit(onOneLine(text), { most: longest.person, attr })

const onOneLine = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()

function withinLimit(name: string, { most, attr }: { most: number; attr: string }): string {
  if (name.length <= most) return name
  throw invalid(
    'invalid_input',
    `Expected at most ${most} characters, got ${name.length}: "${name.slice(0, 40)}…".`,
    attr,
  )
}
