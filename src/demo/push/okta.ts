// A directory that pushes as Okta does: probe, match, create; updates put all of it back, changes of state have no path.
import { nameOf, type Person } from '../directory.ts'
import { type Dialect, patch, schemas } from './dialect.ts'

const paging = { startIndex: '1', count: '100' }

export const okta: Dialect = {
  name: 'okta',
  title: 'Okta',
  userAgent: 'Okta SCIM Client 1.0.0',
  probe: client => client.send('GET', '/Users?startIndex=1&count=1'),
  match: (client, { address }) => client.findId('/Users', { filter: `userName eq "${address}"`, ...paging }),
  create: (client, person) => client.send('POST', '/Users', profileOf(person)),
  async update(client, id, person) {
    const { body } = await client.send('GET', `/Users/${id}`)
    return client.send('PUT', `/Users/${id}`, { ...body, ...profileOf(person) })
  },
  setActive: (client, id, active) => patch(client, `/Users/${id}`, [{ op: 'replace', value: { active } }]),
  matchGroup: (client, { name }) =>
    client.findId('/Groups', { filter: `displayName eq "${name}"`, ...paging }),
  createGroup: (client, { name }) =>
    client.send('POST', '/Groups', { schemas: [schemas.group], displayName: name, members: [] }),
  changeMembers: (client, groupId, { added, removed }) =>
    patch(client, `/Groups/${groupId}`, [
      ...removed.map(id => ({ op: 'remove', path: `members[value eq "${id}"]` })),
      ...(added.length > 0 ? [{ op: 'add', path: 'members', value: added.map(value => ({ value })) }] : []),
    ]),
}

const profileOf = (person: Person) => ({
  schemas: [schemas.user],
  userName: person.address,
  name: { givenName: person.givenName, familyName: person.familyName },
  emails: [{ primary: true, value: person.address, type: 'work' }],
  title: person.title,
  displayName: nameOf(person),
  locale: 'en-US',
  externalId: person.id,
  groups: [],
  password: 'Pl4ceholder-that-nobody-uses',
  active: person.isActive,
})
