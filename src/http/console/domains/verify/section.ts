// The step that proves the domain: the record to publish, and what was found when it was looked for.
import { html } from 'hono/html'
import type { VerificationCheck } from '../../../../domain/verification.ts'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { ago, copyable, on, state, theirs } from '../../../look/words.ts'
import { openForm, type Stage, showStep } from '../stage.ts'
import type { Workplace } from '../stepper.ts'

export function verifySection(stage: Stage): Markup {
  const { progress, happened } = stage
  const { domain } = progress
  return showStep(stage, {
    part: 'verify',
    title: 'Verify',
    status: html`${verification(domain)}${domain.verified_at && domain.verification_lost_at === null ? html`<span class="soft small">since ${on(domain.verified_at)}</span>` : ''}`,
    body: html`${happened?.check ? checkResult(happened.check) : ''}
${domain.is_verified ? kept(stage) : wanted(stage)}`,
  })
}

export function verification(domain: DomainObject): Markup {
  if (domain.verification_lost_at !== null) return state('bad', 'lost')
  return domain.is_verified ? state('good', 'verified') : state('warn', 'pending')
}

function wanted(stage: Stage): Markup {
  const { place, progress } = stage
  const { domain, isTaken } = progress
  return html`${isTaken ? taken(domain) : ''}
<p>Add this record to the DNS of <strong>${domain.domain}</strong>. It proves that the domain is yours, and changes nothing else.</p>
${record(domain)}
<div class="row">${checkForm(place)}
<span class="soft small">${domain.last_checked_at ? html`last checked ${ago(domain.last_checked_at, place.ctx.now())}` : 'A new record can take a few minutes to appear.'}</span></div>`
}

const checkForm = (place: Workplace): Markup =>
  openForm(place, { path: '/verify', part: 'verify' }, html`<button class="main">Check now</button>`)

const taken = (domain: DomainObject): Markup =>
  html`<div class="notice"><p><strong>Another organization has verified ${domain.domain} already.</strong> Only one can hold a name. If it is yours, ask whoever runs this server to have it removed there; then the record below verifies it here.</p></div>`

/** Of a verified domain: it should stay where it is. */
function kept({ place, progress }: Stage): Markup {
  const { domain, failingSince } = progress
  const checked = domain.last_checked_at ? html`, last ${ago(domain.last_checked_at, place.ctx.now())}` : ''
  if (domain.verification_lost_at !== null)
    return html`<div class="notice"><p><strong>The record was not found for a week, until ${on(domain.verification_lost_at)}.</strong> Add it again as shown below. It is checked once a day${checked}; as soon as it is found, everything is as before.</p></div>
${record(domain)}${checkForm(place)}`
  if (failingSince !== null)
    return html`<div class="notice"><p><strong>The record has not been found since ${on(failingSince)}.</strong> After a week the verification counts as lost. It is checked once a day${checked}.</p></div>
${record(domain)}${checkForm(place)}`
  return html`<details><summary>The DNS record: leave it in place</summary>
<p class="soft small">It is checked once a day${checked}.</p>${record(domain)}</details>`
}

function record({ verification_record: wanted }: DomainObject): Markup | '' {
  if (!wanted) return ''
  return html`<dl><dt>Type</dt><dd><code>${wanted.type}</code></dd>
<dt>Name</dt><dd>${copyable('record-name', wanted.name)}</dd>
<dt>Value</dt><dd>${copyable('record-value', wanted.value)}</dd></dl>`
}

const outcomes = {
  verified: ['good', 'The record is there: the domain is verified.'],
  not_found: ['bad', 'There is no such record.'],
  mismatch: ['bad', 'There is a record, but with another value.'],
  resolver_error: ['warn', 'The DNS server did not answer.'],
} as const

function checkResult({ outcome, name, found, resolver_error: error, hint }: VerificationCheck): Markup {
  const [tone, words] = outcomes[outcome]
  return html`<div class="notice ${tone === 'good' ? 'fine' : ''}" role="status">
<p>${state(tone, words)}</p>
<dl><dt>Looked up</dt><dd><code>TXT ${name}</code></dd>
<dt>Found</dt><dd>${
    error !== null
      ? html`<code>${theirs(error)}</code>`
      : found.length === 0
        ? 'nothing'
        : found.slice(0, mostShown).map(value => html`<div><code>${theirs(value)}</code></div>`)
  }${found.length > mostShown ? html`<div class="soft">and ${found.length - mostShown} more</div>` : ''}</dd>
${hint === null ? '' : html`<dt>What to do</dt><dd>${theirs(hint, 600)}</dd>`}</dl></div>`
}

const mostShown = 12
