// A directory that pushes as Okta does: probe, match, create, then updates and (de)activations without a path.

import { type Answer, DirectoryClient } from './client.ts'
import type { Entry } from './directory.ts'

const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

export const oktaClient = (baseUrl: string, token: string) =>
  new DirectoryClient({
    baseUrl,
    token,
    userAgent: 'Okta SCIM Client 1.0.0',
    mediaType: 'application/scim+json',
  })

export async function pushLikeOkta(client: DirectoryClient, entries: readonly Entry[]): Promise<void> {
  await client.send('GET', '/Users?startIndex=1&count=100')
  const ids: string[] = []
  for (const entry of entries) ids.push(await assign(client, entry))
  const [first = '', second = '', third = ''] = ids
  await setActive(client, second, false)
  await setActive(client, third, false)
  await setActive(client, third, true)
  await promote(client, first, entries[0])
}

/** A create without the match before it, as a retry after a lost answer looks: the server must answer 409. */
export async function createTwice(client: DirectoryClient, entry: Entry): Promise<Answer> {
  return client.send('POST', '/Users', profileOf(entry))
}

async function assign(client: DirectoryClient, entry: Entry): Promise<string> {
  const found = await client.findUser(`userName eq "${entry.address}"`, '&startIndex=1&count=100')
  if (found) return found
  const { body } = await client.send('POST', '/Users', profileOf(entry))
  return body?.id ?? ''
}

async function setActive(client: DirectoryClient, id: string, active: boolean): Promise<void> {
  await client.send('PATCH', `/Users/${id}`, {
    schemas: [patchOp],
    Operations: [{ op: 'replace', value: { active } }],
  })
}

/** Okta's full update: read the resource, put all of it back with the change in it. */
async function promote(client: DirectoryClient, id: string, entry: Entry | undefined): Promise<void> {
  if (!entry) return
  const { body } = await client.send('GET', `/Users/${id}`)
  await client.send('PUT', `/Users/${id}`, {
    ...body,
    ...profileOf(entry),
    title: `Principal ${entry.title}`,
  })
}

function profileOf(entry: Entry): object {
  return {
    schemas: [core],
    userName: entry.address,
    name: { givenName: entry.givenName, familyName: entry.familyName },
    emails: [{ primary: true, value: entry.address, type: 'work' }],
    title: entry.title,
    displayName: `${entry.givenName} ${entry.familyName}`,
    locale: 'en-US',
    externalId: entry.externalId,
    groups: [],
    password: 'Pl4ceholder-that-nobody-uses',
    active: true,
  }
}
