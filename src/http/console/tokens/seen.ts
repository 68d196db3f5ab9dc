// Which tokens a page showed: its forms say so, and no others end by them.
import { html } from 'hono/html'
import { seenTokens } from '../../../manage/domains/scim-tokens/seen.ts'
import type { Markup } from '../../look/page.ts'

export const seenField = (tokens: Parameters<typeof seenTokens>[0]): Markup =>
  html`<input type="hidden" name="seen" value="${seenTokens(tokens)}">`

export const seenIn = (form: URLSearchParams): string | undefined => form.get('seen') ?? undefined
