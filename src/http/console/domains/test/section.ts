// The step that tries it: a real sign-in that signs nobody in, and what the last one showed.
import { html } from 'hono/html'
import type { SignInObject } from '../../../../manage/sign-ins/view.ts'
import type { Markup } from '../../../look/page.ts'
import { ago, state, theirs } from '../../../look/words.ts'
import { type Stage, showStep } from '../stage.ts'

export function testSection(stage: Stage): Markup {
  const { domain } = stage.progress
  const isReady = domain.is_verified && domain.has_saml
  return showStep(stage, {
    part: 'test',
    title: 'Test',
    status: status(stage),
    body: isReady ? ready(stage) : html`<p class="soft">${missingFirst(domain)}</p>`,
  })
}

const missingFirst = ({ is_verified: isVerified }: { is_verified: boolean }) =>
  isVerified
    ? 'Set SAML up first; then a sign-in can be tried that signs nobody in.'
    : 'Verify the domain first; then a sign-in can be tried that signs nobody in.'

function status({ place, progress: { testedAt, lastTest } }: Stage): Markup {
  if (testedAt !== null)
    return html`${state('good', 'works')} <span class="soft small">since a sign-in ${ago(testedAt, place.ctx.now())}</span>`
  return lastTest?.outcome === 'refused' ? state('bad', 'refused') : state('off', 'not tested')
}

function ready({ place, progress }: Stage): Markup {
  const { lastTest, testedAt } = progress
  const { base, domainId } = place
  const since = new URLSearchParams({ since: lastTest?.id ?? '' })
  return html`<p>It goes the whole way: to your identity provider, and back through every check. Nobody is signed in by it.</p>
${hasChanged(progress) ? html`<div class="notice"><p><strong>The identity provider’s values have changed since it worked.</strong> Test again.</p></div>` : ''}
<div class="row"><a class="button ${testedAt === null ? 'main' : ''}" id="test-link" href="${base}/test" target="_blank" rel="noopener noreferrer">Open a test sign-in</a>
<span class="soft small" data-await="${base}/test/arrival?${since}" data-after="test-link">It opens in a tab of its own. Come back to this page afterwards.</span></div>
${lastTest ? lastResult(lastTest, { now: place.ctx.now(), entry: place.parts.has('settings') ? `/sign-ins/${domainId}/${lastTest.id}` : null }) : html`<p class="soft">Nobody has tested yet.</p>`}`
}

/** An accepted test is only forgotten when the settings are others. */
const hasChanged = ({ testedAt, lastTest }: Stage['progress']): boolean =>
  testedAt === null && lastTest?.outcome === 'accepted'

interface Around {
  readonly now: Date
  readonly entry: string | null
}

function lastResult(test: SignInObject, { now, entry }: Around): Markup {
  const isGood = test.outcome === 'accepted'
  const passed = test.steps.filter(step => step.outcome === 'passed').length
  const reached = test.steps.filter(step => step.outcome !== 'not_reached').length
  return html`<h3>The last test, ${ago(test.created_at, now)}</h3>
<p>${isGood ? state('good', 'accepted') : state('bad', 'refused')} ${test.email === null ? '' : html`<span>${theirs(test.email, 120)}</span>`}</p>
${test.advice === null ? '' : html`<div class="notice"><p>${theirs(test.advice, 1200)}</p>${test.code === null ? '' : html`<p class="small soft"><code>${test.code}</code></p>`}</div>`}
<details${isGood ? '' : html` open`}><summary>${passed} of ${reached} checks passed</summary>${checks(test)}</details>
<details><summary>Attributes that came: ${Object.keys(test.attributes).length}</summary>${attributes(test)}</details>
${entry === null ? '' : html`<p class="small"><a href="${entry}">The whole sign-in, with its request and response</a></p>`}`
}

const outcomes = {
  passed: state('good', 'passed'),
  failed: state('bad', 'failed'),
  not_reached: state('off', 'not reached'),
} as const

const checks = ({ steps }: SignInObject): Markup => html`<table class="cards">
<thead><tr><th scope="col">Check</th><th scope="col">Outcome</th><th scope="col">Expected</th><th scope="col">Got</th></tr></thead>
<tbody>${steps.map(
  step => html`<tr><th scope="row">${step.name}</th><td class="tight">${outcomes[step.outcome]}</td>
${cell('Expected', step.expected)}${cell('Got', step.got)}</tr>`,
)}</tbody></table>`

const cell = (label: string, value: string | null): Markup =>
  value === null ? html`<td></td>` : html`<td class="full" data-label="${label}">${theirs(value)}</td>`

const mostAttributes = 60
const mostValues = 12

function attributes({ attributes: all, name_id: nameId }: SignInObject): Markup {
  const rows = Object.entries(all)
  return html`<dl><dt>NameID</dt><dd>${nameId === null ? '–' : html`<code>${theirs(nameId)}</code>`}</dd>${rows
    .slice(0, mostAttributes)
    .map(
      ([name, values]) =>
        html`<dt><code>${theirs(name, 120)}</code></dt><dd>${values.slice(0, mostValues).map(value => html`<div>${theirs(value, 120)}</div>`)}${values.length > mostValues ? html`<span class="soft small">and ${values.length - mostValues} more</span>` : ''}</dd>`,
    )}</dl>${rows.length > mostAttributes ? html`<p class="soft small">and ${rows.length - mostAttributes} more</p>` : ''}`
}
