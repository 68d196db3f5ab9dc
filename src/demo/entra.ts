// A directory that pushes as Microsoft Entra ID does: its test of the connection, its schemas, its capitalised PATCH.

import { randomUUID } from 'node:crypto'
import { DirectoryClient } from './client.ts'
import type { Entry } from './directory.ts'

const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

export const entraClient = (baseUrl: string, token: string) =>
  new DirectoryClient({
    baseUrl,
    token,
    userAgent: 'Azure-AD-Provisioning/1.0',
    mediaType: 'application/scim+json',
  })

export async function pushLikeEntra(client: DirectoryClient, entries: readonly Entry[]): Promise<void> {
  await client.findUser(`userName eq "${randomUUID()}"`)
  const ids: string[] = []
  for (const entry of entries) ids.push(await assign(client, entry))
  const [first = '', second = '', third = ''] = ids
  await patch(client, first, [
    { op: 'Replace', path: 'emails[type eq "work"].value', value: entries[0]?.address },
    { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555 0100' },
    { op: 'Add', path: `${enterprise}:manager`, value: second },
  ])
  await patch(client, second, [{ op: 'Replace', path: 'active', value: 'False' }])
  await patch(client, third, [{ op: 'Replace', path: 'active', value: 'False' }])
  await patch(client, third, [{ op: 'Add', path: 'active', value: 'True' }])
}

async function assign(client: DirectoryClient, entry: Entry): Promise<string> {
  const found = await client.findUser(`userName eq "${entry.address}"`)
  if (found) return found
  const { body } = await client.send('POST', '/Users', profileOf(entry))
  return body?.id ?? ''
}

async function patch(client: DirectoryClient, id: string, operations: readonly object[]): Promise<void> {
  await client.send('PATCH', `/Users/${id}`, { schemas: [patchOp], Operations: operations })
}

function profileOf(entry: Entry): object {
  return {
    schemas: [core, enterprise],
    externalId: entry.externalId,
    userName: entry.address,
    active: true,
    addresses: null,
    displayName: `${entry.givenName} ${entry.familyName}`,
    emails: [{ primary: true, type: 'work', value: entry.address }],
    meta: { resourceType: 'User' },
    name: {
      formatted: `${entry.givenName} ${entry.familyName}`,
      familyName: entry.familyName,
      givenName: entry.givenName,
    },
    roles: [],
    title: entry.title,
    [enterprise]: { department: entry.department },
  }
}
