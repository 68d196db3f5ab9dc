// A domain's page: the steps from the DNS record to the first push, each with what there is to do next.
import { html } from 'hono/html'
import type { Refusal } from '../../base/refusal.ts'
import type { VerificationCheck } from '../../domain/verification.ts'
import type { DomainObject } from '../../manage/domains/view.ts'
import type { Markup } from '../saml/page.ts'
import type { ConsoleCall } from './call.ts'
import { verification } from './domains-page.ts'
import type { ConsolePage } from './frame.ts'
import { scimSection } from './scim-section.ts'
import { ago, copyable, csrfField, on, state, theirs } from './words.ts'

/** What the form that was just sent came to. */
export interface Happened {
  readonly check?: VerificationCheck
  /** Shown this once. */
  readonly token?: string | null
  readonly refusal?: Refusal
}

export const domainPage = (call: ConsoleCall, domain: DomainObject, happened: Happened): ConsolePage => ({
  title: domain.domain,
  domain: { id: domain.id, name: domain.domain, tab: 'set-up' },
  body: html`${happened.refusal ? html`<div class="notice" role="alert"><p>${happened.refusal.message}</p></div>` : ''}
${verifySection(call, domain, happened.check)}
${samlSection(call, domain)}
${scimSection(call, domain, happened.token ?? null)}`,
})

function verifySection(
  call: ConsoleCall,
  domain: DomainObject,
  check: VerificationCheck | undefined,
): Markup {
  const isDone = domain.is_verified && domain.verification_lost_at === null
  return html`<section id="verify" class="step ${isDone ? 'done' : 'now'}">
<div class="row"><h2>1 Verify</h2>${verification(domain)}${domain.verified_at ? html`<span class="soft small">since ${on(domain.verified_at)}</span>` : ''}</div>
${check ? checkResult(check) : ''}
${domain.verification_lost_at !== null ? html`<p>The record below has not been found for a week. Publish it again; it is looked for every day.</p>` : ''}
${domain.is_verified ? html`<details><summary>The DNS record; leave it in place</summary>${record(domain)}</details>` : record(domain)}
${domain.is_verified ? '' : checkForm(call, domain)}
</section>`
}

function record({ verification_record: wanted }: DomainObject): Markup | '' {
  if (!wanted) return ''
  return html`<dl><dt>Type</dt><dd><code>${wanted.type}</code></dd>
<dt>Name</dt><dd>${copyable('record-name', wanted.name)}</dd>
<dt>Value</dt><dd>${copyable('record-value', wanted.value)}</dd></dl>`
}

const checkForm = (call: ConsoleCall, domain: DomainObject): Markup => html`<div class="row">
<form method="post" action="/domains/${domain.id}/verify#verify">${csrfField(call)}<button class="main">Check now</button></form>
<span class="soft small">${domain.last_checked_at ? html`last looked for ${ago(domain.last_checked_at, call.ctx.now())}` : 'Publish the record at whoever runs your DNS, then check.'}</span></div>`

const outcomes = {
  verified: ['good', 'The record is there: the domain is verified.'],
  not_found: ['bad', 'There is no such record.'],
  mismatch: ['bad', 'There is a record, but with another value.'],
  resolver_error: ['warn', 'The question got no answer.'],
} as const

function checkResult({ outcome, name, found, resolver_error: error, hint }: VerificationCheck): Markup {
  const [tone, words] = outcomes[outcome]
  return html`<div class="notice ${tone === 'good' ? 'fine' : ''}" role="status">
<p>${state(tone, words)}</p>
<dl><dt>Asked for</dt><dd><code>TXT ${name}</code></dd>
<dt>What came</dt><dd>${
    error !== null
      ? html`<code>${theirs(error)}</code>`
      : found.length === 0
        ? 'nothing'
        : found.map(value => html`<div><code>${theirs(value)}</code></div>`)
  }</dd>
${hint === null ? '' : html`<dt>What to do</dt><dd>${theirs(hint, 600)}</dd>`}</dl></div>`
}

function samlSection(call: ConsoleCall, domain: DomainObject): Markup {
  return html`<section id="saml" class="step ${domain.has_saml ? 'done' : ''}">
<div class="row"><h2>2 SAML</h2>${domain.has_saml ? state('good', 'set up') : state('off', 'not set up')}
${domain.sso_enforcement === 'saml' ? html`<span class="soft small">and enforced: people of this domain sign in by it alone</span>` : ''}</div>
<details${domain.has_saml ? '' : html` open`}><summary>What to paste into the identity provider</summary>
<dl><dt>Entity ID</dt><dd>${copyable('entity-id', domain.saml_sp_entity_id)}</dd>
<dt>ACS URL</dt><dd>${copyable('acs-url', domain.saml_sp_acs_url)}</dd>
<dt>Metadata</dt><dd>${copyable('metadata-url', domain.saml_sp_metadata_url)}</dd></dl></details>
${
  domain.has_saml
    ? certificates(call, domain)
    : html`<p class="soft small">Then give its metadata to this server: <code>PATCH /api/organizations/@current/domains/${domain.id}</code> with <code>saml_metadata</code>, as XML or as a URL.</p>`
}</section>`
}

const certificates = (
  _: ConsoleCall,
  { saml_certificates: all }: DomainObject,
): Markup => html`<table class="cards">
<thead><tr><th scope="col">Certificate of</th><th scope="col">Key</th><th scope="col">Good until</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${all.map(
  each => html`<tr><td class="full">${theirs(each.subject)}</td><td>${each.key_type}</td>
<td>${state(each.expires_in_days < 0 ? 'bad' : each.expires_in_days < 30 ? 'warn' : 'good', `${each.expires_in_days} days left`)}</td>
<td><code title="${each.fingerprint_sha256}">${each.fingerprint_sha256.slice(0, 23)}…</code></td></tr>`,
)}</tbody></table>`
