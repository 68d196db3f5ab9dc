// The one form behind the buttons in all rows of a table: its token stands in the page once, and each button says where it goes.
import { html } from 'hono/html'
import type { Markup } from '../look/page.ts'
import { csrfField } from '../look/words.ts'
import type { ConsoleCall } from './call.ts'

/** `more`: fields that go with every button. */
export const rowForm = (call: ConsoleCall, more: Markup | '' = ''): Markup =>
  html`<form id="row" method="post">${csrfField(call)}${more}</form>`

interface RowButton {
  /** Path that the form is sent to. */
  readonly to: string
  readonly words: string
  /** Said instead to whoever does not see the row. */
  readonly label?: string
  readonly isRisky?: boolean
  readonly value?: readonly [name: string, value: string | number]
}

export const rowButton = ({ to, words, label, isRisky, value }: RowButton): Markup =>
  html`<button form="row" formaction="${to}"${label === undefined ? '' : html` aria-label="${label}"`}${isRisky ? html` class="risky"` : ''}${value ? html` name="${value[0]}" value="${value[1]}"` : ''}>${words}</button>`
