// The invites of an organization: the list, one or several new ones, a new link, the end of one, and the set-up left to somebody.
import { Refusal } from '../../../base/refusal.ts'
import { delegateSetup } from '../../../manage/invites/delegate.ts'
import type { InviteLink } from '../../../manage/invites/link.ts'
import { readPendingInvites } from '../../../manage/invites/pending.ts'
import { resendInvite } from '../../../manage/invites/resend.ts'
import { issueInvites, mayInvite, removeInvite, requireInviter } from '../../../manage/invites.ts'
import { readProjects } from '../../../manage/organizations/projects.ts'
import { delegation } from '../../api/invites.ts'
import { parse } from '../../api/mount/body.ts'
import { type Status, statuses } from '../../explained.ts'
import { readChoice, readPage, readSearch } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { noticeAfter, refusalNotice, requireAnswerable } from '../notice.ts'
import { once } from '../once.ts'
import { linksPage } from './links-page.ts'
import { invitesOnPage, invitesPage, stateChoices } from './list-page.ts'
import { setUpPage } from './set-up-page.ts'
import { severalPage } from './several-page.ts'
import { type Problem, problemOf, readList, readWish } from './wishes.ts'

/** So many can be chosen from. */
const mostProjects = 50

/** Said after the redirect that a form ends in. */
const done = {
  invited: 'The mail is on its way. Invites that are not answered yet are listed below.',
  resent: 'A mail with a new link is on its way; the earlier link no longer works.',
  deleted: 'The invite is deleted; its link no longer works.',
  delegated: 'They have been asked to finish the set-up. Their invite is listed below.',
}

export function list(call: OrganizationCall): Promise<Response> {
  return showInvites(call, noticeAfter(call, done), 200)
}

async function showInvites(call: OrganizationCall, notice: Markup | '', status: Status): Promise<Response> {
  const { ctx, c, caller } = call
  const params = new URL(c.req.url).searchParams
  const q = readSearch(params).toLowerCase()
  const state = readChoice(params, 'state', stateChoices)
  const page = readPage(params)
  const now = ctx.now().toISOString()
  const { count, results } = await readPendingInvites(ctx, caller, {
    search: q || undefined,
    liveAt: state === 'live' ? now : undefined,
    expiredAt: state === 'expired' ? now : undefined,
    limit: invitesOnPage,
    offset: (page - 1) * invitesOnPage,
  })
  const isOpen = await mayInvite(ctx, caller)
  const projects = isOpen ? await projectsOf(call) : []
  const shown = { q, state, page, count, invites: results, projects, mayInvite: isOpen, notice }
  return showConsole(call, status, invitesPage(call, shown))
}

const projectsOf = async ({ ctx, caller }: OrganizationCall) =>
  (await readProjects(ctx, caller, { limit: mostProjects, offset: 0 })).results

export async function create(call: OrganizationCall): Promise<Response> {
  const { ctx, caller, form } = call
  try {
    await requireInviter(ctx, caller)
    const wish = readWish(call, {
      address: form.get('address') ?? '',
      firstName: form.get('first_name') ?? '',
    })
    return await answerWith(call, 'invited', await once(call, () => issueInvites(ctx, caller, [wish])))
  } catch (error) {
    const { kind, code, message, attr } = requireAnswerable(error)
    // The only one of a list of one.
    const refusal = new Refusal(kind, code, message, attr?.replace(/^0\./, '') ?? null)
    return showInvites(call, refusalNotice(refusal, labels), statuses[kind])
  }
}

const labels = { target_email: 'Address', first_name: 'First name', level: 'Level', message: 'Message' }

/** Links that nobody mails are shown, this once. */
function answerWith(
  call: OrganizationCall,
  what: 'invited' | 'resent',
  links: readonly InviteLink[],
): Response | Promise<Response> {
  if (links.some(({ url }) => url !== null)) return showConsole(call, 200, linksPage(links))
  return call.c.redirect(`/pending-invites?done=${what}`, 303)
}

export async function showSeveral(call: OrganizationCall): Promise<Response> {
  await requireInviter(call.ctx, call.caller)
  return showConsole(call, 200, severalPage(call, await projectsOf(call), []))
}

export async function createSeveral(call: OrganizationCall): Promise<Response> {
  await requireInviter(call.ctx, call.caller)
  const { lines, wishes, problems } = await readList(call)
  if (problems.length > 0) return refuseSeveral(call, problems, 400)
  try {
    const links = await once(call, () => issueInvites(call.ctx, call.caller, wishes))
    return await answerWith(call, 'invited', links)
  } catch (error) {
    const refusal = requireAnswerable(error)
    return refuseSeveral(call, [problemOf(refusal, lines)], statuses[refusal.kind])
  }
}

const refuseSeveral = async (call: OrganizationCall, problems: readonly Problem[], status: Status) =>
  showConsole(call, status, severalPage(call, await projectsOf(call), problems))

export async function resend(call: OrganizationCall): Promise<Response> {
  try {
    const id = idIn(call, 'id')
    const link = await once(call, () => resendInvite(call.ctx, call.caller, id))
    return await answerWith(call, 'resent', [link])
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showInvites(call, refusalNotice(refusal), statuses[refusal.kind])
  }
}

export async function remove(call: OrganizationCall): Promise<Response> {
  await removeInvite(call.ctx, call.caller, idIn(call, 'id'))
  return call.c.redirect('/pending-invites?done=deleted', 303)
}

export const showSetUp = (call: OrganizationCall) => showConsole(call, 200, setUpPage(call, ''))

export async function delegate(call: OrganizationCall): Promise<Response> {
  const { ctx, caller, form } = call
  try {
    const wish = parse(delegation, {
      target_email: form.get('address') ?? '',
      message: form.get('message') ?? '',
      step_at_delegation: form.get('step') ?? '',
    })
    await delegateSetup(ctx, caller, wish)
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showConsole(call, statuses[refusal.kind], setUpPage(call, refusalNotice(refusal, labels)))
  }
  return call.c.redirect('/pending-invites?done=delegated', 303)
}
