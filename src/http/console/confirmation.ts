// What has to be typed before something goes that cannot be brought back.
import { html } from 'hono/html'
import { invalid } from '../../base/refusal.ts'
import { gotWords } from '../form.ts'
import type { Markup } from '../look/page.ts'
import { theirs } from '../look/words.ts'

interface Typed {
  readonly form: URLSearchParams
}

/** Letter by letter, but for the blanks around it. */
export function requireTyped({ form }: Typed, expected: string): void {
  const typed = form.get('confirm') ?? ''
  if (typed.trim() === expected.trim()) return
  throw invalid(
    'confirmation',
    `Expected "${expected.trim()}" to be typed, got ${gotWords(typed)}. Nothing was done.`,
    'confirm',
  )
}

export const confirmField = ({ form }: Typed, expected: string): Markup =>
  html`<p><label for="confirm">Type <strong>${theirs(expected)}</strong> to confirm</label></p>
<p><input id="confirm" name="confirm" size="32" required autocomplete="off" autocapitalize="none" spellcheck="false" value="${form.get('confirm')?.slice(0, 254) ?? ''}"></p>`
