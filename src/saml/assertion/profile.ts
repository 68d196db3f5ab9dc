// Who the assertion is about: the attributes that identity providers send, by their many names.
import type { NameId } from './read.ts'

export type Field = 'email' | 'first_name' | 'last_name' | 'full_name' | 'groups'

/** A domain's own names for a field come before the usual ones. */
export type AttributeNames = { readonly [field in Field]?: string | readonly string[] | undefined }

export interface Profile {
  readonly firstName: string | null
  readonly lastName: string | null
  readonly fullName: string | null
  readonly groups: readonly string[]
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const microsoft = 'http://schemas.microsoft.com/ws/2008/06/identity/claims'
const longestName = 200

const usualNames: { readonly [field in Field]: readonly string[] } = {
  email: [
    'email',
    'Email',
    'EMAIL',
    'mail',
    'emailAddress',
    'user.email',
    `${claims}/emailaddress`,
    'urn:oid:0.9.2342.19200300.100.1.3',
    'urn:mace:dir:attribute-def:mail',
  ],
  first_name: [
    'first_name',
    'FIRST_NAME',
    'firstName',
    'givenName',
    `${claims}/givenname`,
    'urn:oid:2.5.4.42',
  ],
  last_name: ['last_name', 'LAST_NAME', 'lastName', 'sn', 'surname', `${claims}/surname`, 'urn:oid:2.5.4.4'],
  full_name: ['full_name', 'FULL_NAME', 'fullName', 'displayName', `${claims}/name`, 'urn:oid:2.5.4.3'],
  groups: [
    'groups',
    'group',
    'memberOf',
    'roles',
    'Role',
    `${microsoft}/groups`,
    `${microsoft}/role`,
    'http://schemas.xmlsoap.org/claims/Group',
  ],
}

export interface Identity {
  readonly attributes: ReadonlyMap<string, readonly string[]>
  readonly nameId: NameId
  readonly names: AttributeNames
}

export function readProfile(identity: Pick<Identity, 'attributes' | 'names'>): Profile {
  return {
    firstName: nameIn(identity, 'first_name'),
    lastName: nameIn(identity, 'last_name'),
    fullName: nameIn(identity, 'full_name'),
    groups: [...new Set(valuesOf(identity, 'groups').map(each => each.trim()))],
  }
}

/** Which field each attribute is read for, by the attribute's name. */
export function usesOf(identity: Pick<Identity, 'attributes' | 'names'>): ReadonlyMap<string, Field> {
  const fields = Object.keys(usualNames) as Field[]
  return new Map(
    fields.flatMap(field => {
      const name = attributeFor(identity, field)
      return name === undefined ? [] : [[name, field] as const]
    }),
  )
}

export function valuesOf(identity: Pick<Identity, 'attributes' | 'names'>, field: Field): readonly string[] {
  const name = attributeFor(identity, field)
  return name === undefined ? [] : filledIn(identity.attributes.get(name))
}

/** The first one that has values. */
const attributeFor = ({ attributes, names }: Pick<Identity, 'attributes' | 'names'>, field: Field) =>
  [names[field] ?? [], usualNames[field]].flat().find(name => filledIn(attributes.get(name)).length > 0)

/** Blank values are none. */
const filledIn = (values: readonly string[] = []) => values.filter(value => value.trim() !== '')

function nameIn(identity: Pick<Identity, 'attributes' | 'names'>, field: Field): string | null {
  const [value = ''] = valuesOf(identity, field)
  const name = value.replaceAll(/\s+/g, ' ').trim()
  // Entra's `name` is the user principal name, which looks like an address.
  const isName = name !== '' && name.length <= longestName && !(field === 'full_name' && name.includes('@'))
  return isName ? name : null
}
