// A directory that puts hostile text into all that SCIM takes, and into requests that it refuses.
import { badge, device } from '../../scim/registering.ts'
import { patchOf, person, type Surface, userSchema } from '../../scim/surface.ts'
import { hostile, hostileHeader, longWord } from './values.ts'

const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group'

/** Everything of a user that may be any text. */
const hostileUser = (name: string) => ({
  schemas: [userSchema],
  userName: `${name}@acme.test`,
  externalId: hostile('ExternalId', 250),
  displayName: hostile('DisplayName', 250),
  nickName: hostile('NickName', 250),
  title: hostile('Title', 250),
  userType: hostile('UserType', 250),
  profileUrl: 'javascript:alert(1)',
  name: {
    givenName: hostile('GivenName', 250),
    familyName: hostile('FamilyName', 250),
    middleName: hostile('MiddleName', 250),
    formatted: hostile('Formatted', 250),
  },
  emails: [
    {
      value: `${name}@acme.test`,
      type: hostile('EmailType', 60),
      display: hostile('EmailDisplay', 250),
      primary: true,
    },
    { value: hostile('EmailValue', 250), type: 'other' },
  ],
  phoneNumbers: [{ value: hostile('Phone', 250), type: 'work' }],
  addresses: [{ formatted: hostile('Address', 250), type: 'work' }],
  photos: [{ value: 'javascript:alert(2)', type: 'photo' }],
  roles: [{ value: hostile('Role', 250) }],
  active: true,
})

interface Pushed {
  readonly users: readonly string[]
  readonly groups: readonly string[]
}

const headers = {
  'User-Agent': hostileHeader('UserAgent'),
  'X-Custom': hostileHeader('Header'),
  'X-Zq-Name<>': 'x',
}
/** Names of headers are tokens, which `<` is not part of. */
const sendable = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.includes('<')))

export async function pushHostile(surface: Surface): Promise<Pushed> {
  const create = async (path: string, body: object) => {
    const answer = await surface.ask('POST', path, { body, headers: sendable })
    if (answer.status !== 201) throw new Error(`expected 201 at ${path}, got ${answer.status} ${answer.text}`)
    return String(answer.body.id)
  }
  const first = await create('/Users', hostileUser('zqUserName'))
  const gone = await create('/Users', { ...hostileUser('gone'), displayName: hostile('GoneName') })
  const long = await create('/Users', person('long', { displayName: longWord('LongWord', 1900) }))
  const group = await create('/Groups', {
    schemas: [groupSchema],
    displayName: hostile('GroupName'),
    externalId: hostile('GroupExternalId'),
    members: [{ value: first, display: hostile('MemberDisplay') }, { value: long }, { value: gone }],
  })
  const nested = await create('/Groups', {
    schemas: [groupSchema],
    displayName: longWord('LongGroup', 1900),
    members: [{ value: group, type: 'Group' }],
  })
  await create('/Devices', {
    schemas: [device.id],
    displayName: hostile('DeviceName'),
    serial: hostile('Serial'),
  })
  await change(surface, first)
  await surface.ask('DELETE', `/Users/${gone}`)
  await askOddly(surface, first)
  await surface.recorder.flush()
  return { users: [first, long], groups: [group, nested] }
}

async function change({ ask }: Surface, id: string): Promise<void> {
  const name = { op: 'replace', path: 'displayName', value: hostile('NewDisplayName') }
  await ask('PATCH', `/Users/${id}`, { body: patchOf(name), headers: sendable })
  const badged = { op: 'add', value: { [badge.id]: { badge: hostile('Badge'), note: hostile('Note') } } }
  await ask('PATCH', `/Users/${id}`, { body: patchOf(badged) })
  await ask('PATCH', `/Users/${id}`, {
    body: patchOf({ op: 'replace', path: hostile('PatchPath'), value: 1 }),
  })
  await ask('PATCH', `/Users/${id}`, {
    body: patchOf({ op: hostile('PatchOp', 80), path: 'title', value: 1 }),
  })
  await ask('PUT', `/Users/${id}`, { body: { ...hostileUser('zqUserName'), active: hostile('Active') } })
}

async function askOddly({ ask, askAt, tenant }: Surface, id: string): Promise<void> {
  const tail = encodeURIComponent(hostile('Query', 300).toWellFormed())
  const odd = hostile('Odd')
  await ask('POST', '/Users', { body: { ...hostileUser('zqUserName') } })
  await ask('POST', '/Users', { body: { ...hostileUser('x'), userName: hostile('RefusedUserName') } })
  await ask('POST', '/Users', { body: { schemas: [hostile('SchemaUrn')], userName: 'y@acme.test' } })
  await ask('POST', '/Users', {
    body: { schemas: [userSchema], userName: 'z@acme.test', [odd]: odd, name: odd },
  })
  await ask('POST', '/Users', { text: `{"userName": "${hostile('InvalidJson')}` })
  await ask('POST', '/Users', { text: `<zqXmlBody><script>zqAlert(9)</script></zqXmlBody>` })
  await ask('POST', '/Users', { text: new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0x01]) })
  await ask('POST', '/Users', {
    body: { ...person('big'), title: hostile('Big').repeat(600).slice(0, 100_000) },
  })
  await ask('POST', '/Users', { body: { ...person('wide'), nickName: longWord('Huge', 100_000) } })
  await ask('POST', '/Users', { text: `{"zqDeep":${'['.repeat(50_000)}` })
  await ask('GET', `/Users?filter=${tail}`, { headers: sendable })
  await ask('GET', `/Users?attributes=${tail}&sortBy=${tail}&startIndex=${tail}`)
  await ask('GET', `/Users/${tail}`)
  await ask('GET', `/${tail}`)
  await ask('GET', `/Groups?filter=displayName eq "${tail}"`)
  await ask('PATCH', `/Users/${id}`, { body: { schemas: [odd], Operations: odd } })
  await ask('POST', '/.search', { body: { filter: hostile('SearchFilter') } })
  await ask('POST', '/Bulk', {
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'POST', path: `/${hostile('BulkPath', 80)}`, bulkId: hostile('BulkId', 80), data: { odd } },
        { method: hostile('BulkMethod', 80), path: '/Users', bulkId: 'b', data: person('bulk') },
      ],
    },
  })
  await ask('GET', '/Users', { token: 'zqWrongToken' })
  await askAt('GET', `/scim/v2/${tenant.domain.id}/Users`, {
    headers: { 'If-None-Match': hostileHeader('Etag') },
  })
}
