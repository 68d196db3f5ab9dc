// A provider that is connected to a Gatehouse which is not there.
import { Directory, type Person } from '../../src/demo/directory.ts'
import { IdentityProvider, makeIdentity } from '../../src/demo/provider.ts'

export const now = new Date('2026-03-01T12:00:00.000Z')

/** Nothing listens on that port. */
const gatehouse = 'http://127.0.0.1:9'
export const application = {
  serviceProvider: { entityId: `${gatehouse}/saml/0199/metadata`, acsUrl: `${gatehouse}/saml/0199/acs` },
  loginUrl: `${gatehouse}/saml/0199/login`,
  scim: { baseUrl: `${gatehouse}/scim/v2/0199`, token: 'token' },
  logs: { api: `${gatehouse}/api/organizations/0198/domains/0199`, apiKey: 'key' },
}

export const acme = (): IdentityProvider =>
  new IdentityProvider({
    identity: makeIdentity('http://localhost:3001', now),
    directory: new Directory('acme.test'),
    application,
    now: () => now,
  })

export function firstOf({ directory }: IdentityProvider): Person {
  const [person] = directory.people
  if (!person) throw new Error('expected a directory of people')
  return person
}
