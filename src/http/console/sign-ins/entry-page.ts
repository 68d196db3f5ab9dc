// One sign-in: the verdict, why and how to mend it, what to send to whom, every step, and all that is known around it.
import { html } from 'hono/html'
import type { SignInEntry } from '../../../manage/sign-ins/entry.ts'
import { failedStepOf } from '../../../manage/sign-ins/view.ts'
import { attributeTable } from '../../attempt/attributes.ts'
import { explained } from '../../attempt/explained.ts'
import { titleOf } from '../../attempt/step-words.ts'
import { timeline } from '../../attempt/timeline.ts'
import type { Markup } from '../../look/page.ts'
import { readable } from '../../look/words.ts'
import type { ConsolePage } from '../frame.ts'
import { certificates } from './certificates.ts'
import { documents } from './documents.ts'
import { became, facts } from './facts.ts'
import { letterFor } from './letter.ts'
import { neighbours, others } from './neighbours.ts'
import { oursOf } from './ours.ts'
import { result } from './row.ts'

interface Around {
  readonly baseUrl: string
  /** By how much the clocks may differ. */
  readonly clockSkewSeconds: number
  readonly now: Date
}

export const entryPage = (entry: SignInEntry, around: Around): ConsolePage => ({
  title: headline(entry),
  section: 'signIns',
  body: html`${neighbours(entry)}
<section>${verdict(entry)}</section>
${entry.explanation ? letter(entry, around.baseUrl) : ''}
<section><h2>Step by step</h2>${timeline({ steps: entry.signIn.steps, durationMs: entry.signIn.duration_ms })}</section>
<div class="two"><section><h2>Who and when</h2>${facts(entry, around.clockSkewSeconds)}</section>
<section><h2>Signed with</h2>${certificates(entry)}</section></div>
<section><h2>Attributes received</h2><p class="small soft">${entry.signIn.kind === 'test' ? 'As they came.' : 'Masked as they are stored; only tests keep them as they came.'} What each is read as follows the mapping of today.</p>
${attributeTable({ attributes: Object.entries(entry.signIn.attributes), uses: entry.uses })}</section>
${documents(entry)}
${others(entry, around.now)}`,
})

function headline({ signIn, explanation, person }: SignInEntry): string {
  if (explanation) return explanation.title
  if (signIn.kind === 'test') return 'The test went all the way'
  return `${(person?.name ?? signIn.email ?? 'Somebody').slice(0, 100)} signed in`
}

function verdict(entry: SignInEntry): Markup {
  const { signIn, domain, explanation } = entry
  const failed = failedStepOf(signIn.steps)
  if (!explanation)
    return html`<p class="verdict">${result(signIn)}<span>Every check was passed.</span></p><p>${became(entry)} ${signIn.kind === 'test' ? '' : html`<a href="/audit?${new URLSearchParams({ request: signIn.trace_id })}">What the audit log has of it</a>`}</p>`
  const { expected = null, got = null } = failed ?? {}
  return html`<p class="verdict">${result(signIn)}<span>${failed ? html`at the step “${titleOf(failed.name)}”` : ''}</span> <code class="soft">${readable(signIn.code ?? '')}</code></p>
${explained({ explanation, advice: signIn.advice ?? '', expected, got, ours: oursOf(domain) })}
<p class="row"><a class="button main" href="/domains/${domain.id}/test">Start a test sign-in</a><a class="button" href="/domains/${domain.id}#saml">The SAML settings of ${domain.domain}</a></p>`
}

const letter = (entry: SignInEntry, baseUrl: string): Markup =>
  html`<section><div class="row"><h2>To send to the IT administrator</h2><button type="button" class="copy" data-copy="letter" hidden>Copy</button></div>
<p class="small soft">Plain text. No secret is in it, and of the person nothing but the address.</p>
<pre id="letter" tabindex="0" aria-label="The text to send">${letterFor(entry, baseUrl)}</pre></section>`
