// What identity providers say of somebody: the SCIM user of each domain, its groups, and the resource as it is stored.
import { html } from 'hono/html'
import type { PersonView } from '../../../manage/people/person.ts'
import type { Markup } from '../../look/page.ts'
import { ago, beginningWithin, readable, state, theirs } from '../../look/words.ts'

type User = PersonView['users'][number]

export const directorySections = ({ users }: PersonView, now: Date): Markup =>
  html`${users.map(user => directorySection(user, { now, mostBytes: Math.floor(shownBytes / users.length) }))}`

/** Of all resources together. A photo or a long list may be in them; the page stays light. */
const shownBytes = 6000

interface Shown {
  readonly now: Date
  readonly mostBytes: number
}

function directorySection(user: User, { now, mostBytes }: Shown): Markup {
  const { id, domainId, domain, isActive, externalId, groups, resource, createdAt, updatedAt } = user
  return html`<section><div class="row"><h2>SCIM of ${domain}</h2>${isActive ? state('good', 'active') : state('bad', 'inactive')}</div>
<dl><dt>User name</dt><dd>${theirs(String(resource.userName ?? ''), 254)}</dd>
<dt>External id</dt><dd>${externalId === null ? html`<span class="soft">none</span>` : html`<code>${theirs(externalId, 120)}</code>`}</dd>
<dt>Groups</dt><dd>${groupList(user, groups)}</dd>
<dt>Created</dt><dd>${ago(createdAt, now)}</dd><dt>Changed</dt><dd>${ago(updatedAt, now)}</dd></dl>
<details><summary>The resource as JSON</summary>${json(resource, mostBytes)}</details>
<p><a href="/domains/${domainId}/scim-log?person=${id}">Its requests in the SCIM log</a></p></section>`
}

const mostGroups = 20

function groupList({ domainId }: User, groups: User['groups']): Markup {
  if (groups.length === 0) return html`<span class="soft">none</span>`
  const rest = groups.length - mostGroups
  return html`${groups
    .slice(0, mostGroups)
    .map(
      ({ id, name }, at) =>
        html`${at > 0 ? ', ' : ''}<a href="/groups/${domainId}/${id}">${theirs(name, 60)}</a>`,
    )}${rest > 0 ? ` and ${rest} more` : ''}`
}

function json(resource: unknown, mostBytes: number): Markup {
  const text = JSON.stringify(resource, null, 2)
  const shown = beginningWithin(text, mostBytes)
  const rest = text.length - shown.length
  return html`<pre tabindex="0" aria-label="The resource as JSON">${readable(shown)}${rest > 0 ? '…' : ''}</pre>
${rest > 0 ? html`<p class="soft small">${rest} more characters are not shown here; SCIM has them.</p>` : ''}`
}
