import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { schemaDocuments } from '../../src/scim/discovery.ts'
import { maskBody, maskQuery, maskTerm } from '../../src/scim/mask.ts'
import { servedTypes } from '../../src/scim/resource-types.ts'
import { enterpriseSchema } from '../../src/scim/schemas/enterprise.ts'
import { userSchema } from '../../src/scim/schemas/user.ts'

describe('maskBody', () => {
  it('keeps the first and last character of what is personal, and leaves the rest alone', () => {
    const body = {
      schemas: [userSchema.id],
      externalId: '00u1',
      userName: 'bjensen',
      displayName: 'Barbara Jensen',
      nickName: 'Bo',
      profileUrl: 'https://example.com/b',
      name: { familyName: 'Jensen', givenName: 'Barbara' },
      title: 'Tour Guide',
      active: true,
      phoneNumbers: [{ value: '555-1234', type: 'work', primary: true }],
      addresses: [{ locality: 'Oslo', formatted: 'Main Street 1' }],
      groups: [{ value: 'g1', display: 'Tour Guides' }],
      [enterpriseSchema.id]: { department: 'Tours', manager: { value: '26', displayName: 'John Smith' } },
      meta: { version: 'W/"1"', location: 'https://id.example.com/scim/v2/1/Users/2' },
    }
    expect(maskBody(body)).toEqual({
      ...body,
      userName: 'b***n',
      displayName: 'B***n',
      nickName: '***',
      profileUrl: 'h***b',
      name: { familyName: 'J***n', givenName: 'B***a' },
      phoneNumbers: [{ value: '5***4', type: 'work', primary: true }],
      addresses: [{ locality: 'O***o', formatted: 'M***1' }],
      [enterpriseSchema.id]: { department: 'Tours', manager: { value: '26', displayName: 'J***h' } },
    })
  })

  it('keeps the domain of an address, wherever the address is', () => {
    expect(
      maskBody({ userName: 'bjensen@example.com', externalId: 'bo@example.com', title: 'cc ann@x.org, ok' }),
    ).toEqual({ userName: 'b***n@example.com', externalId: '***@example.com', title: 'cc a***n@x.org, ok' })
  })

  it('R11 reads the filter of a search by POST as one, quoted or not', () => {
    const search = { filter: 'displayName eq Barbara', attributes: ['userName'], count: 1 }
    expect(maskBody(search)).toEqual({ ...search, filter: 'displayName eq B***a' })
  })

  it('R26 leaves passwords out, in whatever dress', () => {
    const body = {
      password: 'geheim',
      PassWord: 'geheim',
      [`${userSchema.id}:password`]: 'geheim',
      Operations: [
        { op: 'replace', path: 'password', value: 'geheim' },
        { op: 'replace', value: { password: 'geheim' } },
        { op: 'replace', value: '{"password":"geheim"}' },
      ],
    }
    expect(JSON.stringify(maskBody(body))).not.toContain('geheim')
  })

  it('finds personal values in a PATCH by path, by key and in JSON text', () => {
    const body = {
      Operations: [
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'bjensen@example.com' },
        { op: 'Add', path: `${userSchema.id}:name.familyName`, value: 'Jensen' },
        { op: 'Add', path: 'title', value: 'VP' },
        { op: 'remove', path: 'emails[value eq "bjensen@example.com"]' },
        { op: 'replace', value: { 'name.givenName': 'Barbara', active: false } },
        { op: 'replace', value: '{"displayName":"Babs Jensen"}' },
      ],
    }
    expect(maskBody(body)).toEqual({
      Operations: [
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'b***n@example.com' },
        { op: 'Add', path: `${userSchema.id}:name.familyName`, value: 'J***n' },
        { op: 'Add', path: 'title', value: 'VP' },
        { op: 'remove', path: 'emails[value eq "b***n@example.com"]' },
        { op: 'replace', value: { 'name.givenName': 'B***a', active: false } },
        { op: 'replace', value: '{"displayName":"B***n"}' },
      ],
    })
  })

  it('hides the name of a member who is a person, not of one that is a group', () => {
    const members = [
      { value: '1', display: 'Barbara Jensen' },
      { value: '2', display: 'Tour Guides', type: 'Group' },
    ]
    const masked = [{ value: '1', display: 'B***n' }, members[1]]
    expect(maskBody({ members })).toEqual({ members: masked })
    expect(maskBody({ Operations: [{ op: 'add', path: 'members', value: members }] })).toEqual({
      Operations: [{ op: 'add', path: 'members', value: masked }],
    })
  })

  it('reaches into lists and bulk requests', () => {
    expect(maskBody({ Resources: [{ userName: 'bjensen' }] })).toEqual({ Resources: [{ userName: 'b***n' }] })
    expect(
      maskBody({ Operations: [{ method: 'POST', path: '/Users', data: { userName: 'bjensen' } }] }),
    ).toEqual({ Operations: [{ method: 'POST', path: '/Users', data: { userName: 'b***n' } }] })
  })

  it('hides what an error repeats', () => {
    expect(maskBody({ status: '409', detail: 'A user with userName "bjensen" exists already.' })).toEqual({
      status: '409',
      detail: 'A user with userName "b***n" exists already.',
    })
  })

  it('knows that the name of an attribute is nobody’s', () => {
    const [document] = schemaDocuments('https://id.example.com', servedTypes)
    const masked = JSON.stringify(maskBody(document))
    expect(masked).toContain('"name":"User"')
    expect(masked).toContain('"name":"userName"')
    expect(maskBody({ name: 'Barbara Jensen' })).toEqual({ name: 'B***n' })
  })

  it('leaves the body as it was', () => {
    const body = { userName: 'bjensen', password: 'geheim', emails: [{ value: 'ann@x.org' }], meta: { a: 1 } }
    const before = structuredClone(body)
    maskBody(body)
    expect(body).toEqual(before)
  })

  it('takes the path of an operation for what its value is, on whichever side of it', () => {
    const patch = (path: string) => [
      { path, value: 'Barbara' },
      { value: 'Barbara', Path: path },
    ]
    const texts = (path: string) => patch(path).map(operation => JSON.stringify(maskBody(operation)))
    for (const text of texts('name.givenName')) expect(text).toContain('"value":"B***a"')
    for (const text of texts('title')) expect(text).toContain('"value":"Barbara"')
    for (const text of texts('password')) expect(text).not.toContain('"value"')
  })

  it('shows no address in a key, and two keys that look the same then as one', () => {
    const body = { 'ann@x.org': 1, active: true, 'aron@x.org': 2 }
    expect(Object.entries(maskBody(body) as object)).toEqual([
      ['a***n@x.org', 2],
      ['active', true],
    ])
  })

  it('takes no longer than the body is large, however often a path could be asked for', () => {
    const spellings = Array.from({ length: 32 }, (_, bits) =>
      [...'value'].map((letter, at) => ((bits >> at) & 1 ? letter.toUpperCase() : letter)).join(''),
    )
    const many = Array.from({ length: 100_000 }, (_, index) => `key${index}`)
    const body = Object.fromEntries([...spellings, ...many].map(key => [key, 'Barbara']))
    const before = performance.now()
    expect(maskBody({ ...body, path: 'title' })).toEqual({ ...body, path: 'title' })
    expect(performance.now() - before).toBeLessThan(2_000)
  })

  it('stands anything: deep, odd, named after something of JavaScript', () => {
    const deep = JSON.parse(`{"a":${'['.repeat(20_000)}"x"${']'.repeat(20_000)}}`)
    expect(JSON.stringify(maskBody(deep))).toContain('***')
    const masked = JSON.stringify(maskBody(JSON.parse('{"__proto__":{"userName":"bjensen"}}')))
    expect(masked).toBe('{"__proto__":{"userName":"b***n"}}')
    fc.assert(
      fc.property(fc.jsonValue(), body => {
        const once = maskBody(body)
        expect(JSON.parse(JSON.stringify(maskBody(once)))).toEqual(JSON.parse(JSON.stringify(once)))
      }),
    )
  })
})

describe('maskBody, of any body', () => {
  // What is hidden has the mark inside, where no mask leaves anything; what is left alone has none.
  const mark = '\u00a7\u00a7\u00a7'
  const hiddenValue = fc.constantFrom(`a${mark}z`, `a${mark}z@example.com`, `A ${mark} z`)
  const openValue = fc.oneof(
    fc.string({ unit: 'grapheme' }).map(text => `.${text.replace(/["@]/g, '')}`),
    fc.constantFrom(0, -1.5, true, false),
  )
  const openKey = fc.constantFrom(
    'title',
    'externalId',
    'meta',
    'groups',
    'x.y',
    '__proto__',
    '42',
    'Resources',
  )
  const personalKey = fc.constantFrom(
    ...['userName', 'NAME', 'emails', 'manager.displayName', `${userSchema.id}:name.givenName`, 'Photos'],
  )
  const secretKey = fc.constantFrom('password', 'PassWord', `${userSchema.id}:password`, 'pin', 'x.PIN')
  const secrets = new Set(['pin'])

  /** An object of such keys; the later ones of the same name win, as in JSON. */
  const objectOf = (members: readonly [string, unknown][]) => JSON.parse(`{${members.map(written).join()}}`)
  const written = ([key, value]: [string, unknown]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`

  const { open, body } = fc.letrec<{ open: unknown; body: unknown; all: unknown }>(tie => ({
    open: fc.oneof(
      { maxDepth: 4 },
      openValue,
      fc.array(tie('open'), { maxLength: 3 }),
      fc.array(fc.tuple(openKey, tie('open')), { maxLength: 4 }).map(objectOf),
    ),
    all: fc.oneof(
      { maxDepth: 4 },
      hiddenValue,
      fc.array(tie('all'), { maxLength: 3 }),
      fc.array(fc.tuple(openKey, tie('all')), { maxLength: 3 }).map(objectOf),
    ),
    body: fc.oneof(
      { maxDepth: 4 },
      tie('open'),
      fc.array(tie('body'), { maxLength: 3 }),
      tie('body').map(inner => JSON.stringify([inner])),
      fc
        .array(
          fc.oneof(fc.tuple(openKey, tie('body')), fc.tuple(fc.oneof(personalKey, secretKey), tie('all'))),
          { maxLength: 5 },
        )
        .map(objectOf),
      fc.record({ value: tie('all'), path: fc.oneof(personalKey, secretKey) }),
    ),
  }))

  it('keeps nothing that is personal or secret, and comes out as JSON', () => {
    fc.assert(
      fc.property(body, sent => {
        const text = JSON.stringify(maskBody(sent, secrets))
        expect(text).not.toContain(mark)
        expect(JSON.parse(text)).toEqual(maskBody(sent, secrets))
      }),
      { numRuns: 500 },
    )
  })

  it('masks nothing twice', () => {
    fc.assert(
      fc.property(body, sent => {
        const once = JSON.stringify(maskBody(sent, secrets))
        expect(JSON.stringify(maskBody(JSON.parse(once), secrets))).toBe(once)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps the rest to the letter', () => {
    fc.assert(
      fc.property(open, sent => {
        expect(JSON.stringify(maskBody(sent, secrets))).toBe(JSON.stringify(sent))
      }),
      { numRuns: 500 },
    )
  })
})

describe('maskQuery', () => {
  it('masks the comparands of personal attributes and stays readable', () => {
    expect(maskQuery('?filter=userName%20eq%20%22bjensen%40example.com%22&startIndex=1&count=100')).toBe(
      '?filter=userName eq "b***n@example.com"&startIndex=1&count=100',
    )
    expect(maskQuery('filter=id+eq+"u1"+and+manager+eq+"26"&attributes=id')).toBe(
      'filter=id eq "u1" and manager eq "26"&attributes=id',
    )
  })

  it('keeps encoded what would be taken for punctuation', () => {
    expect(maskQuery('x=a%26b%3Dc%23&y=')).toBe('x=a%26b%3Dc%23&y=')
    expect(maskQuery('')).toBe('')
  })
})

describe('maskTerm', () => {
  it('turns what is searched into what a masked row holds', () => {
    for (const value of ['bjensen@example.com', 'bjensen', 'Barbara Jensen'])
      expect(JSON.stringify(maskBody({ userName: value }))).toContain(maskTerm(value))
    const filter = 'userName eq "bjensen@example.com"'
    expect(maskQuery(`filter=${filter}`)).toContain(maskTerm(filter))
    expect(maskBody({ title: 'ask bjensen@example.com' })).toEqual({
      title: `ask ${maskTerm('bjensen@example.com')}`,
    })
  })
})
