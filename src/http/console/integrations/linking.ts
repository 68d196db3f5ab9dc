// Linking an account at Vercel: where one begins over there, and the question when Vercel sends the browser back here.
import { html } from 'hono/html'
import type { Config } from '../../../config.ts'
import type { Markup } from '../../look/page.ts'
import { copyable, csrfField, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'

/** Where Vercel sends whoever adds the integration; it has to be told so. */
const callbackPath = '/integrations/vercel'

type Place = Pick<OrganizationCall, 'ctx'>

export const isConfigured = ({ vercelIntegrationId, vercelClientSecret }: Config): boolean =>
  vercelIntegrationId !== '' && vercelClientSecret !== ''

export const linkingSection = (call: OrganizationCall): Markup =>
  isConfigured(call.ctx.config) ? howToLink(call) : howToConfigure(call)

const howToLink = (call: OrganizationCall): Markup => html`<section><h2>Link an account at Vercel</h2>
<ol><li>In Vercel’s marketplace open our integration, add it, and choose “Link Existing Account”.</li>
<li>Vercel sends you back to this console, which asks whether ${theirs(call.account.organization?.name ?? '', 60)} is meant.</li>
<li>Then choose which project each environment gets.</li></ol>
<details${call.form.has('code') ? html` open` : ''}><summary>Vercel sent you somewhere else?</summary>
<form method="post" action="/integrations">${csrfField(call)}
<dl><dt><label for="code">Code</label></dt><dd><input id="code" name="code" required maxlength="1000" size="32" autocomplete="off" placeholder="what the address has after code=" value="${call.form.get('code')?.slice(0, 1000) ?? ''}"></dd>
<dt><label for="redirect_uri">Address</label></dt><dd><input id="redirect_uri" name="redirect_uri" required maxlength="1000" size="48" value="${call.form.get('redirect_uri')?.slice(0, 1000) ?? callbackUrl(call)}"></dd></dl>
<p class="soft small">The address up to its question mark, as it is set as “Redirect URL” at Vercel. A code is good for half an hour, and once.</p>
<button>Link the account</button></form></details></section>`

const howToConfigure = (
  call: OrganizationCall,
): Markup => html`<section><h2>Vercel is not set up on this server</h2>
<p>Whoever runs it registers an integration in Vercel’s Integrations Console, and then</p>
<ol><li>sets <code>GATEHOUSE_VERCEL_INTEGRATION_ID</code> to its id, <code>oac_…</code>, and <code>GATEHOUSE_VERCEL_CLIENT_SECRET</code> to its client secret,</li>
<li>gives it as “Redirect URL” ${copyable('redirect-url', callbackUrl(call))}</li>
<li>and as “Base URL” ${copyable('marketplace-url', `${call.ctx.config.baseUrl}/api/vercel`)}</li></ol></section>`

const callbackUrl = ({ ctx }: Place): string => `${ctx.config.baseUrl}${callbackPath}`

/** What Vercel may have added is not believed: whose code it is shows when it is exchanged. */
export function callbackPage(
  call: OrganizationCall,
  { code, next }: { code: string; next: string },
): ConsolePage {
  const name = theirs(call.account.organization?.name ?? '', 80)
  return {
    title: 'Link an account at Vercel',
    section: 'integrations',
    body: html`<section><p>Vercel sent you here to link the account that you have just chosen there with <strong>${name}</strong>.</p>
<ul><li>The projects that you choose afterwards are pushed to that account: their tokens become variables there.</li>
<li>Do this only if it was you who added the integration at Vercel a moment ago.</li></ul>
<form method="post" action="/integrations">${csrfField(call)}<input type="hidden" name="code" value="${code}"><input type="hidden" name="redirect_uri" value="${callbackUrl(call)}"><input type="hidden" name="next" value="${next}">
<p class="row"><button class="main">Link it with ${name}</button><a class="button" href="/integrations">Do not link</a></p></form>
${call.account.organizations.length > 1 ? html`<p class="soft small">Another organization? Choose it above, then open the address that Vercel sent you to again.</p>` : ''}</section>`,
  }
}

/** After it was linked. `next`: where the window that Vercel opened goes on. */
export function linkedNotice(next: string): Markup {
  const url = vercelPage(next)
  return html`<div class="notice fine" role="status"><p><strong>The account is linked.</strong> Choose the projects of its environments${url === undefined ? '.' : html`; then <a href="${url}" rel="noreferrer">go on at Vercel</a>.`}</p></div>`
}

/** Nobody else's address. */
function vercelPage(text: string): string | undefined {
  const url = URL.parse(text)
  return url?.protocol === 'https:' && url.host === 'vercel.com' ? url.href : undefined
}
