// The pages around a set-up: what a link is for before anything begins, the name of a domain, and links that are over.
import { html } from 'hono/html'
import type { Refusal } from '../../base/refusal.ts'
import type { SetUpPart } from '../../domain/set-up-part.ts'
import type { SetUp } from '../../manage/set-up/open.ts'
import type { Markup, Page } from '../look/page.ts'
import { csrfField, on, readable, theirs } from '../look/words.ts'
import type { SetUpCall } from './call.ts'

const tasks: Readonly<Record<SetUpPart, string>> = {
  verify: 'Publish a DNS record that proves whose domain it is',
  saml: 'Connect its identity provider for single sign-on (SAML)',
  scim: 'Let the directory push people and groups (SCIM)',
  test: 'Try a sign-in, which signs nobody in',
}

export const beginningPage = ({ caller, domainName, organizationName, askedBy, expiresAt }: SetUp): Page => ({
  title: `Set up ${readable(domainName ?? 'a domain')} for ${readable(organizationName)}`,
  body: html`<p><strong>${theirs(askedBy, 120)}</strong> asks you to do this, until ${on(expiresAt)}:</p>
<ul>${caller.parts.map(part => html`<li>${tasks[part]}</li>`)}</ul>
<form method="post"><button class="main" autofocus>Continue</button></form>
<p class="soft small">You need no account. If you do not know who asks, close this page: nothing happens without you.</p>`,
})

/** Whether it never was, has expired or was revoked: who has such a link learns no more. */
export const overPage = (typed: Markup | ''): Page => ({
  title: 'This link opens nothing',
  body: html`<p>It may have expired, been withdrawn, or been copied without its end. Open it once more from where you got it; if that does not help, ask whoever sent it for a new one.</p>
<p class="soft small">What was set up by it stays as it is.</p>
${typed}`,
})

/** For a link without a domain. */
export const claimForm = (call: SetUpCall, complaint?: { refusal: Refusal; typed: string }): Markup =>
  html`${complaint ? html`<div class="notice" role="alert"><p>${theirs(complaint.refusal.message, 600)}</p></div>` : ''}
<section><p>Which domain do the addresses of your people end in?</p>
<form method="post" action="/set-up/claim" class="row">${csrfField(call)}
<label for="domain" class="soft">Domain</label>
<input id="domain" name="domain" required maxlength="253" placeholder="acme.com" autocapitalize="none" spellcheck="false" value="${complaint?.typed.slice(0, 253) ?? ''}">
<button class="main">Continue</button></form>
<p class="soft small">One domain, which cannot be changed by this link afterwards. The next step is a DNS record.</p></section>`

interface Trouble {
  readonly status: number
  readonly code: string
  readonly sentence: string
}

interface Around {
  readonly requestId: string
  /** What came in the form. */
  readonly typed: Markup | ''
}

export const troublePage = ({ status, code, sentence }: Trouble, { requestId, typed }: Around): Page => ({
  title: status === 404 ? 'There is nothing here' : 'That did not work',
  body: html`<p role="alert">${theirs(sentence, 600)}</p>
${typed}
<dl><dt>Code</dt><dd><code>${code}</code></dd><dt>Request id</dt><dd><code>${requestId}</code></dd></dl>
<p><a class="button main" href="/set-up">Back to the set-up</a></p>`,
})

export const leftPage: Page = {
  title: 'You have left the set-up',
  body: html`<p>This browser has forgotten the link. It works until it expires: open it again to go on.</p>`,
}
