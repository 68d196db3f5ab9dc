// The verdict on top of a person's page, with what else should be looked at.
import { html } from 'hono/html'
import { isSamlBar } from '../../../domain/access-verdict.ts'
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

function warnings({ verdict, lastRefused }: PersonView, now: Date): Markup[] {
  const saml = verdict.can === 'yes' ? verdict.saml : []
  const isOnlyWay = verdict.can === 'yes' && !verdict.email
  const refused = lastRefused && refusal(lastRefused, saml, now)
  const lost = saml.flatMap(({ id, name, verificationLostAt: at }) =>
    at === null
      ? []
      : [html`the verification of <a href="/domains/${id}">${name}</a> was lost ${ago(at, now)}`],
  )
  const untried = saml
    .filter(({ samlTestedAt }) => isOnlyWay && samlTestedAt === null)
    .map(
      ({ id, name }) =>
        html`nobody has signed in through SAML of <a href="/domains/${id}#test">${name}</a> yet`,
    )
  return [...(refused ? [refused] : []), ...lost, ...untried]
}

/** Whatever stood in the way of the person, and not of their response, stands there no more where they can sign in now. */
function refusal(
  { at, domainId, signInId, code }: NonNullable<PersonView['lastRefused']>,
  open: readonly { readonly id: string }[],
  now: Date,
): Markup {
  const isMended = open.some(({ id }) => id === domainId) && isSamlBar(code ?? '')
  return html`the last sign-in was refused ${ago(at, now)}: <a href="/sign-ins/${domainId}/${signInId}"><code>${code}</code></a>${isMended ? ', which would not happen now' : ''}`
}
