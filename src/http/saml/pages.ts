// The public pages around signing in: the question for an address, the answers, and the refusal.
import { html } from 'hono/html'
import type { Markup, Page } from '../look/page.ts'

const hiddenNext = (next: string | undefined): Markup | '' =>
  next === undefined ? '' : html`<input type="hidden" name="next" value="${next}">`

export const signInPage = (next: string | undefined): Page => ({
  title: 'Sign in',
  body: html`<form method="post" action="/login">
<p><label for="email">Your e-mail address</label><input id="email" name="email" type="email" maxlength="254" required autofocus autocomplete="email"></p>
${hiddenNext(next)}<button>Continue</button></form>`,
  leadsAway: true,
})

/** The same for an address that nobody has. */
export const mailSentPage = (email: string): Page => ({
  title: 'Look into your mail',
  body: html`<p>If somebody with the address <strong>${email}</strong> is a member here, a link is on its way.
It works once, for 15 minutes.</p><p><a href="/login">Use another address</a></p>`,
})

export const linkPage = ({ path, email }: { path: string; email: string }): Page => ({
  title: 'Sign in',
  body: html`<p>Sign in as <strong>${email}</strong>?</p>
<form method="post" action="${path}"><button autofocus>Sign in</button></form>`,
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
  body: html`<p role="alert">${sentence}</p>
<dl><dt>Code</dt><dd><code>${code}</code></dd><dt>Trace id, for your administrator</dt><dd><code>${traceId}</code></dd></dl>
<p><a class="button" href="${startOver}">Start over</a></p>`,
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
<button>Continue</button></form>`,
  script: 'document.forms[0].submit()',
  leadsAway: true,
})
