// How the list of members looks: the filters, a row for each with where they come from, and the level that can be changed.
import { html } from 'hono/html'
import { levels } from '../../../domain/level.ts'
import type { ListedMember } from '../../../manage/members/view.ts'
import { pager, selectField } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { ago, state, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { levelLabels, levelName, levelsUpTo } from '../level.ts'
import { madeFromQuery } from '../made-from.ts'
import { rowButton, rowForm } from '../row-form.ts'
import { type Filters, levelChoices, orders, origins, paramsOf, statuses } from './filters.ts'
import { peopleTabs } from './tabs.ts'

export const membersOnPage = 35

interface Shown {
  readonly filters: Filters
  readonly count: number
  readonly members: readonly ListedMember[]
  /** What came of the form that was sent. */
  readonly notice: Markup | ''
}

export const membersPage = (call: OrganizationCall, shown: Shown): ConsolePage => ({
  title: 'People',
  section: 'people',
  body: html`${peopleTabs(call, 'members')}${shown.notice}
<section>${filterForm(shown.filters)}
${shown.members.length === 0 ? nothing(call) : table(call, shown)}
${pager({ page: shown.filters.page, size: membersOnPage, count: shown.count, query: paramsOf(shown.filters) })}</section>`,
})

const filterForm = ({
  q,
  level,
  origin,
  status,
  order,
}: Filters): Markup => html`<form class="filters" role="search">
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="a name or an address, or something like it" value="${q}"></label>
${selectField({ name: 'level', label: 'Level', choices: levelChoices, chosen: level, none: 'any' })}
${selectField({ name: 'origin', label: 'Joined by', choices: origins, chosen: origin, none: 'any' })}
${selectField({ name: 'status', label: 'Status', choices: statuses, chosen: status, none: 'any' })}
${selectField({ name: 'order', label: 'Order', choices: orders, chosen: order })}
<button class="main">Show</button></form>`

const nothing = ({ caller }: OrganizationCall): Markup =>
  html`<p class="empty">Nobody matches. <a href="/members">Show everybody</a>${
    caller.level >= levels.admin
      ? html`, <a href="/pending-invites">invite somebody</a>, or check <a href="/people">whether an address can sign in</a>`
      : ''
  }.</p>`

const table = (
  call: OrganizationCall,
  shown: Shown,
): Markup => html`${rowForm(call, comingBack(shown.filters))}<table class="cards">
<thead><tr><th scope="col">Name</th><th scope="col">Level</th><th scope="col">Joined by</th><th scope="col">Status</th><th scope="col">Joined</th><th scope="col">Last sign-in</th><th scope="col">Change</th></tr></thead>
<tbody>${shown.members.map(member => row(call, member))}</tbody></table>`

/** To the same list. */
const comingBack = (filters: Filters): Markup =>
  html`<input type="hidden" name="back" value="${new URLSearchParams({ ...paramsOf(filters), page: String(filters.page) })}">`

function row(call: OrganizationCall, member: ListedMember): Markup {
  const now = call.ctx.now()
  return html`<tr><th scope="row" class="full">${who(call, member)}</th>
<td>${levelName(member.level)}${levelGroup(call, member)}</td>
<td data-label="Joined by">${origin(member)}</td>
<td>${member.status === 'active' ? state('good', 'active') : state('bad', 'suspended')}</td>
<td class="tight" data-label="Joined">${ago(member.joined_at, now)}</td>
<td class="tight" data-label="Last sign-in">${member.last_login === null ? html`<span class="soft">never</span>` : ago(member.last_login, now)}</td>
<td class="full">${change(call, member)}</td></tr>`
}

function who({ caller }: OrganizationCall, { user, name }: ListedMember): Markup {
  const shown = theirs(name, 80)
  const linked = caller.level >= levels.admin ? html`<a href="/people/${user.id}">${shown}</a>` : shown
  const isSelf = user.id === caller.personId
  return html`${linked}${isSelf ? html` <span class="soft small">you</span>` : ''}${name === user.email ? '' : html`<br><span class="soft small">${theirs(user.email, 100)}</span>`}`
}

function levelGroup({ caller }: OrganizationCall, { level_group: group }: ListedMember): Markup | '' {
  if (group === null) return ''
  const name = theirs(group.name, 40)
  const linked =
    caller.level >= levels.admin ? html`<a href="/groups/${group.domainId}/${group.id}">${name}</a>` : name
  return html`<br><span class="soft small">by ${linked}</span>`
}

function origin({ origin: name, is_scim_managed: isManaged, domain }: ListedMember): Markup {
  const words = origins.find(([value]) => value === name)?.[1] ?? name
  return html`${words}${isManaged ? html` <span class="soft small">${name === 'scim' ? '' : 'now SCIM of '}${domain}</span>` : ''}`
}

/** Nobody changes themselves or whoever is above them; everybody may leave. */
function change({ caller }: OrganizationCall, member: ListedMember): Markup | '' {
  const { id } = member.user
  if (id === caller.personId) return html`<a href="/members/${id}/remove">Leave …</a>`
  if (caller.level < levels.admin || member.level > caller.level) return ''
  const seen = madeFromQuery({ level: member.level }, levelLabels)
  const others = levelsUpTo(caller.level).filter(level => level !== member.level)
  return html`<details><summary>Change …</summary><div class="row">
${others.map(level => rowButton({ to: `/members/${id}/level${seen}`, words: `Make ${levelName(level)}`, value: ['level', level] }))}
<a href="/members/${id}/remove">Remove …</a></div></details>`
}
