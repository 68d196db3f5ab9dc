// How an owner gets in when SAML fails and is the only way: a command on the machine, and whether it was ever used.
import { html } from 'hono/html'
import type { Enforcement } from '../../../../manage/domains/enforcement.ts'
import type { Markup } from '../../../look/page.ts'
import { ago, copyable, state, theirs } from '../../../look/words.ts'

const mostOwners = 5

/** As one word of a shell: an address may have characters in it that a shell would act upon. */
const quoted = (word: string): string =>
  /^[\w@.+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

export function wayBack({ owners, lastOwnerLink }: Enforcement, now: Date): Markup {
  const [first] = owners
  if (!first)
    return html`<section><h2>The way back</h2><p>${state('bad', 'no owner')} This organization has no owner whom the operator could let back in. Make somebody an owner first.</p></section>`
  return html`<section><h2>The way back</h2>
<p>When the identity provider fails, or its settings are wrong, nobody of the domain can sign in to fix it. An owner can then get in by a link that works once, within 15 minutes. Whoever runs this server makes it there with this command:</p>
<dl><dt>Command</dt><dd>${copyable('owner-link', `npm run gatehouse -- owner-link ${quoted(first.email)}`)}</dd>
<dt>For</dt><dd>${owners.slice(0, mostOwners).map(owner => html`<div>${theirs(owner.email, 120)} <span class="soft small">${owner.isAffected ? 'affected' : 'another domain: mailed links still work'}</span></div>`)}${owners.length > mostOwners ? html`<div class="soft small">and ${owners.length - mostOwners} more owners</div>` : ''}</dd>
<dt>Last made</dt><dd>${lastOwnerLink === null ? html`never ${state('warn', 'not tried yet')} <span class="soft small">Try it once before you depend on it.</span>` : html`${ago(lastOwnerLink.at, now)} for ${theirs(lastOwnerLink.email, 120)} <span class="soft small">in the <a href="/audit?q=owner_link.created">audit log</a></span>`}</dd></dl></section>`
}
