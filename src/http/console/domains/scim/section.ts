// The SCIM step: what to paste into the directory, its tokens, and whether anything has come yet.
import { html } from 'hono/html'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { copyable, state } from '../../../look/words.ts'
import { scimSteps } from '../providers/providers.ts'
import { openForm, type Stage, showStep } from '../stage.ts'
import { walkthrough } from '../walkthrough.ts'
import { tokenPart } from './tokens.ts'

export function scimSection(stage: Stage): Markup {
  const { domain } = stage.progress
  return showStep(stage, {
    part: 'scim',
    title: 'SCIM',
    status: html`${status(domain)}`,
    body: domain.scim_enabled ? switchedOn(stage) : switchedOff(stage),
  })
}

const isUsed = ({ scim_tokens: tokens }: DomainObject): boolean =>
  tokens.some(token => token.last_used_at !== null)

function status(domain: DomainObject): Markup {
  if (!domain.scim_enabled) return state('off', 'off')
  if (domain.scim_tokens.length === 0) return state('warn', 'on, without a token')
  return isUsed(domain) ? state('good', 'on') : state('warn', 'on, nothing has come yet')
}

function switchedOff({ place, progress: { domain } }: Stage): Markup {
  if (!domain.is_verified)
    return html`<p class="soft">Verify the domain first; then SCIM can be switched on.</p>`
  return html`<p>With SCIM, your directory adds its people and groups here, and deactivates people who leave.</p>
${openForm(place, { path: '/scim', part: 'scim' }, html`<input type="hidden" name="scim" value="on"><button class="main">Switch SCIM on</button> <span class="soft small">A token is made, and shown once.</span>`)}`
}

function switchedOn(stage: Stage): Markup {
  const { domain } = stage.progress
  const token = stage.happened?.token ?? null
  return html`${token === null ? '' : newToken(token)}
<dl><dt>Base URL</dt><dd>${copyable('base-url', domain.scim_base_url ?? '')}</dd>
<dt>First request</dt><dd>${firstRequest(stage)}</dd></dl>
${walkthrough(stage, { part: 'scim', steps: provider => scimSteps(provider, domain, token) })}
${tokenPart(stage)}
${switchOff(stage)}`
}

const newToken = (token: string): Markup => html`<div class="notice fine" role="status">
<p><strong>The new token. It is shown only this once; copy it now.</strong></p>
${copyable('token', token)}</div>`

function firstRequest({ place: { log }, progress: { domain } }: Stage): Markup {
  if (isUsed(domain))
    return html`${state('good', 'requests are coming in')}; see the <a href="${log}">SCIM log</a>`
  const newest = domain.scim_tokens.at(-1)
  if (!newest) return html`<span class="soft">Make a token below; without one nobody can push.</span>`
  return html`<span class="waiting" data-await="${log}/live?token=${newest.hint}">waiting for the first request …</span>`
}

function switchOff({ place, progress: { domain } }: Stage): Markup {
  const { scim_tokens: tokens } = domain
  const ends = tokens.length === 1 ? 'Its token ends' : `Its ${tokens.length} tokens end`
  return html`<details><summary>Switch SCIM off …</summary>
<p>What stops:</p>
<ul>${tokens.length === 0 ? '' : html`<li>${ends} at once; whatever pushes with ${tokens.length === 1 ? 'it' : 'them'} is refused. If you switch SCIM on again, you get a new one to paste.</li>`}
<li>Whoever is deactivated in your directory from then on can still sign in here.</li>
<li>Groups no longer change levels. People and groups stay as they are.</li></ul>
${openForm(place, { path: '/scim', part: 'scim' }, html`<input type="hidden" name="scim" value="off"><button class="risky">Switch SCIM off</button>`)}</details>`
}
