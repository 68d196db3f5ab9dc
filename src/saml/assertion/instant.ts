// Points in time as SAML writes them: xs:dateTime in UTC, and nothing looser (SAML core 1.3.3).
import { invalidAssertion } from '../refusal.ts'

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z$/

/** Milliseconds since 1970; throws `saml_invalid_assertion`. `what` names the attribute. */
export function readInstant(text: string, what: string): number {
  const [, seconds] = form.exec(text) ?? []
  const time = seconds ? Date.parse(text) : Number.NaN
  // The 30th of February parses, as the 1st of March.
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(`${seconds}`)
  if (!isReal) throw invalidAssertion(`a date and time in UTC in ${what}`, `"${text}"`)
  return time
}

export const readOptionalInstant = (text: string | undefined, what: string): number | undefined =>
  text === undefined ? undefined : readInstant(text, what)
