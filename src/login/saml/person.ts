// The person behind an assertion: found by the NameID or the address, made when they are let in, named where names are missing.
import type { Domain } from '../../domain/domain.ts'
import { domainOfAddress } from '../../domain/domain.ts'
import type { Profile } from '../../saml/assertion/profile.ts'
import type { NameId } from '../../saml/assertion/read.ts'
import type { Db } from '../../store/db.ts'
import { belongsElsewhere } from '../../store/organization/members.ts'
import {
  ensurePerson,
  findPerson,
  findPersonByEmail,
  type Person,
  updatePerson,
} from '../../store/organization/people.ts'
import { findLinkedPersonId, linkIdentity } from '../../store/sign-in/identities.ts'

/** What a verified assertion says about somebody, and what the organization may say about them. */
export interface Claim {
  readonly nameId: NameId
  /** On one of `owned`. */
  readonly email: string
  readonly profile: Profile
  /** The verified domains of the organization. */
  readonly owned: readonly string[]
}

const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
// What an index takes on every database; SAML core 8.3.7 allows 256.
const longestNameId = 512

/** A NameID that means the same person next time. */
const isLasting = ({ value, format }: NameId): boolean =>
  format !== transient && value.length <= longestNameId

/**
 * By the NameID first, so that somebody whose address has changed stays who they are. A link speaks only for people
 * whose own address is on a domain of the organization: one that has moved away belongs to somebody else now.
 */
export async function findClaimed(tx: Db, { id }: Domain, claim: Claim): Promise<Person | undefined> {
  const { nameId, email, owned } = claim
  const linkedId = isLasting(nameId)
    ? await findLinkedPersonId(tx, { domainId: id, nameId: nameId.value })
    : undefined
  const linked = linkedId === undefined ? undefined : await findPerson(tx, linkedId)
  const isOurs = linked !== undefined && owned.includes(domainOfAddress(linked.email) ?? '')
  return isOurs ? linked : findPersonByEmail(tx, email)
}

/** Somebody who was let in: made if they are new, linked, and given the names that they lack. */
export async function settlePerson(
  tx: Db,
  { domain, claim, known, now }: { domain: Domain; claim: Claim; known: Person | undefined; now: string },
): Promise<Person> {
  const { email, nameId } = claim
  const names = namesOf(claim.profile)
  const person = known ?? (await ensurePerson(tx, { email, ...names, isEmailVerified: true, now }))
  if (isLasting(nameId)) {
    await linkIdentity(tx, { domainId: domain.id, nameId: nameId.value, personId: person.id, now })
  }
  return name(tx, { domain, person, names, now })
}

interface Names {
  readonly firstName: string
  readonly lastName: string
}

/** Blanks are filled; what is there is replaced only where the domain's mapping names the attributes. */
async function name(
  tx: Db,
  { domain, person, names, now }: { domain: Domain; person: Person; names: Names; now: string },
): Promise<Person> {
  const { first_name, last_name, full_name } = domain.samlAttributeMapping ?? {}
  const isMapped = (first_name ?? last_name ?? full_name) !== undefined
  const choose = (old: string, sent: string) => (isMapped ? sent || old : old || sent)
  const after = {
    first_name: choose(person.first_name, names.firstName),
    last_name: choose(person.last_name, names.lastName),
  }
  if (after.first_name === person.first_name && after.last_name === person.last_name) return person
  // Another organization would see what this one's identity provider says.
  if (await belongsElsewhere(tx, domain.organizationId, person.id)) return person
  await updatePerson(tx, person.id, { ...after, updated_at: now })
  return { ...person, ...after }
}

/** A full name alone is taken apart at its first space, as SCIM's display names are. */
function namesOf({ firstName, lastName, fullName }: Profile): Names {
  if (firstName !== null || lastName !== null) return { firstName: firstName ?? '', lastName: lastName ?? '' }
  const [first = '', ...rest] = (fullName ?? '').split(' ')
  return { firstName: first, lastName: rest.join(' ') }
}
