// How the page of the first run looks: one form, and why a link leads nowhere.
import { html } from 'hono/html'
import type { Refusal } from '../../base/refusal.ts'
import type { FirstRunForm } from '../../manage/operators/first-run.ts'
import type { Markup, Page } from '../look/page.ts'
import { theirs } from '../look/words.ts'

interface Place {
  /** The host that the browser asked for. */
  readonly seen: string
  /** The one of the base URL. */
  readonly wanted: string
  /** This page, where it should be. */
  readonly url: string
}

interface Shown {
  readonly place: Place
  readonly typed?: FirstRunForm
  /** About what was typed. */
  readonly refusal?: Refusal
}

export const firstRunPage = ({ place, typed, refusal }: Shown): Page => ({
  title: 'Set up Gatehouse',
  body: html`<p class="soft">This server has no organization yet. You make the first one, own it, and look after the whole installation as its operator.</p>
${place.seen === place.wanted ? '' : misplaced(place)}
${refusal ? html`<p role="alert">${refusal.attr ? html`<strong>${labels[refusal.attr] ?? refusal.attr}:</strong> ` : ''}${theirs(refusal.message, 400)}</p>` : ''}
<form method="post">
<p><label for="organization">Name of the organization</label><input id="organization" name="organization" maxlength="64" required autofocus autocomplete="organization" value="${typed?.organization ?? ''}"></p>
<div class="pair"><p><label for="first_name">First name</label><input id="first_name" name="first_name" maxlength="100" autocomplete="given-name" value="${typed?.firstName ?? ''}"></p>
<p><label for="last_name">Last name</label><input id="last_name" name="last_name" maxlength="100" autocomplete="family-name" value="${typed?.lastName ?? ''}"></p></div>
<p><label for="email">Your e-mail address</label><input id="email" name="email" type="email" maxlength="254" required autocomplete="email" value="${typed?.email ?? ''}" aria-describedby="about-email"></p>
<p class="soft small" id="about-email">Links that sign you in are mailed there. Choose an address on a domain that is yours and that no customer of yours controls.</p>
<button class="main">Make the organization and sign in</button></form>`,
})

const labels: Readonly<Record<string, string>> = {
  organization: 'Name of the organization',
  first_name: 'First name',
  last_name: 'Last name',
  email: 'E-mail address',
}

const misplaced = ({ seen, wanted, url }: Place): Markup =>
  html`<p role="alert">You are at <code>${theirs(seen, 100)}</code>, and this server is set to be reached at <code>${wanted}</code> (<code>GATEHOUSE_BASE_URL</code>). Forms from anywhere else are refused: <a href="${url}">go on there</a>, or correct the setting and start the server again.</p>`

export const elsewherePage = ({
  got,
  wanted,
  path,
}: {
  got: string
  wanted: string
  path: string
}): Page => ({
  title: 'Not from here',
  body: html`<p role="alert">The form came from <code>${theirs(got, 100)}</code>; expected it from <code>${wanted}</code>, where this server is set to be reached (<code>GATEHOUSE_BASE_URL</code>). Nothing was made.</p>
<p><a class="button main" href="${wanted}${path}">Open the page there</a></p>`,
})

/** For whoever comes to the door of an empty server. */
export const notSetUpPage: Page = {
  title: 'This server is not set up yet',
  body: html`<p>There is nobody here who could sign in. Open the link that the server printed when it started: it makes the first organization.</p>
<p class="soft">Each start prints another link, and the one before ends.</p>`,
}

export const doneAlreadyPage: Page = {
  title: 'This server is set up already',
  body: html`<p>Its first organization is there, and this link leads nowhere any more.</p>
<p><a class="button main" href="/login">Sign in</a></p>`,
}

export const deadLinkPage: Page = {
  title: 'This link leads nowhere',
  body: html`<p>It has expired, it was cut on its way here, or the server was started again and printed another one since.</p>
<p>Look at what the server printed last when it started; if nothing else helps, start it again: as long as there is no organization, each start prints a new link.</p>`,
}

export const troublePage = (sentence: string): Page => ({
  title: 'That did not work',
  body: html`<p role="alert">${sentence}</p><p><a class="button" href="">Try again</a></p>`,
})
