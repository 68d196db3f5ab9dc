// The form that makes a set-up link: whom it is for, what they are to do, and for how long.
import { html } from 'hono/html'
import { type SetUpPart, setUpParts } from '../../../domain/set-up-part.ts'
import { lifetimes, longestLabel, usualLifetime } from '../../../manage/set-up/wish.ts'
import type { Markup } from '../../look/page.ts'
import { csrfField } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import { onceField } from '../once.ts'

export const partNames: Readonly<Record<SetUpPart, string>> = {
  verify: 'Verify',
  saml: 'SAML',
  scim: 'SCIM',
  test: 'Test sign-in',
}

/** How the fields are called that a refusal may name. */
export const labels = { label: 'For whom', send_to: 'Mail it to', parts: 'Steps', days: 'Good for' }

export const linkForm = (call: OrganizationCall, action: string): Markup => html`<section>
<h2>New link</h2>
<form method="post" action="${action}">${csrfField(call)}${onceField()}
<div class="fields"><p><label for="label">For whom</label><input id="label" name="label" maxlength="${longestLabel}" placeholder="a name, a team, a ticket" value="${typed(call, 'label')}"></p>
<p><label for="send_to">Mail it to; left empty, you pass it on yourself</label><input id="send_to" name="send_to" maxlength="254" placeholder="it@example.com" autocapitalize="none" spellcheck="false" value="${typed(call, 'send_to')}"></p>
<p><label for="days">Good for</label><select id="days" name="days">${lifetimes.map(days => dayOption(call, days))}</select></p></div>
<fieldset><legend>Steps</legend><div class="row">${setUpParts.map(part => partBox(call, part))}</div></fieldset>
<p class="soft small">Whoever sets SAML up decides who comes in with which address of the domain: give the link to somebody whom you trust with that.</p>
<button class="main">Make the link</button></form></section>`

const typed = ({ form }: OrganizationCall, name: string): string => form.get(name)?.slice(0, 254) ?? ''

/** All of them at first. */
function partBox({ form }: OrganizationCall, part: SetUpPart): Markup {
  const isChosen = form.has('days') ? form.getAll('parts').includes(part) : true
  return html`<label><input type="checkbox" name="parts" value="${part}"${isChosen ? html` checked` : ''}> ${partNames[part]}</label>`
}

function dayOption({ form }: OrganizationCall, days: number): Markup {
  const isChosen = String(days) === (form.get('days') ?? String(usualLifetime))
  return html`<option value="${days}"${isChosen ? html` selected` : ''}>${days} ${days === 1 ? 'day' : 'days'}</option>`
}
