// The members of an organization: the list, a new level for one of them, and taking one out after what ends with them is told.
import { readRemoval } from '../../../manage/members/removal.ts'
import { changeMember, readRoster, removeMember } from '../../../manage/members.ts'
import { type Status, statuses } from '../../explained.ts'
import type { Markup } from '../../look/page.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { requireTyped } from '../confirmation.ts'
import { showConsole } from '../frame.ts'
import { levelIn, levelLabels } from '../level.ts'
import { madeFromIn } from '../made-from.ts'
import { noticeAfter, refusalNotice, requireAnswerable } from '../notice.ts'
import { paramsOf, queryFor, readFilters } from './filters.ts'
import { membersOnPage, membersPage } from './list-page.ts'
import { removalPage } from './removal-page.ts'

/** Said after the redirect that a form ends in. */
const done = {
  level: 'The level is changed.',
  removed: 'The member is removed. Their sessions, API keys and invites for this organization have ended.',
}

export async function list(call: OrganizationCall): Promise<Response> {
  const params = new URL(call.c.req.url).searchParams
  return showMembers(call, { params, notice: noticeAfter(call, done) })
}

interface Shown {
  readonly params: URLSearchParams
  readonly notice: Markup | ''
  readonly status?: Status
}

async function showMembers(
  call: OrganizationCall,
  { params, notice, status = 200 }: Shown,
): Promise<Response> {
  const filters = readFilters(params)
  const { count, results } = await readRoster(call.ctx, call.caller, queryFor(filters, membersOnPage))
  return showConsole(call, status, membersPage(call, { filters, count, members: results, notice }))
}

export async function changeLevel(call: OrganizationCall): Promise<Response> {
  const personId = idIn(call, 'person')
  const params = new URLSearchParams(call.form.get('back') ?? '')
  try {
    const madeFrom = madeFromIn(new URL(call.c.req.url).searchParams, levelLabels)
    await changeMember(call.ctx, call.caller, { personId, level: levelIn(call.form), madeFrom })
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showMembers(call, { params, notice: refusalNotice(refusal), status: statuses[refusal.kind] })
  }
  const filters = readFilters(params)
  const query = new URLSearchParams({ ...paramsOf(filters), page: String(filters.page), done: 'level' })
  return call.c.redirect(`/members?${query}`, 303)
}

export const confirmRemoval = (call: OrganizationCall): Promise<Response> => showRemoval(call, '', 200)

async function showRemoval(call: OrganizationCall, notice: Markup | '', status: Status): Promise<Response> {
  const removal = await readRemoval(call.ctx, call.caller, idIn(call, 'person'))
  return showConsole(call, status, removalPage(call, removal, notice))
}

/** Whoever left sees the console of another organization of theirs, or that they are in none. */
export async function remove(call: OrganizationCall): Promise<Response> {
  const personId = idIn(call, 'person')
  try {
    const { member } = await readRemoval(call.ctx, call.caller, personId)
    requireTyped(call, member.user.email)
    await removeMember(call.ctx, call.caller, personId)
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showRemoval(call, refusalNotice(refusal), statuses[refusal.kind])
  }
  return call.c.redirect(personId === call.caller.personId ? '/' : '/members?done=removed', 303)
}
