// Whom it touches to make SAML the only way in, how an owner is let back in if it breaks, and the word that does it.
import { html } from 'hono/html'
import type { Refusal } from '../../../../base/refusal.ts'
import type { Affected, Enforcement } from '../../../../manage/domains/enforcement.ts'
import type { Markup } from '../../../look/page.ts'
import { ago, on, state, theirs } from '../../../look/words.ts'
import { confirmField } from '../../confirmation.ts'
import { levelName } from '../../level.ts'
import { refusalNotice } from '../../notice.ts'
import { openForm } from '../stage.ts'
import type { StepPage, Workplace } from '../stepper.ts'
import { wayBack } from './way-back.ts'

export function enforcementPage(place: Workplace, enforcement: Enforcement, refusal?: Refusal): StepPage {
  const { domain } = enforcement.progress
  const isOn = domain.sso_enforcement === 'saml'
  return {
    title: isOn ? `SAML is enforced for ${domain.domain}` : `Enforce SAML for ${domain.domain}`,
    domain: { id: domain.id, name: domain.domain },
    body: html`${refusal ? refusalNotice(refusal, labels) : ''}
${affectedSection(place, enforcement)}
${wayBack(enforcement, place.ctx.now())}
${isOn ? releaseSection(place, enforcement) : enforceSection(place, enforcement)}
<p><a href="${place.base}#enforce">Back to the steps</a></p>`,
  }
}

const labels = { sso_enforcement: 'Enforcement', confirm: 'The name', way_back: 'The way back' }

const people = (count: number) => (count === 1 ? '1 member' : `${count} members`)

function affectedSection(place: Workplace, enforcement: Enforcement): Markup {
  const { count, people: shown, hasEmailLinks, progress } = enforcement
  const { domain } = progress.domain
  const isOn = progress.domain.sso_enforcement === 'saml'
  const others = shown.filter(({ lastSignIn }) => lastSignIn?.isSaml === false).length
  const never = shown.filter(({ lastSignIn }) => lastSignIn === null).length
  return html`<section><h2>Who is affected</h2>
<p class="verdict">${people(count)} with an address that ends in @${domain}</p>
<ul><li>${
    hasEmailLinks
      ? `${isOn ? 'They have no mailed links' : 'They lose mailed links'}: everybody with such an address, also members of other organizations, has to sign in at the identity provider.`
      : 'Mailed links are switched off on this server already, so nobody loses them.'
  }</li>
<li>Open sessions and API keys stay valid until they end.${isOneOf(place, domain) ? html` <strong>You are one of them.</strong>` : ''}</li>
${others > 0 ? html`<li><span class="warn">${others} of those below last signed in by another way than SAML.</span> Make sure that they are assigned to the application at the identity provider.</li>` : ''}
${never > 0 ? html`<li>${never} of those below have never signed in.</li>` : ''}</ul>
${count === 0 ? html`<p class="empty">No member of this organization has such an address yet.</p>` : affectedTable(shown, place.ctx.now())}
${count > shown.length ? html`<p class="soft small">and ${count - shown.length} more; the latest sign-ins come first. <a href="/members">All members</a></p>` : ''}</section>`
}

const isOneOf = ({ caller: { actor } }: Workplace, domain: string): boolean =>
  actor.type === 'user' && actor.label.endsWith(`@${domain}`)

const affectedTable = (rows: readonly Affected[], now: Date): Markup => html`<table class="cards">
<thead><tr><th scope="col">Who</th><th scope="col">Address</th><th scope="col">Level</th><th scope="col">Last sign-in</th></tr></thead>
<tbody>${rows.map(
  row => html`<tr><th scope="row" class="full"><a href="/people/${row.personId}">${theirs(row.name, 80)}</a></th><td class="full">${row.name === row.email ? '' : theirs(row.email, 120)}</td>
<td data-label="Level">${levelName(row.level)}</td><td data-label="Last sign-in">${lastWay(row, now)}</td></tr>`,
)}</tbody></table>`

function lastWay({ lastSignIn }: Affected, now: Date): Markup {
  if (lastSignIn === null) return html`<span class="soft">never</span>`
  return lastSignIn.isSaml
    ? html`${state('good', 'by SAML')} ${ago(lastSignIn.at, now)}`
    : html`${state('warn', 'not by SAML')} ${ago(lastSignIn.at, now)}`
}

function enforceSection(place: Workplace, { progress }: Enforcement): Markup {
  const { testedAt, domain } = progress
  if (testedAt === null)
    return html`<section><h2>Not yet</h2><p><strong>Nobody has signed in with these settings.</strong> ${domain.has_saml ? html`<a href="${place.base}#test">Test a sign-in</a> first; after one that works you can switch this on.` : html`<a href="${place.base}#saml">Set SAML up</a> and test a sign-in first.`}</p></section>`
  return html`<section><h2>Enforce it</h2>
<p>${state('good', 'tested')} <span class="soft">A sign-in with these settings worked on ${on(testedAt)}.</span></p>
${openForm(
  place,
  { path: '/enforce', part: 'enforce' },
  html`<input type="hidden" name="enforce" value="on">
<p class="check"><input type="checkbox" id="way_back" name="way_back" required${place.form.has('way_back') ? html` checked` : ''}><label for="way_back">I know who can run the command above when SAML fails</label></p>
${confirmField(place, domain.domain)}
<button class="risky">Enforce SAML for ${domain.domain}</button>`,
)}</section>`
}

const releaseSection = (place: Workplace, { progress, hasEmailLinks }: Enforcement): Markup =>
  html`<section><h2>Switch it off</h2>
<p>${hasEmailLinks ? 'Anybody with a mailbox on the domain can then sign in by a mailed link again, even somebody whom the identity provider would refuse.' : 'Mailed links are switched off on this server, so SAML stays the only way in anyway.'}</p>
${openForm(
  place,
  { path: '/enforce', part: 'enforce' },
  html`<input type="hidden" name="enforce" value="off">
${confirmField(place, progress.domain.domain)}
<button class="risky">Stop enforcing SAML</button>`,
)}</section>`
