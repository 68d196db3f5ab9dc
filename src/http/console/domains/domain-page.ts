// A domain's page: the steps from the DNS record to the first push, each with what there is to do next.
import { html } from 'hono/html'
import type { Refusal } from '../../../base/refusal.ts'
import type { VerificationCheck } from '../../../domain/verification.ts'
import type { DomainObject } from '../../../manage/domains/view.ts'
import type { Markup } from '../../look/page.ts'
import { ago, copyable, csrfField, on, state, theirs } from '../../look/words.ts'
import { verification } from './list-page.ts'
import { samlSection } from './saml-section.ts'
import { scimSection } from './scim-section.ts'
import type { StepPage, Workplace } from './stepper.ts'

/** What the form that was just sent came to. */
export interface Happened {
  readonly check?: VerificationCheck
  /** Shown this once. */
  readonly token?: string | null
  readonly refusal?: Refusal
  /** What was done, in a sentence. */
  readonly done?: string
}

export const domainPage = (place: Workplace, domain: DomainObject, happened: Happened): StepPage => ({
  title: domain.domain,
  domain: { id: domain.id, name: domain.domain },
  body: html`${happened.refusal ? html`<div class="notice" role="alert"><p>${happened.refusal.message}</p></div>` : ''}
${happened.done ? html`<div class="notice fine" role="status"><p>${happened.done}</p></div>` : ''}
${place.parts.has('verify') ? verifySection(place, domain, happened.check) : ''}
${place.parts.has('saml') ? samlSection(place, domain) : ''}
${place.parts.has('scim') ? scimSection(place, domain, happened.token ?? null) : ''}`,
})

function verifySection(place: Workplace, domain: DomainObject, check: VerificationCheck | undefined): Markup {
  const isDone = domain.is_verified && domain.verification_lost_at === null
  return html`<section id="verify" class="step ${isDone ? 'done' : 'now'}">
<div class="row"><h2>1 Verify</h2>${verification(domain)}${domain.verified_at ? html`<span class="soft small">since ${on(domain.verified_at)}</span>` : ''}</div>
${check ? checkResult(check) : ''}
${domain.verification_lost_at !== null ? html`<p>The record below has not been found for a week. Publish it again; it is looked for every day.</p>` : ''}
${domain.is_verified ? html`<details><summary>The DNS record; leave it in place</summary>${record(domain)}</details>` : record(domain)}
${domain.is_verified ? '' : checkForm(place, domain)}
</section>`
}

function record({ verification_record: wanted }: DomainObject): Markup | '' {
  if (!wanted) return ''
  return html`<dl><dt>Type</dt><dd><code>${wanted.type}</code></dd>
<dt>Name</dt><dd>${copyable('record-name', wanted.name)}</dd>
<dt>Value</dt><dd>${copyable('record-value', wanted.value)}</dd></dl>`
}

const checkForm = (place: Workplace, domain: DomainObject): Markup => html`<div class="row">
<form method="post" action="${place.base}/verify#verify">${csrfField(place)}<button class="main">Check now</button></form>
<span class="soft small">${domain.last_checked_at ? html`last looked for ${ago(domain.last_checked_at, place.ctx.now())}` : 'Publish the record at whoever runs your DNS, then check.'}</span></div>`

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
