// How the list of groups looks.
import { html } from 'hono/html'
import type { DomainObject } from '../../../manage/domains/view.ts'
import type { GroupOfList } from '../../../manage/groups.ts'
import { pager, selectField } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { ago, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { levelName } from '../level.ts'
import { peopleTabs } from '../members/tabs.ts'

export const groupsOnPage = 50

export const levelChoices = [
  ['some', 'gives a level'],
  ['none', 'gives none'],
] as const

interface Shown {
  readonly filters: {
    readonly q: string
    readonly domain: string | undefined
    readonly level: (typeof levelChoices)[number][0] | undefined
  }
  readonly page: number
  readonly count: number
  readonly groups: readonly GroupOfList[]
  readonly domains: readonly DomainObject[]
}

export function groupsPage(call: OrganizationCall, shown: Shown): ConsolePage {
  const { filters, page, count, groups } = shown
  const set = Object.entries(filters).flatMap(([name, value]) => (value ? [[name, value] as const] : []))
  const query = Object.fromEntries(set)
  return {
    title: 'People',
    section: 'people',
    body: html`${peopleTabs(call, 'groups')}
<section>${filterForm(shown)}
${groups.length === 0 ? nothing(set.length > 0) : table(call, groups)}
${pager({ page, size: groupsOnPage, count, query })}</section>`,
  }
}

const filterForm = ({
  filters: { q, domain, level },
  domains,
}: Shown): Markup => html`<form class="filters" role="search">
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="part of a group’s name" value="${q}"></label>
${selectField({ name: 'domain', label: 'Domain', choices: domains.map(each => [each.id, each.domain]), chosen: domain, none: 'any' })}
${selectField({ name: 'level', label: 'Level', choices: levelChoices, chosen: level, none: 'any' })}
<button class="main">Show</button></form>`

const nothing = (isFiltered: boolean): Markup =>
  isFiltered
    ? html`<p class="empty">No group matches. <a href="/groups">Show all groups</a></p>`
    : html`<p class="empty">No directory has pushed a group yet. Assign groups to the application at the identity provider; in Okta that is “Push Groups”. <a href="/">To the domains</a></p>`

const table = (call: OrganizationCall, groups: readonly GroupOfList[]): Markup => html`<table class="cards">
<thead><tr><th scope="col">Name</th><th scope="col">Domain</th><th scope="col">Members</th><th scope="col">Gives the level</th><th scope="col">Last change</th></tr></thead>
<tbody>${groups.map(
  group => html`<tr><th scope="row" class="full"><a href="/groups/${group.domain_id}/${group.id}">${theirs(group.display ?? '', 100)}</a></th>
<td>${group.domain_name}</td>
<td data-label="Members">${countWords(group)}</td>
<td data-label="Gives">${group.level === null ? html`<span class="soft">none</span>` : levelName(group.level)}</td>
<td class="tight" data-label="Changed">${ago(group.updated_at, call.ctx.now())}</td></tr>`,
)}</tbody></table>`

export function countWords({
  user_count: users,
  group_count: groups,
}: Pick<GroupOfList, 'user_count' | 'group_count'>): string {
  const people = users === 1 ? '1 person' : `${users} people`
  if (groups === 0) return people
  return `${people}, ${groups === 1 ? '1 group' : `${groups} groups`}`
}
