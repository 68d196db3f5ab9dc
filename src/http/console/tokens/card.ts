// A live token as a card: who made it, who used it last, until when it is good.
import { html } from 'hono/html'
import type { ListedToken } from '../../../manage/domains/scim-tokens/list.ts'
import type { Markup } from '../../look/page.ts'
import { ago, left, state, theirs } from '../../look/words.ts'
import { lastUse, whoHasIt } from './last-use.ts'

interface Place {
  readonly domainId: string
  readonly newest: ListedToken
  readonly now: Date
}

export const tokenCard = (token: ListedToken, { domainId, newest, now }: Place): Markup => html`<li>
<p class="row"><strong class="mono">…${token.hint}</strong>${standing(token)}</p>
<dl><dt>Made</dt><dd>${ago(token.createdAt, now)}${maker(token)}</dd>
<dt>Last used</dt><dd>${lastUse(token, now)}${fromWhere(token)}</dd>
<dt>Ends</dt><dd>${token.expiresAt === null ? 'when it is replaced or revoked' : html`${left(token.expiresAt, now)}<br>${whoHasIt(token, newest)}`}</dd></dl>
<p class="row small"><a href="/domains/${domainId}/scim-log?token=${token.hint}">Its requests</a><a class="push" href="/tokens/${domainId}/${token.id}/revoke">Revoke …</a></p></li>`

export const fromWhere = ({ lastUsedIp: ip }: ListedToken): Markup | '' =>
  ip === null ? '' : html` <span class="soft">from ${theirs(ip, 60)}</span>`

function standing({ expiresAt, lastUsedAt }: ListedToken): Markup {
  if (expiresAt !== null) return state('warn', 'on its way out')
  return lastUsedAt === null ? state('off', 'not used yet') : state('good', 'in use')
}

function maker({ maker: who }: ListedToken): Markup | '' {
  if (who === null) return ''
  const name = theirs(who.name, 80)
  return html` by ${who.personId === null ? name : html`<a href="/people/${who.personId}">${name}</a>`}`
}
