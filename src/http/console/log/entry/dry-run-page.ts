// How a dry run looks: what came of it, and the request as it was, to be changed and tried again.
import { html } from 'hono/html'
import type { Refusal } from '../../../../base/refusal.ts'
import type { Domain } from '../../../../domain/domain.ts'
import type { Effects } from '../../../../manage/domains/scim-log/effects.ts'
import type { NamedRequest } from '../../../../manage/domains/scim-log/names.ts'
import { explain } from '../../../../scim/explain.ts'
import type { IdentityProvider } from '../../../../scim/identity-provider.ts'
import { selectField } from '../../../look/filters.ts'
import type { Markup } from '../../../look/page.ts'
import { beginningWithin, csrfField, on, state, theirs } from '../../../look/words.ts'
import type { Tried } from '../../../scim/rehearsal.ts'
import type { ConsolePage } from '../../frame.ts'
import { refusalNotice } from '../../notice.ts'
import { answerClass, statusOf, toneOf } from '../row.ts'
import { accommodated } from './accommodated.ts'
import { jsonOf } from './bodies.ts'
import { effectsOf } from './effects.ts'
import { mending } from './mending.ts'

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export interface Typed {
  readonly method: string
  readonly path: string
  readonly ifMatch: string
  readonly body: string
  /** It is too long to be typed over. */
  readonly isBodyAsItCame: boolean
}

/** Of a page. */
const mostBodyBytes = 10_000

export const isTooLong = (body: string): boolean => beginningWithin(body, mostBodyBytes) !== body

export type Came =
  | { readonly tried: Tried; readonly effects: Effects; readonly milliseconds: number }
  | { readonly refusal: Refusal }

interface ShownDryRun {
  readonly domain: Pick<Domain, 'id' | 'name'>
  readonly entry: NamedRequest
  readonly typed: Typed
  /** Where values of the log stay masked in what is to be tried. */
  readonly masked: readonly string[]
  readonly came?: Came
}

const labels = { method: 'Method', path: 'Path', body: 'Body' }

export function dryRunPage(call: { readonly csrfToken: string }, shown: ShownDryRun): ConsolePage {
  const { domain, entry, came } = shown
  const path = `/domains/${domain.id}/scim-log/${entry.id}`
  return {
    title: 'Dry run',
    domain: { id: domain.id, name: domain.name, tab: 'log' },
    body: html`<p class="small"><a href="${path}">← Back to the request</a> of ${on(entry.created_at)}, which was answered ${statusOf(entry.response_status)}</p>
${came === undefined ? '' : 'refusal' in came ? refusalNotice(came.refusal, labels) : result(came, shown)}
${form(call, shown, path)}`,
  }
}

function form(call: { readonly csrfToken: string }, { typed, masked }: ShownDryRun, path: string): Markup {
  const choices = methods.map(method => [method, method] as const)
  return html`<section><h2>What to try</h2>
<p class="soft">Everything is done as it would be if it came now, and then undone: nobody is changed, told or signed out, and the log of requests stays as it is.</p>
${masked.length === 0 ? '' : missing(masked)}
<form method="post" action="${path}/dry-run">${csrfField(call)}
<div class="filters">${selectField({ name: 'method', label: 'Method', choices, chosen: typed.method })}
<label class="wide">Path below the base URL<input name="path" required maxlength="8192" spellcheck="false" autocapitalize="none" value="${typed.path}"></label>
<label>If-Match<input name="if_match" maxlength="200" placeholder="any version" spellcheck="false" value="${typed.ifMatch}"></label></div>
${bodyField(typed)}
<p><button class="main">Dry run</button></p></form></section>`
}

const bodyField = ({ body, isBodyAsItCame }: Typed): Markup =>
  isBodyAsItCame
    ? html`<input type="hidden" name="as_it_came" value="yes"><p class="soft">The body is tried as it came: its ${body.length} characters are too many to be changed here.</p>`
    : html`<label for="body" class="small soft">Body</label><textarea id="body" name="body" rows="${rowsFor(body)}" spellcheck="false">
${body}</textarea>`

const rowsFor = (text: string): number => Math.min(28, Math.max(4, text.split('\n').length + 1))

const mostNamed = 12

const missing = (
  masked: readonly string[],
): Markup => html`<div class="notice warning" role="status"><p>Personal values are masked in the log, and these could not be told from who is here by now. Put the true ones in their place:
${masked.slice(0, mostNamed).map((place, at) => html`${at > 0 ? ', ' : ''}<code>${theirs(place, 120)}</code>`)}${masked.length > mostNamed ? ` and ${masked.length - mostNamed} more` : ''}.</p></div>`

function result(
  { tried, effects, milliseconds }: Extract<Came, { tried: Tried }>,
  { entry, typed }: ShownDryRun,
): Markup {
  const { status, outcome, text, quirks, tokenHint } = tried
  const provider = entry.identity_provider as IdentityProvider
  const explanation = explain({ status, outcome, provider })
  const answer: unknown = text === null ? null : JSON.parse(text)
  const told = effectsOf(effects, { method: typed.method, path: typed.path, status, answer, isTrial: true })
  return html`<section class="answer ${answerClass(status)}" role="status"><p class="verdict">${state(toneOf(status), `${status}: it would ${status >= 500 ? 'fail' : status >= 400 ? 'be refused' : 'go well'}`)}<span>${theirs(outcome, 2000)}</span></p>
${explanation ? mending(explanation) : ''}
<p class="soft small">Tried in ${milliseconds.toFixed(0)} ms, as if it came with the token <code class="nobreak">…${theirs(tokenHint)}</code>. ${ownToken(entry, tokenHint)} Nothing was changed.</p></section>
${told === '' ? '' : html`<section><h2>What it would change</h2>${told}</section>`}
${accommodated(quirks)}
<section><h2>What it would be answered</h2>${jsonOf(answer, 'Body of the answer')}</section>`
}

/** The token it really came with, where that is another one. */
function ownToken({ token_hint: own }: NamedRequest, tried: string): Markup | '' {
  if (own === tried) return ''
  if (own === null)
    return html`<strong>It came without a token that opens this domain, and would be refused with 401 again.</strong>`
  return html`<strong>Its own token <code class="nobreak">…${theirs(own)}</code> opens nothing any more: what comes with it is refused with 401.</strong>`
}
