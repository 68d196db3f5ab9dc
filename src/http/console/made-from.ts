// What the page of a form showed of the settings that the form changes, so that those of somebody else are not overwritten.
import { html } from 'hono/html'
import type { Refusal } from '../../base/refusal.ts'
import { changedMeanwhile, type MadeFrom, shownOf } from '../../manage/meanwhile.ts'
import type { Markup } from '../look/page.ts'

interface Sent {
  readonly form: URLSearchParams
  /** Of a form that comes back with what was typed there, in the place of what is stored. */
  readonly refusal: Refusal | undefined
}

export function madeFromField(values: object, labels: MadeFrom['labels'], sent?: Sent): Markup {
  const shown = (sent && shownBefore(sent)) ?? shownOf({ ...values }, labels)
  return html`<input type="hidden" name="made_from" value="${shown}">`
}

/** What else is there by now has not been told yet to whom something else was told. */
function shownBefore({ form, refusal }: Sent): string | undefined {
  const isUntold = refusal !== undefined && refusal.code !== changedMeanwhile
  return isUntold ? form.get('made_from')?.slice(0, longest) : undefined
}

/** Pages of ours say less. */
const longest = 500

/** The same in the address of a button that shares its form with others. */
export const madeFromQuery = (values: object, labels: MadeFrom['labels']): string =>
  `?${new URLSearchParams({ made_from: shownOf({ ...values }, labels) })}`

/** Every page of ours says it. */
export function madeFromIn(form: URLSearchParams, labels: MadeFrom['labels']): MadeFrom | undefined {
  const shown = form.get('made_from')
  return shown === null ? undefined : { shown, labels }
}
