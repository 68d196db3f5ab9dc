// How long older tokens live on when a new one is made: the choices of the forms, and what was chosen.
import { html } from 'hono/html'
import { invalid } from '../../../base/refusal.ts'
import { longestOverlapSeconds } from '../../../manage/domains/scim-tokens.ts'
import type { Markup } from '../../look/page.ts'

const choices = [
  [3600, 'live on for an hour'],
  [86_400, 'live on for a day'],
  [604_800, 'live on for a week'],
  [0, 'end at once'],
] as const

const usual = 86_400

export const overlapOptions = (chosen: number | undefined = usual): Markup =>
  html`${choices.map(([seconds, words]) => html`<option value="${seconds}"${seconds === chosen ? html` selected` : ''}>${words}</option>`)}`

/** In seconds; a form without the choice is one for a first token. */
export function overlapIn(form: URLSearchParams): number {
  const seconds = Number(form.get('overlap') ?? 0)
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= longestOverlapSeconds) return seconds
  throw invalid('invalid_input', `Expected an overlap of 0 to ${longestOverlapSeconds} seconds.`, 'overlap')
}
