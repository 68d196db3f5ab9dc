// The verdict on top of a person's page, with what else should be looked at.
import { html } from 'hono/html'
import type { PersonView } from '../../../manage/people/person.ts'
import type { Markup } from '../../look/page.ts'
import { ago, state } from '../../look/words.ts'
import { answerOf } from './verdict-words.ts'

const classes = { good: 'yes', warn: 'maybe', bad: 'no', off: '' } as const

export function verdictSection(view: PersonView, now: Date): Markup {
  const { tone, title, cause, fix } = answerOf(view, now)
  const [only, ...others] = fix
  return html`<section class="answer ${classes[tone]}" aria-label="Verdict">
<h2>${state(tone, html`<span>${title}</span>`)}</h2><p>${cause}</p>
${only === undefined ? '' : others.length === 0 ? html`<p><strong>What to do:</strong> ${only}</p>` : html`<p><strong>What to do:</strong></p><ul>${fix.map(each => html`<li>${each}</li>`)}</ul>`}
${warnings(view, now).map(warning => html`<p class="small">${state('warn', html`<span>${warning}</span>`)}</p>`)}</section>`
}

function warnings({ verdict, lastRefused, domains }: PersonView, now: Date): Markup[] {
  const found: Markup[] = []
  if (lastRefused)
    found.push(
      html`the last sign-in was refused ${ago(lastRefused.at, now)}: <a href="/sign-ins/${lastRefused.domainId}/${lastRefused.signInId}"><code>${lastRefused.code}</code></a>`,
    )
  for (const { id, name, verificationLostAt } of verdict.can === 'yes' ? verdict.saml : [])
    if (verificationLostAt !== null)
      found.push(
        html`the DNS record of <a href="/domains/${id}">${name}</a> has not been found since ${ago(verificationLostAt, now)}`,
      )
  if (verdict.can === 'yes' && !verdict.email)
    for (const { id, name, samlTestedAt } of verdict.saml)
      if (samlTestedAt === null && domains.length > 0)
        found.push(
          html`nobody has signed in through SAML of <a href="/domains/${id}">${name}</a> yet: try it`,
        )
  return found
}
