// Who a user resource speaks of: the address and the names by which its person is found and made.
import { addressIn } from '../../domain/address.ts'
import { isObject, type Json, type Resource } from '../../scim/resource.ts'
import { fold } from '../../scim/text/fold.ts'

export interface Identity {
  /** As people are known by it; undefined when nothing in the resource is an address, which is valid SCIM. */
  readonly address: string | undefined
  readonly firstName: string
  readonly lastName: string
  readonly isActive: boolean
}

export function identityOf(resource: Resource): Identity {
  return { address: addressOf(resource), ...namesOf(resource), isActive: resource.active !== false }
}

/** Every address of the resource, lower-cased, without repetition. */
export const addressesOf = (resource: Resource): string[] => [
  ...new Set(
    elementsOf(resource.emails).flatMap(({ value }) => (typeof value === 'string' ? fold(value) : [])),
  ),
]

/** The primary address, else the first, else a user name that is one. */
function addressOf(resource: Resource): string | undefined {
  const emails = elementsOf(resource.emails)
  const primaryFirst = [...emails.filter(({ primary }) => primary === true), ...emails]
  for (const text of [...primaryFirst.map(({ value }) => value), resource.userName]) {
    const address = typeof text === 'string' ? addressIn(text) : undefined
    if (address !== undefined) return address
  }
  return undefined
}

/** `name` where it says something, else the display name up to its first space and from there. */
function namesOf({ name, displayName }: Resource): { firstName: string; lastName: string } {
  const parts = isObject(name) ? name : {}
  const [firstName, lastName] = [textOf(parts.givenName), textOf(parts.familyName)]
  if (firstName !== '' || lastName !== '') return { firstName, lastName }
  const whole = (textOf(displayName) || textOf(parts.formatted)).trim()
  const space = whole.indexOf(' ')
  if (space < 0) return { firstName: whole, lastName: '' }
  return { firstName: whole.slice(0, space), lastName: whole.slice(space + 1).trim() }
}

const elementsOf = (value: Json | undefined) => (Array.isArray(value) ? value.filter(isObject) : [])
const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '')
