// The page before tokens end at once: who uses them, what stops with them, and the domain's name to be typed.
import { html } from 'hono/html'
import type { ListedToken, TokensAtStake } from '../../../manage/domains/scim-tokens/list.ts'
import type { Markup } from '../../look/page.ts'
import { csrfField } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import { confirmField } from '../confirmation.ts'
import type { ConsolePage } from '../frame.ts'
import { onceField } from '../once.ts'
import { fromWhere } from './card.ts'
import { lastUse } from './last-use.ts'
import { seenField } from './seen.ts'

interface Ending {
  readonly domain: TokensAtStake
  /** Those that end. */
  readonly tokens: readonly ListedToken[]
  readonly title: string
  readonly action: string
  /** What the form carries besides. */
  readonly fields: Readonly<Record<string, string>>
  readonly notice: Markup | ''
}

export function endingPage(call: OrganizationCall, ending: Ending): ConsolePage {
  const { domain, tokens, title, action, fields, notice } = ending
  const now = call.ctx.now()
  return {
    title,
    section: 'tokens',
    body: html`${notice}<section><h2>Who stops</h2>
<ul>${tokens.map(token => html`<li>${whoStops(token, now)}</li>`)}
<li>${whatLivesOn(ending)}</li>
<li>${number.format(domain.users)} users and ${number.format(domain.groups)} groups of ${domain.name} stay as they are.</li></ul></section>
<section><h2>${title}</h2>
<form method="post" action="${action}">${csrfField(call)}${onceField()}${seenField(domain.tokens)}
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${confirmField(call, domain.name)}
<p class="row"><button class="risky">${title}</button><a class="button" href="/tokens">Keep</a></p></form></section>`,
  }
}

function whoStops(token: ListedToken, now: Date): Markup {
  const name = html`<code>…${token.hint}</code>`
  return token.lastUsedAt === null
    ? html`Nobody has used ${name} yet.`
    : html`${name} was used ${lastUse(token, now)}${fromWhere(token)}: whoever still has it is refused from then on.`
}

const number = new Intl.NumberFormat('en-GB')

function whatLivesOn({ domain, tokens, fields }: Ending): Markup {
  const others = domain.tokens.filter(token => !tokens.includes(token))
  if ('overlap' in fields)
    return html`A new token takes their place. Until the identity provider has it, nothing is pushed: nobody new comes, and whoever leaves can still sign in here.`
  if (others.length === 0)
    return html`It is the only one: nothing of ${domain.name} is pushed any more. Nobody new comes, and whoever leaves can still sign in here.`
  return html`Whoever has ${others.map((other, at) => html`${at > 0 ? ' or ' : ''}<code>…${other.hint}</code>`)} goes on pushing.`
}
