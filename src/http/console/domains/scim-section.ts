// The SCIM step of a domain's page: what to paste, the token this once, rotation with an overlap, revocation.
import { html } from 'hono/html'
import type { DomainObject } from '../../../manage/domains/view.ts'
import type { Markup } from '../../look/page.ts'
import { ago, copyable, csrfField, on, state } from '../../look/words.ts'
import type { Workplace } from './stepper.ts'

export function scimSection(place: Workplace, domain: DomainObject, token: string | null): Markup {
  return html`<section id="scim" class="step ${stepOf(domain)}">
<div class="row"><h2>3 SCIM</h2>${domain.scim_enabled ? state('good', 'on') : state('off', 'off')}</div>
${token === null ? '' : newToken(token)}
${domain.scim_enabled ? switchedOn(place, domain) : switchedOff(place, domain)}</section>`
}

const stepOf = ({ scim_tokens: tokens, is_verified }: DomainObject): string => {
  if (tokens.some(token => token.last_used_at !== null)) return 'done'
  return is_verified ? 'now' : ''
}

const newToken = (token: string): Markup => html`<div class="notice fine" role="status">
<p><strong>The new token. It is shown this once and kept nowhere in clear; copy it now.</strong></p>
${copyable('token', token)}</div>`

function switchedOff(place: Workplace, { is_verified }: DomainObject): Markup {
  if (!is_verified) return html`<p class="soft">Verify the domain first; then SCIM can be switched on.</p>`
  return html`<form method="post" action="${place.base}/scim#scim">${csrfField(place)}<input type="hidden" name="scim" value="on">
<p>People and groups of the directory then come here by themselves, and leave when they leave.</p>
<button class="main">Switch SCIM on</button></form>`
}

function switchedOn(place: Workplace, domain: DomainObject): Markup {
  const { scim_base_url: url, scim_tokens: tokens } = domain
  const isUsed = tokens.some(token => token.last_used_at !== null)
  return html`<dl><dt>Base URL</dt><dd>${copyable('base-url', url ?? '')}</dd>
<dt>First request</dt><dd>${
    isUsed
      ? html`<span class="state good">requests come in</span>, see the <a href="${place.log}">SCIM log</a>`
      : html`<span class="waiting" data-await="${place.log}/live?token=${tokens.at(-1)?.hint ?? ''}">waiting for the first request …</span>`
  }</dd></dl>
<h3>Tokens</h3>
${tokens.length === 0 ? html`<p class="soft">There is no token: nobody can push. Make one below.</p>` : tokenTable(place, domain)}
<form method="post" action="${place.base}/scim-tokens#scim" class="row">${csrfField(place)}
<label for="overlap" class="soft">Older tokens</label>
<select id="overlap" name="overlap">
<option value="3600">live on for an hour</option><option value="86400" selected>live on for a day</option>
<option value="604800">live on for a week</option><option value="0">end at once</option></select>
<button>${tokens.length === 0 ? 'Make a token' : 'Rotate: make a new token'}</button></form>
<details><summary>Switch SCIM off …</summary>
<p>${tokens.length === 1 ? 'The token ends' : `All ${tokens.length} tokens end`} at once, and nothing that the identity provider pushes arrives. People and groups stay as they are.</p>
<form method="post" action="${place.base}/scim#scim">${csrfField(place)}<input type="hidden" name="scim" value="off"><button class="risky">Switch SCIM off</button></form></details>`
}

const tokenTable = (
  place: Workplace,
  { scim_tokens: tokens }: DomainObject,
): Markup => html`<table class="cards">
<thead><tr><th scope="col">Ends in</th><th scope="col">Made</th><th scope="col">Last used</th><th scope="col">Good until</th><th scope="col">End it</th></tr></thead>
<tbody>${tokens.map(
  token => html`<tr><th scope="row"><code>…${token.hint}</code></th>
<td data-label="Made">${ago(token.created_at, place.ctx.now())}</td>
<td data-label="Last used">${lastUse(place, token)}</td>
<td data-label="Good until">${token.expires_at === null ? 'it is revoked' : on(token.expires_at)}</td>
<td class="full"><details><summary>Revoke …</summary>
<p>${token.last_used_at === null ? 'Nobody has used it yet.' : html`It was used ${ago(token.last_used_at, place.ctx.now())}: whoever still has it is refused from now on.`}</p>
<form method="post" action="${place.base}/scim-tokens/${token.id}/revoke">${csrfField(place)}<button class="risky">Revoke the token …${token.hint}</button></form></details></td></tr>`,
)}</tbody></table>`

/** One that is on its way out and still used is the one to replace. */
function lastUse(
  place: Workplace,
  { last_used_at, expires_at }: DomainObject['scim_tokens'][number],
): Markup | string {
  if (last_used_at === null) return 'never'
  const time = ago(last_used_at, place.ctx.now())
  return expires_at === null
    ? time
    : html`${time}; <span class="warn">the identity provider still has it</span>`
}
