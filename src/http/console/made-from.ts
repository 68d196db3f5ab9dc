// What the page of a form showed of the settings that the form changes, so that those of somebody else are not overwritten.
import { html } from 'hono/html'
import { type MadeFrom, shownOf } from '../../manage/meanwhile.ts'
import type { Markup } from '../look/page.ts'

export const madeFromField = (values: object, labels: MadeFrom['labels']): Markup =>
  html`<input type="hidden" name="made_from" value="${shownOf({ ...values }, labels)}">`

/** The same in the address of a button that shares its form with others. */
export const madeFromQuery = (values: object, labels: MadeFrom['labels']): string =>
  `?${new URLSearchParams({ made_from: shownOf({ ...values }, labels) })}`

/** Every page of ours says it. */
export function madeFromIn(form: URLSearchParams, labels: MadeFrom['labels']): MadeFrom | undefined {
  const shown = form.get('made_from')
  return shown === null ? undefined : { shown, labels }
}
