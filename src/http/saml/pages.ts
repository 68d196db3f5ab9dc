// The public pages around signing in: the question for an address, the answers, and the refusal.
import { html } from 'hono/html'
import type { Markup, Page } from '../look/page.ts'
import { theirs } from '../look/words.ts'

const hiddenNext = (next: string | undefined): Markup | '' =>
  next === undefined ? '' : html`<input type="hidden" name="next" value="${next}">`

export const signInPage = (next: string | undefined): Page => ({
  title: 'Sign in',
  body: html`<form method="post" action="/login">
<p><label for="email">Your e-mail address</label><input id="email" name="email" type="email" maxlength="254" required autofocus autocomplete="email"></p>
${hiddenNext(next)}<button class="main">Continue</button></form>
<p class="soft small">You go on to your company’s single sign-on, or get a link by mail.</p>`,
  leadsAway: true,
})

/** The same for an address that nobody has. */
export const mailSentPage = (email: string): Page => ({
  title: 'Look into your mail',
  body: html`<p>If somebody with the address <strong>${theirs(email)}</strong> is a member here, a link is on its way.
It works once, for 15 minutes.</p><p class="soft small">Nothing came? Look into the folder for unwanted mail, or <a href="/login">use another address</a>.</p>`,
})

export const linkPage = ({ path, email }: { path: string; email: string }): Page => ({
  title: 'Sign in',
  body: html`<p>Sign in as <strong>${theirs(email)}</strong>?</p>
<form method="post" action="${path}"><button class="main" autofocus>Sign in</button></form>`,
  leadsAway: true,
})

export interface Problem {
  readonly sentence: string
  readonly code: string
  readonly traceId: string
  readonly startOver: string
}

export const problemPage = ({ sentence, code, traceId, startOver }: Problem): Page => ({
  title: 'You are not signed in',
  body: html`<p role="alert">${theirs(sentence, 600)}</p>
<dl><dt>Code</dt><dd><code>${code}</code></dd><dt>Trace id</dt><dd><code>${traceId}</code></dd></dl>
<p class="soft small">If it happens again, send both to your administrator: they find all of it in the log of sign-ins.</p>
<p><a class="button main" href="${startOver}">Start over</a></p>`,
})

/** An address that nothing is at, or a link that is dead. */
export const nothingPage = (sentence: string): Page => ({
  title: 'There is nothing here',
  body: html`<p role="alert">${theirs(sentence, 600)}</p><p><a class="button main" href="/login">To the sign-in</a></p>`,
})

/** Takes the browser on to an identity provider that wants to be posted to; by hand where there is no script. */
export const postPage = ({
  action,
  fields,
}: {
  action: string
  fields: ReadonlyMap<string, string>
}): Page => ({
  title: 'On to your identity provider',
  body: html`<form method="post" action="${action}">
${[...fields].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="main">Continue</button></form>`,
  script: 'document.forms[0].submit()',
  leadsAway: true,
})
