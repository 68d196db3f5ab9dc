// How the responses of different makers look: prefixes, what is signed, names of attributes.
import { nameOf } from '../directory.ts'
import type { Statement } from './statement.ts'

type Attribute = readonly [name: string, value: string]

export interface Shape {
  /** Prefixes of the protocol and the assertion namespace; '' for the default namespace. */
  readonly prefixes: { readonly protocol: string; readonly assertion: string }
  /** By the root elements' names, in the order of signing. */
  readonly signs: readonly ('Assertion' | 'Response')[]
  attributesOf(statement: Statement): readonly Attribute[]
}

/** Signs both; sends nothing but what the administrator has mapped. */
const okta: Shape = {
  prefixes: { protocol: 'saml2p', assertion: 'saml2' },
  signs: ['Assertion', 'Response'],
  attributesOf: ({ person, group, address }) => [
    ...(address ? ([['email', address]] as const) : []),
    ['firstName', person.givenName],
    ['lastName', person.familyName],
    ...(group ? ([['groups', group.name]] as const) : []),
  ],
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const microsoft = 'http://schemas.microsoft.com'

/** Signs the assertion; claims are URIs, groups are ids, and an account without mail has no emailaddress. */
const entra: Shape = {
  prefixes: { protocol: 'samlp', assertion: '' },
  signs: ['Assertion'],
  attributesOf: ({ person, group, address }) => [
    [`${microsoft}/identity/claims/displayname`, nameOf(person)],
    ...(group ? ([[`${microsoft}/ws/2008/06/identity/claims/groups`, group.id]] as const) : []),
    [`${claims}/givenname`, person.givenName],
    [`${claims}/surname`, person.familyName],
    ...(address
      ? ([
          [`${claims}/emailaddress`, address],
          [`${claims}/name`, address],
        ] as const)
      : []),
  ],
}

export const shapes = { okta, entra } as const
