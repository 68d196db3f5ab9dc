// A directory that pushes as Microsoft Entra ID does: its test of the connection, its schemas, its capitalised PATCH.
import { randomUUID } from 'node:crypto'
import { nameOf, type Person } from '../directory.ts'
import { type Dialect, patch, schemas } from './dialect.ts'

export const entra: Dialect = {
  name: 'entra',
  title: 'Entra ID',
  userAgent: 'Azure-AD-Provisioning/1.0',
  probe: client => client.findId('/Users', { filter: `userName eq "${randomUUID()}"` }),
  match: (client, { address }) => client.findId('/Users', { filter: `userName eq "${address}"` }),
  create: (client, person) => client.send('POST', '/Users', profileOf(person)),
  update: (client, id, person) =>
    patch(client, `/Users/${id}`, [
      { op: 'Replace', path: 'title', value: person.title },
      { op: 'Replace', path: 'displayName', value: nameOf(person) },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: person.address },
    ]),
  // A string, not a boolean, as long as nobody asks Entra ID for better.
  setActive: (client, id, isActive) =>
    patch(client, `/Users/${id}`, [{ op: 'Replace', path: 'active', value: isActive ? 'True' : 'False' }]),
  matchGroup: (client, { name }) =>
    client.findId('/Groups', { excludedAttributes: 'members', filter: `displayName eq "${name}"` }),
  createGroup: (client, { id, name }) =>
    client.send('POST', '/Groups', {
      schemas: [schemas.group, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: id,
      displayName: name,
      meta: { resourceType: 'Group' },
    }),
  changeMembers: (client, groupId, { added, removed }) =>
    patch(
      client,
      `/Groups/${groupId}`,
      Object.entries({ Remove: removed, Add: added })
        .filter(([, ids]) => ids.length > 0)
        .map(([op, ids]) => ({ op, path: 'members', value: ids.map(value => ({ $ref: null, value })) })),
    ),
}

const profileOf = (person: Person) => ({
  schemas: [schemas.user, schemas.enterprise],
  externalId: person.id,
  userName: person.address,
  active: person.isActive,
  addresses: null,
  displayName: nameOf(person),
  emails: [{ primary: true, type: 'work', value: person.address }],
  meta: { resourceType: 'User' },
  name: { formatted: nameOf(person), familyName: person.familyName, givenName: person.givenName },
  roles: [],
  title: person.title,
  [schemas.enterprise]: { department: person.group },
})
