// How the settings of an organization look, and the page before it is deleted.
import { html } from 'hono/html'
import type { Refusal } from '../../../base/refusal.ts'
import { levels } from '../../../domain/level.ts'
import type { Belongings } from '../../../manage/organizations/belongings.ts'
import type { Markup } from '../../look/page.ts'
import { csrfField, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import { confirmField } from '../confirmation.ts'
import type { ConsolePage } from '../frame.ts'
import { levelOptions } from '../level.ts'
import { madeFromField } from '../made-from.ts'
import { noticeAfter, refusalNotice } from '../notice.ts'
import { peopleTabs } from './tabs.ts'

export interface Settings {
  readonly name: string
  readonly members_can_invite: boolean
  readonly default_membership_level: number
}

/** Of what the form changes. */
export const labels = {
  name: 'Name',
  default_membership_level: 'Level of new members',
  members_can_invite: 'Invites by members',
} as const

interface Refused {
  readonly typed: Settings
  readonly refusal: Refusal
}

export function settingsPage(call: OrganizationCall, stored: Settings, refused?: Refused): ConsolePage {
  const settings = refused?.typed ?? stored
  const refusal = refused?.refusal
  return {
    title: 'Organization',
    section: 'people',
    body: html`${peopleTabs(call, 'settings')}${refusal ? refusalNotice(refusal, labels) : noticeAfter(call, { saved: 'Saved.' })}
<section><h2>Settings</h2>
<form method="post" action="/settings">${csrfField(call)}${madeFromField(stored, labels, { form: call.form, refusal })}
<dl><dt><label for="name">${labels.name}</label></dt><dd><input id="name" name="name" required maxlength="64" size="36" value="${settings.name.slice(0, 200)}"></dd>
<dt><label for="level">${labels.default_membership_level}</label></dt><dd><select id="level" name="default_membership_level">${levelOptions([levels.member, levels.admin], settings.default_membership_level)}</select>
<span class="soft small">for people who join by SCIM or JIT, unless a group gives them a level</span></dd>
<dt>Invites</dt><dd><label><input type="checkbox" name="members_can_invite"${settings.members_can_invite ? html` checked` : ''}> Members below admin may invite people too</label></dd></dl>
<button class="main">Save</button></form></section>
${call.caller.level >= levels.owner ? html`<section><h2>Delete the organization</h2><p>With everything in it. You will see the list first.</p><a class="button" href="/settings/delete">Delete …</a></section>` : ''}`,
  }
}

const nouns: readonly (readonly [keyof Belongings['counts'], string, string])[] = [
  ['members', 'membership', 'memberships'],
  ['users', 'person pushed by SCIM', 'people pushed by SCIM'],
  ['groups', 'group', 'groups'],
  ['projects', 'project', 'projects'],
  ['invites', 'invite', 'invites'],
  ['integrations', 'integration', 'integrations'],
  ['legal_documents', 'legal document', 'legal documents'],
]

export const deletionPage = (
  call: OrganizationCall,
  { name, slug, domain_names: domains, counts }: Belongings,
  notice: Markup | '',
): ConsolePage => ({
  title: 'Delete the organization',
  section: 'people',
  path: html`<a href="/settings">Organization</a> / delete`,
  body: html`${notice}<section><h2>${theirs(name)}</h2>
<p>What goes with it, at once and for good:</p>
<ul>${counts.domains === 0 ? '' : html`<li>${counts.domains === 1 ? 'The domain' : `${counts.domains} domains`} ${domains.map((domain, at) => html`${at > 0 ? ', ' : ''}<strong>${domain}</strong>`)}${counts.domains > domains.length ? ' and others' : ''}: nobody can sign in by SAML there any more, and what an identity provider pushes is refused</li>`}
${nouns.filter(([noun]) => counts[noun] > 0).map(([noun, one, many]) => html`<li>${counts[noun]} ${counts[noun] === 1 ? one : many}</li>`)}
<li>The SCIM log, the sign-ins and the audit log; <a href="/audit">take a copy of the audit log first</a></li>
<li>Every API key that opens nothing else</li></ul>
<p class="soft">People stay, and stay members wherever else they are. Vendors of integrations are told.</p>
<form method="post" action="/settings/delete">${csrfField(call)}
${confirmField(call, slug)}
<p class="row"><button class="risky">Delete the organization</button><a class="button" href="/settings">Cancel</a></p></form></section>`,
})
