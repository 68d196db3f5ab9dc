// Masked values put back: where the mask is of one value alone, and nowhere else.
import { describe, expect, it } from 'vitest'
import { masksIn, Originals, restoreBody } from '../../../src/scim/mask/restore.ts'
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

describe('a query', () => {
  it('gets its values back, quoted as they have to be', () => {
    const masked = maskQuery('?filter=userName eq "ada@acme.test" and name.familyName sw "Lovelace"')
    expect(new Originals([ada]).inText(masked)).toContain('"ada@acme.test" and name.familyName sw "Lovelace"')
    expect(masksIn(masked)).toEqual(['a***a@acme.test', 'L***e'])
    const quoted = maskQuery('?filter=displayName eq "Ada \\"Countess\\" Lovelace"')
    expect(new Originals([ada]).inText(quoted)).not.toContain('"Ada "')
  })
})
