// What a push does to people: which person stands behind a user, and when that person's own names and address follow.
import { domainOfAddress } from '../../domain/domain.ts'
import { invalidValue } from '../../scim/errors.ts'
import type { Db } from '../../store/db.ts'
import { listVerifiedNames } from '../../store/domain/domains.ts'
import { belongsElsewhere } from '../../store/organization/members.ts'
import {
  ensurePerson,
  findPerson,
  findPersonByEmail,
  type Person,
  updatePerson,
} from '../../store/organization/people.ts'
import type { Push } from '../push.ts'
import type { Identity } from './identity.ts'
import { admit, remove, suspend } from './membership.ts'

interface Step {
  readonly userId: string
  readonly now: string
}

/** Finds or makes the person of a new user and gives them their membership. Null when the user names no address. */
export async function welcome(
  tx: Db,
  push: Push,
  step: Step & { identity: Identity },
): Promise<string | null> {
  const { identity, now } = step
  const { address } = identity
  if (address === undefined) {
    push.story.effects.push('no person stands behind it, since it names no address')
    return null
  }
  const isOurs = await ownsAddress(tx, push, address)
  if (!isOurs) refuseForeign(push, address)
  const known = await findPersonByEmail(tx, address)
  if (known) await follow(tx, push, { person: known, identity, now })
  const { firstName, lastName } = identity
  const person =
    known ?? (await ensurePerson(tx, { email: address, firstName, lastName, isEmailVerified: isOurs, now }))
  const enter = identity.isActive ? admit : suspend
  await enter(tx, push, { ...step, person, isNew: known === undefined })
  return person.id
}

/** What a changed user means for its person. Returns who stands behind the user now. */
export async function accompany(
  tx: Db,
  push: Push,
  step: Step & { personId: string | null; before: Identity; after: Identity },
): Promise<string | null> {
  const { personId, before, after, now } = step
  if (isSameIdentity(before, after)) return personId
  const person = personId === null ? undefined : await findPerson(tx, personId)
  if (!person) return welcome(tx, push, { ...step, identity: after })
  const { address } = after
  if (address !== undefined && address !== before.address && !(await ownsAddress(tx, push, address))) {
    refuseForeign(push, address)
  }
  await follow(tx, push, { person, identity: after, now })
  if (before.isActive && !after.isActive) await suspend(tx, push, { ...step, person, isNew: false })
  if (!before.isActive && after.isActive) await admit(tx, push, { ...step, person, isNew: false })
  return person.id
}

/** The user is gone. */
export async function dismiss(tx: Db, push: Push, step: Step & { personId: string | null }): Promise<void> {
  const person = step.personId === null ? undefined : await findPerson(tx, step.personId)
  if (person) await remove(tx, push, { ...step, person, isNew: false })
}

/**
 * Takes names and address over from the identity provider, if it may decide about this person: the old and the new
 * address are on verified domains of the organization, and the person belongs to no other organization. An address
 * that another person has already stays where it is; the user keeps its person.
 */
async function follow(
  tx: Db,
  push: Push,
  { person, identity, now }: { person: Person; identity: Identity; now: string },
): Promise<void> {
  const { firstName, lastName, address = person.email } = identity
  const hasNames = firstName !== '' || lastName !== ''
  const names = hasNames
    ? { first_name: firstName, last_name: lastName }
    : { first_name: person.first_name, last_name: person.last_name }
  const isSame =
    names.first_name === person.first_name && names.last_name === person.last_name && address === person.email
  if (isSame) return
  const { effects } = push.story
  if (await belongsElsewhere(tx, push.token.domain.organizationId, person.id)) {
    effects.push('the name and address of the person stay, since they also belong to another organization')
  } else if (!(await ownsAddress(tx, push, person.email)) || !(await ownsAddress(tx, push, address))) {
    effects.push(
      'the name and address of the person stay, since the address is on no verified domain of yours',
    )
  } else if (address !== person.email && (await findPersonByEmail(tx, address))) {
    effects.push('the address of the person stays, since another person has the new one')
    await updatePerson(tx, person.id, { ...names, updated_at: now })
  } else {
    effects.push('the person was updated')
    await updatePerson(tx, person.id, { ...names, email: address, updated_at: now })
  }
}

async function ownsAddress(tx: Db, push: Push, address: string): Promise<boolean> {
  const { domain } = push.token
  const name = domainOfAddress(address)
  if (name === undefined) return false
  if (name === domain.name && domain.isVerified) return true
  return (await listVerifiedNames(tx, domain.organizationId)).includes(name)
}

function refuseForeign(push: Push, address: string): void {
  if (push.token.domain.foreignAddresses === 'allow') return
  throw invalidValue(
    `The address of a user must be on a verified domain of the organization, but it is on ${domainOfAddress(address)}.`,
  )
}

const isSameIdentity = (a: Identity, b: Identity): boolean =>
  a.address === b.address &&
  a.firstName === b.firstName &&
  a.lastName === b.lastName &&
  a.isActive === b.isActive
