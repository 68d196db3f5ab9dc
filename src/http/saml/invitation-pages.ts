// How the pages look on which an invite is accepted.
import { html } from 'hono/html'
import { levels } from '../../domain/level.ts'
import type { OpenedInvitation } from '../../manage/invites/invitation.ts'
import type { Markup, Page } from '../look/page.ts'
import { readable, theirs } from '../look/words.ts'

const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** What people typed may run from right to left, and must not turn our own words around. */
const named = (text: string): Markup => html`<strong>${theirs(text)}</strong>`

const roleOf = (level: number): string =>
  level >= levels.owner ? 'an owner' : level >= levels.admin ? 'an administrator' : 'a member'

export const invitationPage = (invitation: OpenedInvitation): Page => ({
  title: `Join ${readable(invitation.organization_name)}`,
  body: html`<p>${named(invitation.invited_by)} invited you to join ${named(invitation.organization_name)} as ${roleOf(invitation.level)}.</p>
<p>The invite is for ${named(invitation.target_email)} and lasts until <time datetime="${invitation.expires_at}">${longDate.format(new Date(invitation.expires_at))} UTC</time>.</p>
${invitation.signOn === null ? acceptance : signOnFirst(invitation.signOn)}
<p class="soft small">If you do not know who invited you, close this page: nothing happens without you.</p>`,
})

const acceptance = html`<form method="post"><button class="main" autofocus>Accept the invite</button></form>`

const signOnFirst = (path: string): Markup =>
  html`<p>People with your address sign in through single sign-on (<code>sso_enforced</code>).</p>
<p><a class="button main" href="${path}">Continue with single sign-on</a></p>`

interface Joined {
  readonly organization: { readonly name: string }
  readonly redirect_url: string
}

export const joinedPage = ({ organization, redirect_url }: Joined): Page => ({
  title: 'Welcome',
  body: html`<p class="passed">You are a member of ${named(organization.name)} now.</p>
<p><a class="button main" href="${redirect_url}">Continue</a></p>`,
})

interface Why {
  readonly code: string
  readonly message: string
}

export const refusedInvitePage = ({ code, message }: Why): Page => ({
  title: 'The invite cannot be accepted',
  body: html`<p role="alert">${theirs(message, 600)}</p>
<dl><dt>Code</dt><dd><code>${code}</code></dd></dl>
${onwards.get(code) ?? ''}`,
})

/** What to do about it, where there is something. */
const onwards: ReadonlyMap<string, Markup> = new Map([
  [
    'invalid_recipient',
    html`<p>Sign out, and follow the link in the mail once more.</p>
<form method="post" action="/logout"><button>Sign out</button></form>`,
  ],
  ['user_already_member', html`<p><a class="button" href="/">Continue</a></p>`],
])

export const deadInvitePage: Page = {
  title: 'This link leads nowhere',
  body: html`<p>The invite was accepted already, replaced by a newer one, or withdrawn. If you have joined,
<a href="/">go on</a>; otherwise look for a newer mail, or ask for another invite.</p>`,
}
