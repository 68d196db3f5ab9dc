// The links of invites where no mail server takes them: shown this once, for whoever passes them on.
import { html } from 'hono/html'
import type { InviteLink } from '../../../manage/invites/link.ts'
import { copyable, theirs } from '../../look/words.ts'
import type { ConsolePage } from '../frame.ts'

export const linksPage = (links: readonly InviteLink[]): ConsolePage => ({
  title: links.length === 1 ? 'The link of the invite' : 'The links of the invites',
  section: 'people',
  path: html`<a href="/pending-invites">Invites</a> / links`,
  body: html`<section><div class="notice fine" role="status"><p><strong>${links.length === 1 ? 'The invite is made.' : `${links.length} invites are made.`}</strong>
No mail server is set up, so pass ${links.length === 1 ? 'the link on yourself. It is' : 'each link on yourself. They are'} shown only this once.</p></div>
<dl>${links.map(({ target_email: address, url }, at) => html`<dt>${theirs(address, 100)}</dt><dd>${copyable(`link-${at + 1}`, url ?? '')}</dd>`)}</dl>
<p class="soft">Whoever has a link joins under its address: give it to nobody else.</p>
<p><a class="button" href="/pending-invites">To the invites</a></p></section>`,
})
