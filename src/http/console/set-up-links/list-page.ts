// How the set-up links look: each with what it is for, how far it has come, and until when.
import { html } from 'hono/html'
import type { SetUpLinkObject } from '../../../manage/set-up-links.ts'
import { pager } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { ago, csrfField, on, state, type Tone, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { linkForm, partNames } from './form.ts'

export const linksOnPage = 25

/** null: the organization, whose links are those of every domain and of domains that are still to be named. */
export type Place = { readonly id: string; readonly name: string } | null

export const pathOf = (place: Place): string =>
  place === null ? '/set-up-links' : `/domains/${place.id}/set-up-links`

interface Shown {
  readonly place: Place
  readonly links: readonly SetUpLinkObject[]
  readonly page: number
  readonly count: number
  readonly notice: Markup | ''
}

export function linksPage(call: OrganizationCall, { place, links, page, count, notice }: Shown): ConsolePage {
  const body = html`${notice}
<p class="soft">${
    place === null
      ? html`For somebody at the customer without an account here: they name the domain themselves, and take the steps that you choose. A link for a domain that is here already is made on its page.`
      : html`For somebody at ${place.name} who runs its DNS or its directory: they take the steps that you choose, without an account here, and nothing else.`
  }</p>
<section>${links.length === 0 ? nothing : table(call, place, links)}
${pager({ page, size: linksOnPage, count, query: {} })}</section>
${linkForm(call, pathOf(place))}`
  return place === null
    ? { title: 'Set-up links', section: 'domains', path: html`<a href="/">Domains</a> / set-up links`, body }
    : { title: 'Set-up links', domain: { ...place, tab: 'links' }, body }
}

const nothing = html`<p class="empty">No link has been made yet. Make one below and send it to whoever sets the domain up.</p>`

const table = (
  call: OrganizationCall,
  place: Place,
  links: readonly SetUpLinkObject[],
): Markup => html`<table class="cards">
<thead><tr><th scope="col">For whom</th>${place === null ? html`<th scope="col">Domain</th>` : ''}<th scope="col">State</th><th scope="col">Steps</th><th scope="col">Last used</th><th scope="col">Good until</th><th scope="col">End it</th></tr></thead>
<tbody>${links.map(link => row(call, place, link))}</tbody></table>`

const states: Readonly<Record<SetUpLinkObject['state'], readonly [Tone, string]>> = {
  live: ['good', 'live'],
  used: ['good', 'live, used'],
  expired: ['off', 'expired'],
  revoked: ['off', 'revoked'],
}

function row(call: OrganizationCall, place: Place, link: SetUpLinkObject): Markup {
  const [tone, words] = states[link.state]
  return html`<tr><th scope="row" class="full">${theirs(link.label, 100)}<br><span class="soft small">${origin(link)}</span></th>
${place === null ? html`<td data-label="Domain">${link.domain === null ? html`<span class="soft">not named yet</span>` : html`<a href="${pathOf(link.domain)}">${link.domain.name}</a>`}</td>` : ''}
<td>${state(tone, words)}</td>
<td data-label="Steps">${link.parts.map(part => partNames[part]).join(', ')}</td>
<td data-label="Last used">${lastUse(call, link)}</td>
<td class="tight" data-label="Good until">${on(link.revoked_at ?? link.expires_at)}</td>
<td class="full">${link.state === 'live' || link.state === 'used' ? revocation(call, place, link) : ''}</td></tr>`
}

const origin = ({ created_by: maker, sent_to: address, label }: SetUpLinkObject): Markup =>
  html`by ${maker === null ? 'the operator' : theirs(maker.email, 60)}${address === null ? '' : address === label ? ', mailed' : html`, mailed to ${theirs(address, 60)}`}`

const lastUse = (
  call: OrganizationCall,
  { last_used_at: time, last_used_ip: ip }: SetUpLinkObject,
): Markup | string =>
  time === null
    ? 'never'
    : html`${ago(time, call.ctx.now())}${ip ? html` <span class="soft small">from ${ip}</span>` : ''}`

const revocation = (
  call: OrganizationCall,
  place: Place,
  { id, label }: SetUpLinkObject,
): Markup => html`<details><summary>Revoke …</summary>
<form method="post" action="${pathOf(place)}/${id}/revoke">${csrfField(call)}<p>The link that ${theirs(label, 60)} has opens nothing from then on. What was set up by it stays. <button class="risky">Revoke the link</button></p></form></details>`
