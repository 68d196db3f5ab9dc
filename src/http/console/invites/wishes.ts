// From the forms for inviting to what the deed is asked for; of a pasted list every line that cannot stand, with why.
import { Refusal } from '../../../base/refusal.ts'
import type { InviteWish } from '../../../manage/invites/invite.ts'
import { findMembersAmong } from '../../../manage/invites/pending.ts'
import { mostAtOnce, newInvite } from '../../api/invites.ts'
import { parse } from '../../api/mount/body.ts'
import { numberIn } from '../../form.ts'
import type { OrganizationCall } from '../call.ts'
import { type PastedLine, readPaste } from './paste.ts'

export interface Problem {
  /** Null: about the whole list. */
  readonly line: { readonly number: number; readonly text: string } | null
  readonly message: string
}

interface Addressee {
  readonly address: string
  readonly firstName: string
}

/** Everything but the addressee is the same for all that are invited at once. Refuses as the API does. */
export function readWish({ form }: OrganizationCall, { address, firstName }: Addressee): InviteWish {
  const access = [...form].flatMap(([name, level]) => {
    const id = /^project-(\d+)$/.exec(name)?.[1]
    return id !== undefined && level !== '' ? [{ id: Number(id), level }] : []
  })
  return parse(newInvite, {
    target_email: address,
    first_name: firstName,
    level: numberIn(form, 'level'),
    message: form.get('message') ?? '',
    private_project_access: access,
    combine_pending_invites: form.get('combine') === 'on',
  })
}

interface ReadList {
  readonly lines: readonly PastedLine[]
  readonly wishes: readonly InviteWish[]
  readonly problems: readonly Problem[]
}

export async function readList(call: OrganizationCall): Promise<ReadList> {
  const lines = readPaste(call.form.get('addresses') ?? '')
  const problems: Problem[] = sizeProblems(lines.length)
  const wishes: InviteWish[] = []
  const firstLines = new Map<string, number>()
  // A whole file that was pasted by mistake is not gone through to its end.
  for (const line of lines.slice(0, mostLooked)) {
    const wish = readLine(call, line)
    const before = wish instanceof Refusal ? undefined : firstLines.get(wish.target_email)
    if (wish instanceof Refusal) problems.push({ line, message: wordsOf(wish) })
    else if (before !== undefined)
      problems.push({ line, message: `Expected each address once; it stands in line ${before} already.` })
    else {
      firstLines.set(wish.target_email, line.number)
      wishes.push(wish)
    }
  }
  problems.push(...(await memberProblems(call, lines, firstLines)))
  return { lines, wishes, problems: problems.sort((a, b) => (a.line?.number ?? 0) - (b.line?.number ?? 0)) }
}

const mostLooked = 100

function sizeProblems(count: number): Problem[] {
  if (count === 0) return [{ line: null, message: 'Expected at least one line with an address, got none.' }]
  if (count <= mostAtOnce) return []
  return [
    {
      line: null,
      message: `Expected at most ${mostAtOnce} lines at once, got ${count}: invite the first ${mostAtOnce}, then the others.`,
    },
  ]
}

function readLine(call: OrganizationCall, line: PastedLine): InviteWish | Refusal {
  if (line.addresses > 1)
    return new Refusal('invalid', 'invalid_input', `Expected one address in a line, got ${line.addresses}.`)
  try {
    return readWish(call, line)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const labels = new Map([
  ['first_name', 'first name'],
  ['level', 'level'],
  ['message', 'message'],
  ['private_project_access', 'access to projects'],
])

function wordsOf({ attr, message }: Refusal): string {
  const label = labels.get(attr?.split('.').at(-1) ?? '')
  return label === undefined ? message : `The ${label}: ${message}`
}

async function memberProblems(
  call: OrganizationCall,
  lines: readonly PastedLine[],
  firstLines: ReadonlyMap<string, number>,
): Promise<Problem[]> {
  const members = await findMembersAmong(call.ctx, call.caller, [...firstLines.keys()])
  return [...members].map(([email, status]) => {
    const number = firstLines.get(email)
    const line = lines.find(each => each.number === number) ?? null
    const what = status === 'active' ? 'a member already' : 'a suspended member'
    return { line, message: `Expected somebody who is no member yet; ${email} is ${what}.` }
  })
}

/** What the deed found after all, put to the line that it is about. */
export function problemOf(refusal: Refusal, lines: readonly PastedLine[]): Problem {
  const place = /^(\d+)\./.exec(refusal.attr ?? '')?.[1]
  const line = place === undefined ? undefined : lines[Number(place)]
  return { line: line ?? null, message: wordsOf(refusal) }
}
