// Somebody as one organization knows them: as a member, by what its identity providers pushed, or by an address alone.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { addressIn } from '../../domain/address.ts'
import type { Db } from '../../store/db.ts'
import { findMember, type Member } from '../../store/organization/members.ts'
import { findPerson, findPersonByEmail, type Person } from '../../store/organization/people.ts'
import { lastId, listAuditAbout, listAuditOfTarget } from '../../store/records/audit-about.ts'
import {
  type FormerUser,
  findFormerUser,
  findUserIn,
  listFormerUsersOf,
  listUsersOfPerson,
  type PlacedUser,
} from '../../store/resources/former-users.ts'
import type { Caller } from '../caller.ts'
import { nameOf } from '../user-basic.ts'

export interface Subject {
  /** Null for a user without a person, and for an address that nobody here has. */
  readonly personId: string | null
  readonly name: string
  /** Theirs as the organization knows it, which for somebody who has left may be an old one. */
  readonly address: string | null
  readonly member: Member | undefined
  readonly users: readonly PlacedUser[]
  readonly former: readonly FormerUser[]
}

type Found = { readonly subject: Subject } | { readonly otherId: string }

/**
 * By the id of a person or a user. What else is stored of a person is another organization's: only members show the name
 * and the address that they have now. Missing where this organization knows nothing of them, as it is for nobody.
 */
export async function findSubject(ctx: Context, { organizationId }: Caller, id: string): Promise<Found> {
  const person = await findPerson(ctx.db, id)
  const subject = person && (await readSubject(ctx.db, organizationId, person))
  if (subject) return { subject }
  const user = await findUserIn(ctx.db, organizationId, id)
  if (user && user.person_id === null) return { subject: userAlone(user) }
  const personId = user?.person_id ?? (await findFormerUser(ctx.db, organizationId, id))?.person_id
  if (!personId) throw missing()
  return { otherId: personId }
}

/** Somebody who has no other page here: whoever has the address elsewhere is not found by it. */
export async function findSubjectByAddress(
  ctx: Context,
  { organizationId }: Caller,
  address: string,
): Promise<Found> {
  const person = await findPersonByEmail(ctx.db, address)
  const subject = person && (await readSubject(ctx.db, organizationId, person))
  // Whoever left and has taken this address on since is somebody else here.
  if (subject?.personId && subject.address === address) return { otherId: subject.personId }
  return {
    subject: { personId: null, name: address, address, member: undefined, users: [], former: [] },
  }
}

async function readSubject(db: Db, organizationId: string, person: Person): Promise<Subject | undefined> {
  const personId = person.id
  const [member, users, former] = await Promise.all([
    findMember(db, organizationId, personId),
    listUsersOfPerson(db, organizationId, personId),
    listFormerUsersOf(db, organizationId, personId),
  ])
  const known = { personId, member, users, former }
  if (member) return { ...known, name: nameOf(person), address: person.email }
  const [user] = users
  if (user) return { ...known, name: nameIn(user), address: user.email }
  const label = await findLastLabel(db, organizationId, { personId, former })
  return label === undefined ? undefined : { ...known, name: label, address: addressIn(label) ?? null }
}

const userAlone = (user: PlacedUser): Subject => ({
  personId: null,
  name: nameIn(user),
  address: user.email,
  member: undefined,
  users: [user],
  former: [],
})

function nameIn({ doc, user_name }: PlacedUser): string {
  const { displayName } = JSON.parse(doc) as { displayName?: unknown }
  return typeof displayName === 'string' && displayName !== '' ? displayName : user_name
}

/** How they were called when the audit log last named them; rows about keys and organizations name something else. */
async function findLastLabel(
  db: Db,
  organizationId: string,
  { personId, former }: Pick<Subject, 'former'> & { personId: string },
): Promise<string | undefined> {
  const newest = { before: lastId, limit: 20 }
  const rows = await listAuditAbout(db, { organizationId, subject: personId }, newest)
  const named = rows.find(({ target_type: type }) => ['member', 'session', 'person', 'user'].includes(type))
  const [gone] = former
  if (named || !gone) return named?.target_label ?? (rows.length > 0 ? personId : undefined)
  const [last] = await listAuditOfTarget(db, { organizationId, subject: gone.user_id }, newest)
  return last?.target_label ?? gone.user_id
}
