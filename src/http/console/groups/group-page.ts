// How one group looks: the level it gives, who is in it, and the groups inside and around it.
import { html } from 'hono/html'
import { levels } from '../../../domain/level.ts'
import type { GroupPage } from '../../../manage/groups.ts'
import type { Markup } from '../../look/page.ts'
import { ago, csrfField, state, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { levelLabels, levelName } from '../level.ts'
import { madeFromField } from '../made-from.ts'
import { countWords } from './list-page.ts'

export const usersOnPage = 50

export function groupPage(call: OrganizationCall, page: GroupPage, notice: Markup | ''): ConsolePage {
  const { domain, group } = page
  return {
    title: group.display_name,
    section: 'people',
    path: html`<a href="/groups">Groups</a> / ${domain.name}`,
    body: html`${notice}
<div class="two">${facts(call, page)}${levelForm(call, page)}</div>
<section><h2>People in it</h2>${users(call, page)}</section>
${beside(page)}`,
  }
}

const facts = (call: OrganizationCall, { domain, group }: GroupPage): Markup => html`<section><h2>About</h2>
<dl><dt>Name</dt><dd>${theirs(group.display_name)}</dd><dt>Domain</dt><dd><a href="/domains/${domain.id}">${domain.name}</a></dd>
<dt>In it</dt><dd>${countWords(group)}</dd>
<dt>Id here</dt><dd><code>${group.id}</code></dd>
<dt>Id at the identity provider</dt><dd>${group.external_id === null ? html`<span class="soft">none</span>` : html`<code>${theirs(group.external_id)}</code>`}</dd>
<dt>Made</dt><dd>${ago(group.created_at, call.ctx.now())}</dd><dt>Last change</dt><dd>${ago(group.updated_at, call.ctx.now())}</dd>
<dt>SCIM log</dt><dd><a href="/domains/${domain.id}/scim-log?person=${group.id}">what was pushed about it</a></dd></dl></section>`

const choices = [
  [null, 'no level'],
  [levels.member, 'member'],
  [levels.admin, 'admin'],
] as const

function levelForm(call: OrganizationCall, { domain, group, levelled }: GroupPage): Markup {
  const rests = levelled === 1 ? '1 member has' : `${levelled} members have`
  return html`<section><h2>The level it gives</h2>
<p>Everybody in the group, or in a group inside it, has at least this level, including people who are added later. If several groups give a level, the highest counts. Owners stay owners.</p>
<p>${levelled === 0 ? html`<span class="soft">Nobody has their level from this group now.</span>` : html`${rests} their level from this group now; without it they go back to the level of new members, or to what another group gives.`}</p>
<form method="post" action="/groups/${domain.id}/${group.id}/level" class="row">${csrfField(call)}${madeFromField({ level: group.level }, levelLabels)}
<label for="level" class="soft">Gives</label><select id="level" name="level">${choices.map(
    ([level, words]) =>
      html`<option value="${level ?? ''}"${level === group.level ? html` selected` : ''}>${words}</option>`,
  )}</select><button class="main">Set the level</button></form></section>`
}

function users(call: OrganizationCall, { users: all, has_more_users: hasMore }: GroupPage): Markup {
  const last = all.at(-1)
  if (!last)
    return html`<p class="empty">Nobody is in it directly. People whom the identity provider adds to the group appear here.</p>`
  return html`<table class="cards"><thead><tr><th scope="col">Name</th><th scope="col">User name</th><th scope="col">Status</th><th scope="col">Last change</th></tr></thead>
<tbody>${all.map(
    user => html`<tr><th scope="row" class="full">${named(user)}</th><td>${theirs(user.user_name, 100)}</td>
<td>${user.active === 1 ? state('good', 'active') : state('off', 'deactivated')}</td>
<td class="tight" data-label="Changed">${ago(user.updated_at, call.ctx.now())}</td></tr>`,
  )}</tbody></table>
${hasMore ? html`<p class="row"><a class="button push" rel="next" href="?after=${last.id}">Next</a></p>` : ''}`
}

function named({ person_id: personId, display, user_name }: GroupPage['users'][number]): Markup {
  const shown = theirs(display ?? user_name, 100)
  return personId === null ? shown : html`<a href="/people/${personId}">${shown}</a>`
}

function beside({ domain, inside, around, group }: GroupPage): Markup | '' {
  if (inside.length === 0 && around.length === 0) return ''
  const list = (groups: GroupPage['inside']) =>
    html`<ul>${groups.map(each => html`<li><a href="/groups/${domain.id}/${each.id}">${theirs(each.display ?? '', 100)}</a>${each.level === null ? '' : html` <span class="soft small">gives ${levelName(each.level)}</span>`}</li>`)}</ul>`
  return html`<div class="two">
<section><h2>Groups inside it</h2>${inside.length === 0 ? html`<p class="soft">None.</p>` : list(inside)}${group.group_count > inside.length ? html`<p class="soft small">The first ${inside.length} of ${group.group_count}.</p>` : ''}</section>
<section><h2>Groups it is in</h2>${around.length === 0 ? html`<p class="soft">None.</p>` : list(around)}</section></div>`
}
