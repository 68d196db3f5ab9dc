// How long older tokens live on when a new one is made: the choices of the forms, and what was chosen.
import { html } from 'hono/html'
import { invalid } from '../../../base/refusal.ts'
import { longestOverlapSeconds } from '../../../manage/domains/scim-tokens.ts'
import { gotWords } from '../../form.ts'
import type { Markup } from '../../look/page.ts'

const choices = [
  [3600, 'live on for an hour'],
  [86_400, 'live on for a day'],
  [604_800, 'live on for a week'],
  [0, 'end at once'],
] as const

const usual = 86_400

export const overlapOptions = (chosen: number | undefined = usual): Markup => options(choices, chosen)

/** Where there is another form for tokens that end at once. */
export const lastingOverlapOptions = (): Markup =>
  options(
    choices.filter(([seconds]) => seconds > 0),
    usual,
  )

const options = (all: readonly (typeof choices)[number][], chosen: number): Markup =>
  html`${all.map(([seconds, words]) => html`<option value="${seconds}"${seconds === chosen ? html` selected` : ''}>${words}</option>`)}`

/** In seconds; a form without the choice is one for a first token. */
export function overlapIn(form: URLSearchParams): number {
  const typed = form.get('overlap') ?? '0'
  if (/^\d{1,6}$/.test(typed) && Number(typed) <= longestOverlapSeconds) return Number(typed)
  throw invalid(
    'invalid_input',
    `Expected an overlap of 0 to ${longestOverlapSeconds} seconds, got ${gotWords(typed)}.`,
    'overlap',
  )
}
