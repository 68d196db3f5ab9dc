// The last use of a token in words: by whom, who still has it, and who is refused without it.
import { html } from 'hono/html'
import type { LastUser } from '../../../manage/domains/scim-tokens/last-use.ts'
import type { Markup } from '../../look/page.ts'
import { ago, theirs } from '../../look/words.ts'
import { providerName } from '../log/row.ts'

export interface UsedToken {
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly lastUser: LastUser | null
}

/** `Okta`, or what a program calls itself that we do not know by name. */
function userName({ lastUser: user }: UsedToken): Markup | undefined {
  if (user && user.identityProvider !== 'other') return html`${providerName(user.identityProvider)}`
  return user?.agent ? theirs(user.agent, 60) : undefined
}

/** `3 min ago by Okta`. */
export function lastUse(token: UsedToken, now: Date): Markup {
  if (token.lastUsedAt === null) return html`never`
  const user = userName(token)
  return html`${ago(token.lastUsedAt, now)}${user === undefined ? '' : html` by ${user}`}`
}

/** Uses are noted once a minute: so much later it may have been. */
const resolutionMs = 60_000

/** Of one on its way out that was used, by somebody who seems not to have the new one yet. */
function isStillOut({ expiresAt, lastUsedAt }: UsedToken, newest: UsedToken): boolean {
  if (expiresAt === null || lastUsedAt === null) return false
  return newest.lastUsedAt === null || Date.parse(lastUsedAt) + resolutionMs >= Date.parse(newest.createdAt)
}

/** Empty for one that stays. `newest` was made after it. */
export function whoHasIt(token: UsedToken, newest: UsedToken): Markup | '' {
  if (token.expiresAt === null) return ''
  if (isStillOut(token, newest))
    return html`<span class="warn">${userName(token) ?? 'the identity provider'} still has it: give it the new one</span>`
  return html`<span class="soft">nobody uses it any more: it can be revoked</span>`
}

export function whoIsRefused(token: UsedToken, now: Date): Markup {
  if (token.lastUsedAt === null) return html`Nobody has used it yet.`
  return html`It was used ${lastUse(token, now)}: whoever still has it is refused from then on.`
}
