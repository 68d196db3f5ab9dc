// The facts beside a person's timeline: the membership and what can be done about it, sessions, names at identity providers.
import { html } from 'hono/html'
import { levels } from '../../../domain/level.ts'
import { mostSessions, type PersonView } from '../../../manage/people/person.ts'
import type { Markup } from '../../look/page.ts'
import { ago, csrfField, on, state, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import { levelLabels, levelName, levelOptions, levelsUpTo } from '../level.ts'
import { madeFromField } from '../made-from.ts'
import { rowButton, rowForm } from '../row-form.ts'

export function membershipSection(
  call: OrganizationCall,
  { member, subject, keyCount, invite }: PersonView,
): Markup {
  const now = call.ctx.now()
  const address = html`<dt>Address</dt><dd>${subject.address === null ? html`<span class="soft">none is known</span>` : theirs(subject.address, 254)}</dd>`
  if (!member) {
    return html`<section id="membership"><div class="row"><h2>Membership</h2>${state('off', 'none')}</div>
<dl>${address}${invite ? html`<dt>Invite</dt><dd>as ${levelName(invite.level)}, ${invite.expires_at > now.toISOString() ? html`until ${on(invite.expires_at)}` : html`expired ${ago(invite.expires_at, now)}`}</dd>` : ''}</dl></section>`
  }
  return html`<section id="membership"><div class="row"><h2>Membership</h2>${member.status === 'active' ? state('good', 'active') : state('bad', 'suspended')}</div>
<dl>${address}
<dt>Level</dt><dd>${levelName(member.level)}${levelGroup(member)}</dd>
<dt>Joined by</dt><dd>${origins[member.origin]}${member.is_scim_managed && member.origin !== 'scim' ? html`, now by SCIM of ${member.domain ?? ''}` : ''}</dd>
<dt>Joined</dt><dd>${ago(member.joined_at, now)}</dd>
<dt>Last sign-in</dt><dd>${member.last_login === null ? html`<span class="soft">never</span>` : ago(member.last_login, now)}</dd>
<dt>API keys</dt><dd>${keyCount === 0 ? 'none' : keyCount === 1 ? '1 opens this organization' : `${keyCount} open this organization`}</dd></dl>
${deeds(call, member)}</section>`
}

type Member = NonNullable<PersonView['member']>

const origins: Readonly<Record<Member['origin'], string>> = {
  scim: 'SCIM',
  jit: 'signing in, just in time',
  invite: 'an invite',
  founder: 'hand',
}

const levelGroup = ({ level_group: group }: Member): Markup | '' =>
  group === null
    ? ''
    : html`, given by the group <a href="/groups/${group.domainId}/${group.id}">${theirs(group.name, 60)}</a>`

/** Nobody changes themselves, or whoever is above them. */
function deeds({ caller, ...call }: OrganizationCall, { user: { id }, level }: Member): Markup {
  if (id === caller.personId)
    return html`<p class="soft small">This is you. <a href="/members/${id}/remove">Leave the organization …</a></p>`
  if (level > caller.level)
    return html`<p class="soft small">Only ${levels.owner === level ? 'an owner' : 'somebody of that level'} can change this member.</p>`
  return html`<form method="post" action="/people/${id}/level" class="row">${csrfField(call)}${madeFromField({ level }, levelLabels)}
<label for="level" class="soft">New level</label><select id="level" name="level">${levelOptions(levelsUpTo(caller.level), level)}</select><button>Set</button></form>
<p><a href="/members/${id}/remove">Remove the member …</a></p>`
}

const methods = { saml: 'SAML', email: 'a link in a mail', owner: 'the operator’s link' } as const

export function sessionsSection(call: OrganizationCall, { sessions, subject, domains }: PersonView): Markup {
  const now = call.ctx.now()
  if (sessions.length === 0)
    return html`<section id="sessions"><h2>Sessions</h2><p class="soft">Not signed in to this organization.</p></section>`
  const names = new Map(domains.map(({ id, name }) => [id, name]))
  const count = sessions.length < mostSessions ? String(sessions.length) : `the newest ${mostSessions}`
  return html`<section id="sessions"><div class="row"><h2>Sessions</h2><span class="soft small">${count}</span></div>
<ul class="plain">${sessions.map(
    ({ method, domain_id: domainId, ip, signed_in_at: since, last_seen_at: seen, expires_at: until }) =>
      html`<li>By ${methods[method]}${domainId === null ? '' : html` of ${names.get(domainId) ?? ''}`}${ip === null ? '' : html` from <code>${ip}</code>`}
<br><span class="soft small">since ${ago(since, now)}, ${seen === null ? 'not seen after that' : html`last seen ${ago(seen, now)}`}, ends ${on(until)}</span></li>`,
  )}</ul>
<details><summary>End all …</summary>
<p>Each of these browsers is signed out at once, whatever it was doing; unsaved work is lost. The membership, API keys and invites stay, and they can sign in again. Sessions that began in another organization are not ended.</p>
<form method="post" action="/people/${subject.personId}/sessions/end">${csrfField(call)}<button class="risky">End all sessions</button></form></details></section>`
}

const mostNames = 5

export function namesSection(call: OrganizationCall, { identities, subject }: PersonView): Markup | '' {
  if (identities.length === 0) return ''
  const now = call.ctx.now()
  const to = `/people/${subject.personId}/names/untie`
  const rest = identities.length - mostNames
  return html`<section id="names"><h2>Names at identity providers</h2>
<p class="soft small">A NameID finds somebody even after their address has changed.</p>
${rowForm(call)}<ul class="plain">${identities.slice(0, mostNames).map(
    ({ domain_id: domainId, domain, name_id: nameId, created_at: at }) =>
      html`<li><code>${theirs(nameId, 120)}</code><br><span class="soft small">at SAML of ${domain}, last used ${ago(at, now)}</span>
<details><summary>Untie …</summary><p>Whoever signs in with this name next is found by their address instead, and the name is then theirs.</p>
${rowButton({ to, words: 'Untie this name', isRisky: true, value: ['name', `${domainId} ${nameId}`] })}</details></li>`,
  )}</ul>${rest > 0 ? html`<p class="soft small">and ${rest} more</p>` : ''}</section>`
}
