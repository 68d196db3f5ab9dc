// The page before somebody is removed or leaves: what ends with their membership, and what has to be typed.
import { html } from 'hono/html'
import type { Removal } from '../../../manage/members/removal.ts'
import type { Markup } from '../../look/page.ts'
import { csrfField, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import { confirmField } from '../confirmation.ts'
import type { ConsolePage } from '../frame.ts'
import { levelName } from '../level.ts'

export function removalPage(call: OrganizationCall, removal: Removal, notice: Markup | ''): ConsolePage {
  const { user, name, level } = removal.member
  const isSelf = user.id === call.caller.personId
  return {
    title: isSelf ? 'Leave the organization' : 'Remove a member',
    section: 'people',
    path: html`<a href="/members">Members</a> / ${isSelf ? 'leave' : 'remove'}`,
    body: html`${notice}<section><h2>${theirs(name, 120)}</h2>
<dl><dt>Address</dt><dd>${theirs(user.email)}</dd><dt>Level</dt><dd>${levelName(level)}</dd></dl>
<h3>What ends at once</h3>
<ul><li>The membership, with its level and its access to projects</li>${ends(removal)}</ul>
${absent(removal)}
${returning(removal)}
<form method="post" action="/members/${user.id}/remove">${csrfField(call)}
${confirmField(call, user.email)}
<p class="row"><button class="risky">${isSelf ? 'Leave the organization' : 'Remove the member'}</button><a class="button" href="/members">Cancel</a></p></form></section>`,
  }
}

const mostKeys = 50

const ends = ({ sessions, keys, invites, has_more_invites: hasMore, set_up_links: links }: Removal): Markup =>
  html`${sessions === 0 ? '' : html`<li>${sessions === 1 ? '1 session, whose browser is signed out' : `${sessions} sessions, whose browsers are signed out`}</li>`}
${keys.slice(0, mostKeys).map(key => html`<li>API key ${theirs(key.label, 80)} <code>…${theirs(key.hint)}</code>: ${key.lives_on ? 'no longer opens this organization, but stays valid for others' : 'ends'}</li>`)}
${keys.length > mostKeys ? html`<li>and ${keys.length - mostKeys} more API keys</li>` : ''}
${invites.length === 0 ? '' : html`<li>Pending invites that they sent, to ${invites.map((address, at) => html`${at > 0 ? ', ' : ''}${theirs(address, 100)}`)}${hasMore ? ' and others' : ''}</li>`}
${links === 0 ? '' : html`<li>${links === 1 ? 'A set-up link that they sent' : `${links} set-up links that they sent`}</li>`}`

/** What one might expect to end, and is not there. */
function absent({ sessions, keys, invites }: Removal): Markup | '' {
  const missing = [
    ...(sessions === 0 ? ['no open session'] : []),
    ...(keys.length === 0 ? ['no API key for this organization'] : []),
    ...(invites.length === 0 ? ['no pending invite of theirs'] : []),
  ]
  return missing.length === 0 ? '' : html`<p class="soft">They have ${missing.join(', ')}.</p>`
}

function returning({ member: { is_scim_managed: isManaged, domain } }: Removal): Markup | '' {
  if (!isManaged) return ''
  return html`<p class="warn">The directory of ${domain} still has them: its next push may bring them back. Remove them there as well.</p>`
}
