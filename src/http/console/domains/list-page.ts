// The table of domains, and the form that adds one.
import { html } from 'hono/html'
import type { Refusal } from '../../../base/refusal.ts'
import type { DomainObject } from '../../../manage/domains/view.ts'
import { pager } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { csrfField, state } from '../../look/words.ts'
import type { ConsoleCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { refusalNotice } from '../notice.ts'
import { longestDays, nextStep } from './next-step.ts'
import { daysLeft } from './saml/certificates.ts'
import { verification } from './verify/section.ts'

export const domainsOnPage = 30

interface Shown {
  readonly page: number
  readonly count: number
  readonly domains: readonly DomainObject[]
}

export interface Around {
  /** About the form. */
  readonly complaint?: { readonly refusal: Refusal; readonly typed: string }
  /** Before everything else. */
  readonly above?: Markup | ''
}

export const domainsPage = (
  call: ConsoleCall,
  { page, count, domains }: Shown,
  { complaint, above = '' }: Around,
): ConsolePage => ({
  title: 'Domains',
  section: 'domains',
  body: html`<p class="soft small">Signed in as ${call.account.email}. Verify a domain once; then its identity provider can push people and sign them in.</p>
${above}
${complaint ? refusalNotice(complaint.refusal) : ''}
<section>${domains.length > 0 ? table(domains) : count > 0 ? html`<p class="empty">There is nothing on this page.</p>` : nothing}
${count > domainsOnPage ? pager({ page, size: domainsOnPage, count, query: {} }) : ''}</section>
<section><h2>Add a domain</h2>
<form method="post" action="/domains" class="row">${csrfField(call)}
<label for="domain" class="soft">Name</label>
<input id="domain" name="domain" required maxlength="253" placeholder="acme.com" autocapitalize="none" spellcheck="false" value="${complaint?.typed.slice(0, 253) ?? ''}">
<button class="main">Add domain</button></form>
<p class="soft small">Does somebody else run its DNS or its directory? <a href="/set-up-links">Send them a set-up link</a>: they need no account.</p></section>`,
})

const nothing = html`<p class="empty">There is no domain yet. Add the one that your people’s e-mail addresses end in; the next step is a DNS record.</p>`

const table = (domains: readonly DomainObject[]): Markup => html`<table class="cards">
<thead><tr><th scope="col">Domain</th><th scope="col">Verification</th><th scope="col">JIT</th><th scope="col">Enforcement</th><th scope="col">SAML</th><th scope="col">SCIM</th><th scope="col">Certificate</th><th scope="col">Next</th></tr></thead>
<tbody>${domains.map(domainRow)}</tbody></table>`

function domainRow(domain: DomainObject): Markup {
  const path = `/domains/${domain.id}`
  const next = nextStep(domain)
  return html`<tr><th scope="row" class="full"><a href="${path}">${domain.domain}</a></th>
<td data-label="Domain">${verification(domain)}</td>
<td data-label="JIT">${onOff(domain.jit_provisioning_enabled)}</td>
<td data-label="Enforcement">${domain.sso_enforcement === 'saml' ? state('good', 'SAML only') : state('off', 'none')}</td>
<td data-label="SAML">${onOff(domain.has_saml, 'set up')}</td>
<td data-label="SCIM">${onOff(domain.has_scim)}</td>
<td data-label="Certificate">${certificate(domain)}</td>
<td class="full">${next ? html`<a href="${path}#${next.part}">${next.words}</a>` : html`<span class="soft">all done</span>`}</td></tr>`
}

const onOff = (isOn: boolean, words = 'on'): Markup => (isOn ? state('good', words) : state('off', 'off'))

function certificate(domain: DomainObject): Markup | string {
  const days = longestDays(domain)
  return days === undefined ? '–' : daysLeft({ expires_in_days: days })
}
