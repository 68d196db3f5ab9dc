// The tokens of a domain: who still uses which, rotation with an overlap, and ending one at once.
import { html } from 'hono/html'
import type { Progress } from '../../../../manage/domains/progress.ts'
import { maxOverlapping } from '../../../../manage/domains/scim-tokens.ts'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { ago, left } from '../../../look/words.ts'
import { onceField } from '../../once.ts'
import { lastUse, type UsedToken, whoHasIt, whoIsRefused } from '../../tokens/last-use.ts'
import { lastingOverlapOptions, overlapOptions } from '../../tokens/overlap.ts'
import { seenField } from '../../tokens/seen.ts'
import { openForm, type Stage } from '../stage.ts'
import type { Workplace } from '../stepper.ts'

type Token = DomainObject['scim_tokens'][number]

export function tokenPart(stage: Stage): Markup {
  const { place, progress } = stage
  const { scim_tokens: tokens } = progress.domain
  const seen = seenField(tokens.map(({ id, last_used_at: lastUsedAt }) => ({ id, lastUsedAt })))
  const used = tokens.map(token => usedToken(progress, token)).filter(token => token.lastUsedAt !== null)
  return html`<h3>Tokens</h3>
${tokens.length === 0 ? html`<p class="soft">There is no token: nobody can push. Make one.</p>` : tokenTable(stage, seen)}
${tokens.length < maxOverlapping ? rotation(place, { isFirst: tokens.length === 0, isUsed: used.length > 0, seen }) : html`<p class="soft small">To make a new one beside one of these, revoke the other first.</p>`}
${used.length > 0 || tokens.length >= maxOverlapping ? replacing(place, { used, seen }) : ''}`
}

interface Rotation {
  readonly isFirst: boolean
  readonly isUsed: boolean
  /** What every form says that makes a token. */
  readonly seen: Markup
}

const rotation = (place: Workplace, { isFirst, isUsed, seen }: Rotation): Markup =>
  openForm(
    place,
    { path: '/scim-tokens', part: 'scim' },
    html`${onceField()}${seen}<p class="row">${
      isFirst
        ? ''
        : html`<label for="overlap" class="soft">Older tokens</label>
<select id="overlap" name="overlap">${isUsed ? lastingOverlapOptions() : overlapOptions()}</select>`
    }<button>${isFirst ? 'Make a token' : 'Rotate: make a new token'}</button></p>`,
  )

/** The same without an overlap, once it has been said who stops at once. */
const replacing = (place: Workplace, { used, seen }: { used: readonly UsedToken[]; seen: Markup }): Markup =>
  html`<details><summary>Replace at once …</summary>
${used.length === 0 ? html`<p>Nobody has used any of them yet.</p>` : used.map(token => html`<p>${whoIsRefused(token, place.ctx.now())}</p>`)}
${openForm(place, { path: '/scim-tokens', part: 'scim' }, html`${onceField()}${seen}<input type="hidden" name="overlap" value="0"><button class="risky">End every token, and make a new one</button>`)}</details>`

const tokenTable = (stage: Stage, seen: Markup): Markup => html`<table class="cards">
<thead><tr><th scope="col">Ends in</th><th scope="col">Made</th><th scope="col">Last used</th><th scope="col">Good until</th><th scope="col">End it</th></tr></thead>
<tbody>${stage.progress.domain.scim_tokens.map(token => tokenRow(stage, token, seen))}</tbody></table>`

function tokenRow({ place, progress }: Stage, token: Token, seen: Markup): Markup {
  const now = place.ctx.now()
  const used = usedToken(progress, token)
  const newest = usedToken(progress, progress.domain.scim_tokens.at(-1) ?? token)
  const holder = whoHasIt(used, newest)
  return html`<tr><th scope="row"><code>…${token.hint}</code></th>
<td data-label="Made">${ago(token.created_at, now)}</td>
<td data-label="Last used">${lastUse(used, now)}</td>
<td data-label="Good until">${token.expires_at === null ? html`<span class="soft">no end date</span>` : html`${left(token.expires_at, now)}<br>${holder}`}</td>
<td class="full"><details><summary>Revoke …</summary>
<p>${whoIsRefused(used, now)}</p>
${openForm(place, { path: `/scim-tokens/${token.id}/revoke`, part: 'scim' }, html`${seen}<button class="risky">Revoke the token …${token.hint}</button>`)}</details></td></tr>`
}

const usedToken = (
  { lastUsers }: Progress,
  { id, created_at, expires_at, last_used_at }: Token,
): UsedToken => ({
  createdAt: created_at,
  expiresAt: expires_at,
  lastUsedAt: last_used_at,
  lastUser: lastUsers.get(id) ?? null,
})
