// How the list of invites looks, with the form that invites one person.
import { html } from 'hono/html'
import { levels } from '../../../domain/level.ts'
import type { MailState, PendingInvite } from '../../../manage/invites/pending.ts'
import { pager, selectField } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { ago, csrfField, state, type Tone, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { levelName } from '../level.ts'
import { peopleTabs } from '../members/tabs.ts'
import { onceField } from '../once.ts'
import { rowButton, rowForm } from '../row-form.ts'
import { levelField, moreFields, type Project } from './fields.ts'

export const invitesOnPage = 25

export const stateChoices = [
  ['live', 'can be accepted'],
  ['expired', 'expired'],
] as const

export interface ShownInvites {
  readonly q: string
  readonly state: (typeof stateChoices)[number][0] | undefined
  readonly page: number
  readonly count: number
  readonly invites: readonly PendingInvite[]
  readonly projects: readonly Project[]
  readonly mayInvite: boolean
  readonly notice: Markup | ''
}

export function invitesPage(call: OrganizationCall, shown: ShownInvites): ConsolePage {
  const { q, state: chosen, page, count, invites, notice, mayInvite } = shown
  const query = { ...(q && { q }), ...(chosen && { state: chosen }) }
  return {
    title: 'People',
    section: 'people',
    body: html`${peopleTabs(call, 'invites')}${notice}
${mayInvite ? inviteForm(call, shown.projects) : ''}
<section><form class="filters" role="search">
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="part of an address" value="${q}"></label>
${selectField({ name: 'state', label: 'State', choices: stateChoices, chosen, none: 'any' })}
<button>Show</button></form>
${invites.length === 0 ? nothing(count === 0 && Object.keys(query).length === 0) : table(call, invites)}
${pager({ page, size: invitesOnPage, count, query })}</section>`,
  }
}

const inviteForm = (call: OrganizationCall, projects: readonly Project[]): Markup => html`<section>
<div class="row"><h2>Invite somebody</h2><span class="push"></span><a href="/pending-invites/several">Invite several at once</a>${
  call.caller.level >= levels.admin
    ? html`<a href="/pending-invites/set-up">Ask somebody to do the set-up</a>`
    : ''
}</div>
<form method="post" action="/pending-invites">${csrfField(call)}${onceField()}
<div class="filters"><label class="wide">Address<input name="address" required maxlength="254" placeholder="ada@example.com" autocapitalize="none" spellcheck="false" value="${call.form.get('address')?.slice(0, 254) ?? ''}"></label>
<label>First name<input name="first_name" maxlength="30" placeholder="may be empty" value="${call.form.get('first_name')?.slice(0, 100) ?? ''}"></label>
${levelField(call)}<button class="main">Invite</button></div>
${moreFields(call, projects)}</form></section>`

const nothing = (isEmpty: boolean): Markup =>
  isEmpty
    ? html`<p class="empty">No invite is waiting for an answer. People you invite are listed here until they join.</p>`
    : html`<p class="empty">No invite matches. <a href="/pending-invites">Show all invites</a></p>`

const table = (
  call: OrganizationCall,
  invites: readonly PendingInvite[],
): Markup => html`${rowForm(call, onceField())}<table class="cards">
<thead><tr><th scope="col">Address</th><th scope="col">Level</th><th scope="col">By</th><th scope="col">Made</th><th scope="col">Valid for</th><th scope="col">Mail</th>${isAdmin(call) ? html`<th scope="col">Change</th>` : ''}</tr></thead>
<tbody>${invites.map(invite => row(call, invite))}</tbody></table>`

const isAdmin = ({ caller }: OrganizationCall): boolean => caller.level >= levels.admin

const row = (
  call: OrganizationCall,
  invite: PendingInvite,
): Markup => html`<tr><th scope="row" class="full">${who(call, invite)}${
  invite.first_name ? html`<br><span class="soft small">${theirs(invite.first_name, 60)}</span>` : ''
}</th>
<td>${levelName(invite.level)}${invite.is_setup_delegation ? html`<br><span class="soft small">for the set-up</span>` : ''}</td>
<td data-label="By">${invite.created_by === null ? '–' : theirs(invite.created_by.email, 60)}</td>
<td class="tight" data-label="Made">${ago(invite.created_at, call.ctx.now())}</td>
<td class="tight">${invite.is_expired ? state('bad', 'expired') : state('good', timeLeft(invite.expires_at, call.ctx.now()))}</td>
<td data-label="Mail">${mail(invite.mail)}</td>
${isAdmin(call) ? html`<td class="full">${deeds(call, invite)}</td>` : ''}</tr>`

function who(call: OrganizationCall, { target_email: email }: PendingInvite): Markup {
  const shown = theirs(email, 100)
  return isAdmin(call) ? html`<a href="/people?${new URLSearchParams({ email })}">${shown}</a>` : shown
}

const hourMs = 60 * 60 * 1000

function timeLeft(expiresAt: string, now: Date): string {
  const hours = Math.max(1, Math.round((Date.parse(expiresAt) - now.getTime()) / hourMs))
  return hours >= 48 ? `${Math.round(hours / 24)} days` : hours === 1 ? '1 hour' : `${hours} hours`
}

const mails: Readonly<Record<MailState, readonly [Tone, string]>> = {
  sent: ['good', 'sent'],
  file: ['off', 'in a file'],
  waiting: ['warn', 'about to be sent'],
  failing: ['warn', 'not sent yet'],
  given_up: ['bad', 'given up'],
  none: ['off', 'none'],
}

function mail({ state: name, error }: PendingInvite['mail']): Markup {
  const [tone, words] = mails[name]
  return html`${state(tone, words)}${error === null ? '' : html`<br><span class="soft small">${theirs(error, 120)}</span>`}`
}

function deeds(
  { ctx, caller }: OrganizationCall,
  { id, target_email: address, level }: PendingInvite,
): Markup {
  const isMailed = ctx.config.smtpUrl !== ''
  const again = rowButton({
    to: `/pending-invites/${id}/resend`,
    words: isMailed ? 'Send again' : 'Make a new link',
  })
  const deletion = rowButton({
    to: `/pending-invites/${id}/delete`,
    words: 'Delete the invite',
    isRisky: true,
  })
  return html`<details><summary>Change …</summary>
${level > caller.level ? '' : html`<p>${isMailed ? 'A new mail with a new link' : 'A new link to pass on'}; the earlier one stops working. ${again}</p>`}
<p>The link that ${theirs(address, 60)} has stops working. ${deletion}</p></details>`
}
