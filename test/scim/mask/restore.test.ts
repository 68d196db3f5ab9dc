// Masked values put back: where the mask is of one value alone, and nowhere else.
import { describe, expect, it } from 'vitest'
import { masksIn, Originals, restoreBody, restorePath } from '../../../src/scim/mask/restore.ts'
import { maskFilter } from '../../../src/scim/mask/text.ts'
import { maskBody, maskQuery } from '../../../src/scim/mask.ts'
import type { Json } from '../../../src/scim/resource.ts'

const ada = {
  userName: 'ada@acme.test',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  displayName: 'Ada "Countess" Lovelace',
  emails: [
    { value: 'ada@acme.test', type: 'work' },
    { value: 'ada.home@home.test', type: 'home' },
  ],
  nickName: 'Al',
}

const restore = (body: Json, ...known: Json[]) => restoreBody(maskBody(body), new Originals(known))

describe('restoreBody', () => {
  it('gives a body back as it was, when all of it is known', () => {
    expect(restore(ada, ada)).toEqual({ value: ada, masked: [] })
  })

  it('follows the paths of a PATCH, with and without filters, and dotted keys', () => {
    const patch = {
      Operations: [
        { op: 'replace', path: 'name.familyName', value: 'Lovelace' },
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada@acme.test' },
        { op: 'add', value: { 'name.givenName': 'Ada', nickName: 'Al' } },
        { op: 'remove', path: 'emails[value eq "ada.home@home.test"]' },
      ],
    }
    expect(restore(patch, ada)).toEqual({ value: patch, masked: [] })
  })

  it('reads an object that came as JSON text', () => {
    const patch = { Operations: [{ op: 'replace', value: '{"name":{"familyName":"Lovelace"}}' }] }
    expect(restore(patch, ada)).toEqual({ value: patch, masked: [] })
  })

  it('leaves what nobody here has, and says where', () => {
    const body = { ...ada, userName: 'grace@acme.test', emails: [{ value: 'grace@acme.test' }] }
    const { value, masked } = restore(body, ada)
    expect(value).toMatchObject({ userName: 'g***e@acme.test', displayName: ada.displayName })
    expect(masked).toEqual(['userName', 'emails[0].value'])
  })

  it('leaves what two could be', () => {
    const other = { ...ada, userName: 'ana@acme.test', emails: [{ value: 'ana@acme.test' }] }
    expect(restore({ userName: 'ada@acme.test' }, ada, other).masked).toEqual(['userName'])
  })

  it('takes two characters only for what stands in the same place', () => {
    expect(restore({ nickName: 'Bo' }, { displayName: 'Bo' }).masked).toEqual(['nickName'])
    expect(restore({ nickName: 'Bo' }, { nickName: 'Bo' }).masked).toEqual([])
  })

  it('does not ask for the names of members, which nobody reads', () => {
    expect(restore({ members: [{ value: '1', display: 'Ada Lovelace' }] }, {}).masked).toEqual([])
  })
})

describe('a path', () => {
  const originals = new Originals([ada, { displayName: 'R&D #1 (100%)' }, { userName: 'zoe+1@acme.test' }])
  const restored = (query: string) => restorePath(`/Users${maskQuery(query)}`, originals)
  const filterIn = (path: string) => new URLSearchParams(path.slice(path.indexOf('?'))).get('filter')

  it('gets the values of its query back, quoted as they have to be', () => {
    const filter = 'userName eq "ada@acme.test" and name.familyName sw "Lovelace"'
    expect(restored(`?filter=${filter}`)).toBe(`/Users?filter=${filter}`)
    expect(masksIn([maskFilter(filter)])).toEqual(['a***a@acme.test', 'L***e'])
    const quoted = 'displayName eq "Ada \\"Countess\\" Lovelace"'
    expect(filterIn(restored(`?filter=${quoted}`))).toBe(quoted)
  })

  it('means what it meant, whatever stands in a value', () => {
    for (const filter of ['displayName eq "R&D #1 (100%)"', 'userName eq "zoe+1@acme.test"']) {
      expect(filterIn(restored(`?filter=${encodeURIComponent(filter)}&count=1`))).toBe(filter)
      expect(masksIn([maskFilter(filter)])).toEqual([/"(.*)"/.exec(maskFilter(filter))?.[1]])
    }
    expect(restorePath('/Users/z***1@acme.test', originals)).toBe('/Users/zoe+1@acme.test')
  })

  it('leaves what nobody here has', () => {
    expect(restored('?filter=userName eq "grace@acme.test"')).toContain('"g***e@acme.test"')
  })
})

describe('masksIn', () => {
  it('finds those of values and of the filters in them, each once', () => {
    const path = 'members[display eq "Ada Lovelace (EU)"]'
    const body = maskBody({ userName: 'ada@acme.test', Operations: [{ path }, { path }], nickName: 'Al' })
    expect(masksIn(body)).toEqual(['a***a@acme.test', 'A***)'])
  })
  it('takes no longer than the text is long', () => {
    const begun = performance.now()
    const body = [`${'a'.repeat(1_000_000)}`, `${'a '.repeat(300_000)}x***y`, '"***'.repeat(200_000)]
    expect(masksIn(body)).toEqual(['x***y'])
    restoreBody(body, new Originals([ada]))
    expect(performance.now() - begun).toBeLessThan(3000)
  })
})
