// The step that tries it: a real sign-in that signs nobody in, and what the last one showed.
import { html } from 'hono/html'
import type { LastTest } from '../../../../manage/domains/progress.ts'
import { attributeTable } from '../../../attempt/attributes.ts'
import { timeline } from '../../../attempt/timeline.ts'
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
    ? 'Set SAML up first; then you can test a sign-in.'
    : 'Verify the domain first; then you can test a sign-in.'

function status({ place, progress: { testedAt, lastTest } }: Stage): Markup {
  if (testedAt !== null)
    return html`${state('good', 'works')} <span class="soft small">since a sign-in ${ago(testedAt, place.ctx.now())}</span>`
  return lastTest?.outcome === 'refused' ? state('bad', 'refused') : state('off', 'not tested')
}

function ready({ place, progress }: Stage): Markup {
  const { lastTest, testedAt } = progress
  const { base, domainId } = place
  const since = new URLSearchParams({ since: lastTest?.id ?? '' })
  return html`<p>A test goes all the way: to your identity provider and back, through every check. It signs nobody in.</p>
${hasChanged(progress) ? html`<div class="notice"><p><strong>The settings have changed since it worked.</strong> Test again.</p></div>` : ''}
<div class="row"><a class="button ${testedAt === null ? 'main' : ''}" id="test-link" href="${base}/test" target="_blank" rel="noopener noreferrer">Open a test sign-in</a>
<span class="soft small" data-await="${base}/test/arrival?${since}" data-after="test-link">It opens in a new tab. Come back to this page afterwards.</span></div>
${lastTest ? lastResult(lastTest, { now: place.ctx.now(), entry: place.parts.has('settings') ? `/sign-ins/${domainId}/${lastTest.id}` : null }) : html`<p class="soft">Not tested yet.</p>`}`
}

/** An accepted test is only forgotten when the settings are others. */
const hasChanged = ({ testedAt, lastTest }: Stage['progress']): boolean =>
  testedAt === null && lastTest?.outcome === 'accepted'

interface Around {
  readonly now: Date
  readonly entry: string | null
}

function lastResult(test: LastTest, { now, entry }: Around): Markup {
  const isGood = test.outcome === 'accepted'
  const passed = test.steps.filter(step => step.outcome === 'passed').length
  const reached = test.steps.filter(step => step.outcome !== 'not_reached').length
  const attributes = Object.entries(test.attributes)
  return html`<h3>The last test, ${ago(test.created_at, now)}</h3>
<p>${isGood ? state('good', 'accepted') : state('bad', 'refused')} ${test.email === null ? '' : html`<span>${theirs(test.email, 120)}</span>`}</p>
${test.advice === null ? '' : html`<div class="notice"><p>${theirs(test.advice, 1200)}</p>${test.code === null ? '' : html`<p class="small soft"><code>${test.code}</code></p>`}</div>`}
<details${isGood ? '' : html` open`}><summary>${passed} of ${reached} checks passed</summary>${timeline({ steps: test.steps, durationMs: test.duration_ms })}</details>
<details><summary>Attributes that came: ${attributes.length}</summary><p class="small">NameID ${test.name_id === null ? '–' : html`<code>${theirs(test.name_id)}</code>`}</p>${attributeTable({ attributes, uses: test.uses, most: 20 })}</details>
${entry === null ? '' : html`<p class="small"><a href="${entry}">The whole sign-in, with its request and response</a></p>`}`
}
