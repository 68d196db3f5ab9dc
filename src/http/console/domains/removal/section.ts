// The end of a domain's page: the way to giving the domain up.
import { html } from 'hono/html'
import type { Markup } from '../../../look/page.ts'
import type { Workplace } from '../stepper.ts'

export const removalSection = ({ base }: Workplace): Markup =>
  html`<p class="small"><a href="${base}/delete">Delete this domain …</a></p>`
