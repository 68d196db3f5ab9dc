// What goes with a domain that is given up, what stays, and the word that does it.
import { html } from 'hono/html'
import type { Refusal } from '../../../../base/refusal.ts'
import { type Holdings, mostCounted } from '../../../../manage/domains/holdings.ts'
import type { Markup } from '../../../look/page.ts'
import { confirmField } from '../../confirmation.ts'
import { refusalNotice } from '../../notice.ts'
import { openForm } from '../stage.ts'
import type { StepPage, Workplace } from '../stepper.ts'

const number = new Intl.NumberFormat('en-GB')

/** Logs are counted up to a number. */
const counted = (count: number): string =>
  count >= mostCounted ? `${number.format(mostCounted)} or more` : number.format(count)

export function removalPage(place: Workplace, holdings: Holdings, refusal?: Refusal): StepPage {
  const { domain } = holdings
  return {
    title: `Delete ${domain.domain}`,
    domain: { id: domain.id, name: domain.domain },
    body: html`${refusal ? refusalNotice(refusal, { confirm: 'The name' }) : ''}
<section><h2>What is deleted, at once and for good</h2>
${whatGoes(holdings)}
${consequences(holdings)}</section>
<section><h2>What stays</h2>
<p>${number.format(holdings.members)} members whose address ends in @${domain.domain}, with their memberships, API keys and other sessions${domain.sso_enforcement === 'saml' ? '. SAML was enforced for them: they can sign in by a mailed link from then on' : ''}. The audit log stays as well.</p></section>
<section><h2>Delete it</h2>
${openForm(
  place,
  { path: '/delete', part: 'settings' },
  html`${confirmField(place, domain.domain)}
<button class="risky">Delete ${domain.domain}</button> <a class="button" href="${place.base}">Cancel</a>`,
)}</section>`,
  }
}

function whatGoes(holdings: Holdings): Markup {
  const { domain, users, groups, tokens, setUpLinks, requests, signIns, sessions, levels } = holdings
  const rows: readonly (readonly [string, string])[] = [
    ['Users pushed by SCIM', number.format(users)],
    ['Groups', number.format(groups)],
    ['Members with a level from its groups', number.format(levels)],
    ['SCIM tokens', number.format(tokens)],
    ['Active set-up links', number.format(setUpLinks)],
    ['Rows of the SCIM log', counted(requests)],
    ['Sign-ins in the log', counted(signIns)],
    ['Sessions through its SAML', number.format(sessions)],
    ['Verification', domain.is_verified ? 'has to be done again if you add it back' : 'not done'],
  ]
  return html`<dl>${rows.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`
}

function consequences({ domain, tokens, sessions }: Holdings): Markup {
  return html`<ul>${tokens > 0 ? html`<li>The directory’s requests are refused from then on. People who leave it are no longer deactivated here.</li>` : ''}
${sessions > 0 ? html`<li>Whoever came in through its SAML is signed out.</li>` : ''}
${domain.has_saml ? html`<li>Nobody can sign in through its SAML any more.</li>` : ''}
<li>Another organization can then verify ${domain.domain}.</li></ul>`
}
