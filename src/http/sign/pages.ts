// How the pages look on which an agreement is signed.
import { html } from 'hono/html'
import type { ShownAgreement } from '../../manage/legal/signing.ts'
import type { Page } from '../look/page.ts'
import { paper } from '../look/paper.ts'
import { readable, theirs } from '../look/words.ts'

export interface Typed {
  readonly name: string
  readonly title: string
  /** Why it was not good enough. */
  readonly complaint: string
}

export const agreementPage = ({ title, company, text }: ShownAgreement, typed?: Typed): Page => ({
  title: `Sign for ${readable(company)}`,
  body: html`<p>Please read the ${title} and sign it below.</p>
${paper(title, text)}
<form method="post">
${typed ? html`<p class="failed" role="alert">${typed.complaint}</p>` : ''}
<p><label for="name">Your full name</label><input id="name" name="name" maxlength="200" required autocomplete="name" value="${typed?.name ?? ''}"></p>
<p><label for="title">Your title at ${theirs(company)}</label><input id="title" name="title" maxlength="200" required autocomplete="organization-title" value="${typed?.title ?? ''}"></p>
<p><label class="choice"><input type="checkbox" name="agree" value="yes" required> I have read the ${title}, I may sign it for ${theirs(company)}, and I agree to it.</label></p>
<button class="main">Sign</button></form>
<p class="faint">With the signature we record the time, your IP address and your browser.</p>`,
  style,
})

export const thanksPage = ({ title, company }: ShownAgreement): Page => ({
  title: 'Thank you',
  body: html`<p class="passed">The ${title} is signed for ${theirs(company)}.</p>
<p>The administrators of your organization can download it. You can close this page.</p>`,
})

export const alreadySignedPage: Page = {
  title: 'Signed already',
  body: html`<p>This agreement has been signed already, and is signed once only.</p>`,
}

export const deadLinkPage: Page = {
  title: 'This link leads nowhere',
  body: html`<p>It may be incomplete, or the agreement is gone. Please follow the link in the mail once more.</p>`,
}

export const troublePage = (sentence: string): Page => ({
  title: 'That did not work',
  body: html`<p role="alert">${sentence}</p>`,
})

const style = `body.public:not(.wide) main { max-width: 48rem; padding-top: 1.5rem }`
