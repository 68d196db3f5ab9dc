// A person's page: by the id of the person or of a user, or by an address; and the forms on it.
import { readId } from '../../../base/id.ts'
import { readAddress } from '../../../domain/address.ts'
import { type Domain, domainOfAddress } from '../../../domain/domain.ts'
import { changeMember } from '../../../manage/members.ts'
import { endSessions as endAllSessions, unlinkName } from '../../../manage/people/access.ts'
import { readPerson } from '../../../manage/people/person.ts'
import { findSubject, findSubjectByAddress, type Subject } from '../../../manage/people/subject.ts'
import { readTimeline } from '../../../manage/people/timeline.ts'
import { type Status, statuses } from '../../explained.ts'
import { readChoice } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { levelIn, levelLabels } from '../level.ts'
import { madeFromIn } from '../made-from.ts'
import { noticeAfter, refusalNotice, requireAnswerable } from '../notice.ts'
import { lookUpPage, personPage } from './page.ts'
import { kinds } from './timeline-section.ts'

const entriesOnPage = 15

/** Said after the redirect that a form ends in. */
const done = {
  level: 'The level is changed.',
  sessions: 'All their sessions are ended.',
  'no-sessions': 'There was no session to end.',
  untied: 'The name no longer stands for anybody.',
}

interface Happened {
  readonly notice: Markup | ''
  readonly status: Status
}

export async function show(call: OrganizationCall): Promise<Response> {
  const found = await findSubject(call.ctx, call.caller, idIn(call, 'id'))
  if ('otherId' in found) return call.c.redirect(`/people/${found.otherId}`, 303)
  return showSubject(call, found.subject, { notice: noticeAfter(call, done), status: 200 })
}

const paramsOf = ({ c }: OrganizationCall) => new URL(c.req.url).searchParams

/** An address shows what this organization knows by it, the same whether or not others know more. */
export async function lookUp(call: OrganizationCall): Promise<Response> {
  const typed = paramsOf(call).get('email')?.trim() ?? ''
  if (typed === '') return showConsole(call, 200, lookUpPage({ typed, notice: '' }))
  try {
    const found = await findSubjectByAddress(call.ctx, call.caller, readAddress(typed.slice(0, 254)))
    if ('otherId' in found) return call.c.redirect(`/people/${found.otherId}`, 303)
    return await showSubject(call, found.subject, { notice: '', status: 200 })
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showConsole(call, statuses[refusal.kind], lookUpPage({ typed, notice: refusalNotice(refusal) }))
  }
}

async function showSubject(
  call: OrganizationCall,
  subject: Subject,
  { notice, status }: Happened,
): Promise<Response> {
  const { ctx, caller } = call
  const params = paramsOf(call)
  const kind = readChoice(params, 'show', kinds)
  const before = readId(params.get('before') ?? '')
  const [view, { entries, hasOlder }] = await Promise.all([
    readPerson(ctx, caller, subject),
    readTimeline(ctx, caller, { subject, kind, before, limit: entriesOnPage }),
  ])
  const isByAddress = subject.personId === null && subject.users.length === 0
  const timeline = {
    entries,
    hasOlder,
    isNewest: before === undefined,
    kind,
    query: isByAddress ? { email: subject.address ?? '' } : {},
    domains: new Map(view.domains.map(({ id, name }) => [id, name])),
    address: subject.address,
    pushing: pushingFor(subject, view.domains),
    userIds: new Set([...subject.users.map(({ id }) => id), ...subject.former.map(each => each.user_id)]),
    now: ctx.now(),
  }
  return showConsole(call, status, personPage(call, { view, timeline, notice }))
}

const mostPushing = 5

/** Whose directory would push them: that of their address or of their users, else any. */
function pushingFor({ address, users }: Subject, domains: readonly Domain[]): Domain[] {
  const own = new Set(users.map(user => user.domain_id))
  const named = address === null ? undefined : domainOfAddress(address)
  const all = domains.filter(({ scimEnabled }) => scimEnabled)
  const theirs = all.filter(({ id, name }) => own.has(id) || name === named)
  return (theirs.length > 0 ? theirs : all).slice(0, mostPushing)
}

/** Does what a form asks for; a refusal is shown on the page itself. */
async function act(call: OrganizationCall, deed: (subject: Subject) => Promise<string>): Promise<Response> {
  const id = idIn(call, 'id')
  const found = await findSubject(call.ctx, call.caller, id)
  const personId = 'otherId' in found ? found.otherId : found.subject.personId
  try {
    if ('otherId' in found) return call.c.redirect(`/people/${personId}`, 303)
    const words = await deed(found.subject)
    return call.c.redirect(`/people/${id}?${new URLSearchParams({ done: words })}`, 303)
  } catch (error) {
    const refusal = requireAnswerable(error)
    if ('otherId' in found) throw error
    return showSubject(call, found.subject, {
      notice: refusalNotice(refusal),
      status: statuses[refusal.kind],
    })
  }
}

export const changeLevel = (call: OrganizationCall): Promise<Response> =>
  act(call, async ({ personId }) => {
    const madeFrom = madeFromIn(call.form, levelLabels)
    const change = { personId: personId ?? '', level: levelIn(call.form), madeFrom }
    await changeMember(call.ctx, call.caller, change)
    return 'level'
  })

export const endSessions = (call: OrganizationCall): Promise<Response> =>
  act(call, async subject =>
    (await endAllSessions(call.ctx, call.caller, subject)) > 0 ? 'sessions' : 'no-sessions',
  )

export const untie = (call: OrganizationCall): Promise<Response> =>
  act(call, async subject => {
    const [domain = '', ...name] = (call.form.get('name') ?? '').split(' ')
    const domainId = readId(domain) ?? ''
    await unlinkName(call.ctx, call.caller, { subject, domainId, nameId: name.join(' ') })
    return 'untied'
  })
