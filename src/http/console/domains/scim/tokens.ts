// The tokens of a domain: who still uses which, rotation with an overlap, and ending one at once.
import { html } from 'hono/html'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { ago, left } from '../../../look/words.ts'
import { isStillOut, userName } from '../../tokens/last-use.ts'
import { overlapOptions } from '../../tokens/overlap.ts'
import { openForm, type Stage } from '../stage.ts'

type Token = DomainObject['scim_tokens'][number]

export function tokenPart(stage: Stage): Markup {
  const { place, progress } = stage
  const { scim_tokens: tokens } = progress.domain
  return html`<h3>Tokens</h3>
${tokens.length === 0 ? html`<p class="soft">There is no token: nobody can push. Make one.</p>` : tokenTable(stage)}
${openForm(
  place,
  { path: '/scim-tokens', part: 'scim' },
  html`<p class="row">${
    tokens.length === 0
      ? ''
      : html`<label for="overlap" class="soft">Older tokens</label>
<select id="overlap" name="overlap">${overlapOptions()}</select>`
  }<button>${tokens.length === 0 ? 'Make a token' : 'Rotate: make a new token'}</button></p>`,
)}`
}

const tokenTable = (stage: Stage): Markup => html`<table class="cards">
<thead><tr><th scope="col">Ends in</th><th scope="col">Made</th><th scope="col">Last used</th><th scope="col">Good until</th><th scope="col">End it</th></tr></thead>
<tbody>${stage.progress.domain.scim_tokens.map(token => tokenRow(stage, token))}</tbody></table>`

function tokenRow({ place, progress }: Stage, token: Token): Markup {
  const now = place.ctx.now()
  const user = userName(progress.lastUsers.get(token.id))
  const newest = progress.domain.scim_tokens.at(-1) ?? token
  return html`<tr><th scope="row"><code>…${token.hint}</code></th>
<td data-label="Made">${ago(token.created_at, now)}</td>
<td data-label="Last used">${token.last_used_at === null ? 'never' : html`${ago(token.last_used_at, now)}${user === undefined ? '' : ` by ${user}`}`}</td>
<td data-label="Good until">${token.expires_at === null ? 'it is revoked' : html`${left(token.expires_at, now)}${isStillOut(timesOf(token), timesOf(newest)) ? html`<br><span class="warn">${user ?? 'the identity provider'} still has it: give it the new one</span>` : ''}`}</td>
<td class="full"><details><summary>Revoke …</summary>
<p>${token.last_used_at === null ? 'Nobody has used it yet.' : html`It was used ${ago(token.last_used_at, now)}${user === undefined ? '' : ` by ${user}`}: whoever still has it is refused from now on.`}</p>
${openForm(place, { path: `/scim-tokens/${token.id}/revoke`, part: 'scim' }, html`<button class="risky">Revoke the token …${token.hint}</button>`)}</details></td></tr>`
}

const timesOf = ({ created_at, expires_at, last_used_at }: Token) => ({
  createdAt: created_at,
  expiresAt: expires_at,
  lastUsedAt: last_used_at,
})
