// A set-up link that was just made: shown this once, for whoever passes it on.
import { html } from 'hono/html'
import type { Context } from '../../../context.ts'
import type { createSetUpLink } from '../../../manage/set-up-links.ts'
import type { Markup } from '../../look/page.ts'
import { copyable, on, theirs } from '../../look/words.ts'

type Made = Awaited<ReturnType<typeof createSetUpLink>>

export const madeNotice = (
  { config }: Context,
  { label, sent_to: address, expires_at: end, url }: Made,
): Markup => html`<div class="notice fine" role="status">
<p><strong>The link for ${theirs(label, 100)} is made.</strong> ${
  address !== null && config.smtpUrl !== ''
    ? html`A mail with it is on its way to ${theirs(address, 100)}`
    : html`${address === null ? '' : 'No mail server is set up. '}Pass it on to them alone`
}: whoever has it can take these steps until ${on(end)}. It is shown this once and kept nowhere in clear.</p>
${copyable('set-up-link', url)}</div>`
