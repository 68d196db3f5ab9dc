// How the page of SCIM tokens looks: the domains with their cards, and the form by which each gets a new token.
import { html } from 'hono/html'
import type { TokensOfDomain } from '../../../manage/domains/scim-tokens/list.ts'
import { pager } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { copyable, csrfField } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { onceField } from '../once.ts'
import { tokenCard } from './card.ts'
import { overlapOptions } from './overlap.ts'
import { seenField } from './seen.ts'

export const domainsOnPage = 20

interface Named {
  readonly id: string
  readonly name: string
}

interface Shown {
  readonly page: number
  readonly count: number
  readonly domains: readonly TokensOfDomain[]
  /** Some of those where SCIM is off. */
  readonly without: readonly Named[]
  readonly notice: Markup | ''
}

export const tokensPage = (call: OrganizationCall, shown: Shown): ConsolePage => ({
  title: 'SCIM tokens',
  section: 'tokens',
  body: html`${shown.notice}
<p class="soft small">Each lets an identity provider push the people and groups of one domain. They are shown once, when they are made; here they go by their last characters.</p>
${shown.count === 0 ? html`<section>${nothing(shown.without)}</section>` : shown.domains.map(domain => domainSection(call, domain))}
${shown.count > domainsOnPage ? pager({ page: shown.page, size: domainsOnPage, count: shown.count, query: {} }) : ''}
${shown.count > 0 && shown.without.length > 0 ? html`<p class="soft small">SCIM is off for ${links(shown.without)}.</p>` : ''}`,
})

const links = (domains: readonly Named[]): Markup =>
  html`${domains.map(({ id, name }, at) => html`${at > 0 ? ', ' : ''}<a href="/domains/${id}#scim">${name}</a>`)}`

const nothing = (without: readonly Named[]): Markup =>
  without.length === 0
    ? html`<p class="empty">There is no domain yet, and so no token. <a href="/">Add a domain</a>; once it is verified its directory can get one.</p>`
    : html`<p class="empty">No directory has a token, since SCIM is off everywhere. Switch it on for ${links(without)}: the first token is made with it.</p>`

function domainSection(call: OrganizationCall, { id, name, tokens }: TokensOfDomain): Markup {
  const newest = tokens.at(-1)
  const now = call.ctx.now()
  return html`<section id="domain-${id}">
<div class="row"><h2><a href="/domains/${id}#scim">${name}</a></h2><a class="push small" href="/domains/${id}/scim-log">SCIM log</a></div>
${
  newest === undefined
    ? html`<p class="empty">There is no token: nobody can push. Make one, and paste it at the identity provider.</p>`
    : html`<ul class="tokens">${tokens.map(token => tokenCard(token, { domainId: id, newest, now }))}</ul>`
}
<form method="post" action="/tokens">${csrfField(call)}${onceField()}${seenField(tokens)}<input type="hidden" name="domain" value="${id}">
<p class="row">${newest === undefined ? '' : olderTokens(call, id, tokens.length)}<button>${newest === undefined ? 'Make a token' : 'Rotate: make a new token'}</button></p></form></section>`
}

/** With two of them no third one can live beside them. */
function olderTokens({ form }: OrganizationCall, id: string, count: number): Markup {
  const typed = form.get('domain') === id ? Number(form.get('overlap')) : undefined
  return html`<label class="soft" for="overlap-${id}">Older tokens</label>
<select id="overlap-${id}" name="overlap">${count > 1 ? html`<option value="0">end at once, both</option>` : overlapOptions(typed)}</select>
${count > 1 ? html`<span class="soft small">To let one live on, revoke the other first.</span>` : ''}`
}

interface Made {
  readonly token: string
  readonly baseUrl: string
  readonly domain: Named
}

export const madeNotice = ({
  token,
  baseUrl,
  domain,
}: Made): Markup => html`<div class="notice fine" role="status">
<p><strong>The new token of ${domain.name}. It is shown this once and kept nowhere in clear; copy it now.</strong></p>
<dl><dt>Token</dt><dd>${copyable('token', token)}</dd><dt>Base URL</dt><dd>${copyable('base-url', baseUrl)}</dd></dl>
<p><a href="/domains/${domain.id}?guide=scim#scim">Where to paste them at the identity provider</a></p></div>`
