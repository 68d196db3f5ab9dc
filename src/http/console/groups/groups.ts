// The groups that directories pushed: all of them, one with who is in it, and the level that it gives.
import { readId } from '../../../base/id.ts'
import { readDomains } from '../../../manage/domains/domains.ts'
import { changeGroupLevel } from '../../../manage/domains/scim-groups.ts'
import { readGroupPage, readGroupsOfAll } from '../../../manage/groups.ts'
import { parse } from '../../api/mount/body.ts'
import { groupPatch } from '../../api/scim-groups.ts'
import { type Status, statuses } from '../../explained.ts'
import { numberIn } from '../../form.ts'
import { readChoice, readPage, readSearch } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { levelLabels } from '../level.ts'
import { madeFromIn } from '../made-from.ts'
import { noticeAfter, refusalNotice, requireAnswerable } from '../notice.ts'
import { groupPage, usersOnPage } from './group-page.ts'
import { groupsOnPage, groupsPage, levelChoices } from './list-page.ts'

/** So many can be chosen from. */
const mostDomains = 100

export async function list(call: OrganizationCall): Promise<Response> {
  const { ctx, c, caller } = call
  const params = new URL(c.req.url).searchParams
  const page = readPage(params)
  const filters = {
    q: readSearch(params),
    domain: readId(params.get('domain') ?? ''),
    level: readChoice(params, 'level', levelChoices),
  }
  const { results: domains } = await readDomains(ctx, caller, { limit: mostDomains, offset: 0 })
  const { count, results } = await readGroupsOfAll(ctx, caller, {
    search: filters.q || undefined,
    domainId: filters.domain,
    isLevelled: filters.level && filters.level === 'some',
    limit: groupsOnPage,
    offset: (page - 1) * groupsOnPage,
  })
  return showConsole(call, 200, groupsPage(call, { filters, page, count, groups: results, domains }))
}

export async function show(call: OrganizationCall): Promise<Response> {
  const level = 'The level is set, for everybody in the group now and later.'
  return showGroup(call, noticeAfter(call, { level }), 200)
}

async function showGroup(call: OrganizationCall, notice: Markup | '', status: Status): Promise<Response> {
  const afterId = readId(new URL(call.c.req.url).searchParams.get('after') ?? '') ?? ''
  const place = { domainId: idIn(call, 'domain'), groupId: idIn(call, 'group'), afterId, limit: usersOnPage }
  return showConsole(call, status, groupPage(call, await readGroupPage(call.ctx, call.caller, place), notice))
}

export async function changeLevel(call: OrganizationCall): Promise<Response> {
  const domainId = idIn(call, 'domain')
  const groupId = idIn(call, 'group')
  try {
    const isNone = call.form.get('level') === ''
    const { level } = parse(groupPatch, { level: isNone ? null : numberIn(call.form, 'level') })
    const madeFrom = madeFromIn(call.form, levelLabels)
    await changeGroupLevel(call.ctx, call.caller, { domainId, groupId, level, madeFrom })
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showGroup(call, refusalNotice(refusal), statuses[refusal.kind])
  }
  return call.c.redirect(`/groups/${domainId}/${groupId}?done=level`, 303)
}
