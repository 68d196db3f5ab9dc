// The form by which somebody else is asked to finish the set-up.
import { html } from 'hono/html'
import type { Markup } from '../../look/page.ts'
import { csrfField, readable } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'

const steps = [
  ['verify', 'the DNS record'],
  ['saml', 'single sign-on (SAML)'],
  ['scim', 'the directory (SCIM)'],
  ['test', 'a first sign-in'],
] as const

export const setUpPage = (call: OrganizationCall, notice: Markup | ''): ConsolePage => {
  const { form } = call
  return {
    title: 'Ask somebody to do the set-up',
    section: 'people',
    path: html`<a href="/pending-invites">Invites</a> / set-up`,
    body: html`${notice}
<section><p>They get a mail, become an administrator and finish what is left. While their invite is pending, asking again changes nothing.</p>
<form method="post" action="/pending-invites/set-up">${csrfField(call)}
<dl><dt><label for="address">Address</label></dt><dd><input id="address" name="address" required maxlength="254" size="30" placeholder="it@example.com" autocapitalize="none" spellcheck="false" value="${form.get('address')?.slice(0, 254) ?? ''}"></dd>
<dt><label for="step">What is next</label></dt><dd><select id="step" name="step">${steps.map(([value, words]) => html`<option value="${value}"${value === form.get('step') ? html` selected` : ''}>${words}</option>`)}</select></dd>
<dt><label for="message">Message</label></dt><dd><textarea id="message" name="message" rows="3" maxlength="1000">${readable(form.get('message')?.slice(0, 2000) ?? '')}</textarea></dd></dl>
<button class="main">Ask them</button></form></section>`,
  }
}
