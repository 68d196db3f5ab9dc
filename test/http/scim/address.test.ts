import { describe, expect, it } from 'vitest'
import { readAddress, requireUtf8 } from '../../../src/http/scim/address.ts'

const id = '019a0000-0000-7000-8000-000000000001'

describe('address', () => {
  it('has version, domain, endpoint parts and query', () => {
    expect(readAddress(`https://id.example/scim/v2/${id}/Users/x%20y?filter=a/b?c`)).toEqual({
      path: `/scim/v2/${id}/Users/x%20y`,
      search: '?filter=a/b?c',
      version: 'v2',
      domainId: id,
      parts: ['Users', 'x y'],
    })
  })

  it('R8 may lack the version, have slashes too many, and capitals in the domain id', () => {
    expect(readAddress(`http://h/scim/${id.toUpperCase()}//Users/`)).toMatchObject({
      version: undefined,
      domainId: id,
      parts: ['Users'],
      search: '',
    })
  })

  it('R38 keeps a part that is no valid encoding as it is', () => {
    expect(readAddress(`http://h/scim/v2/${id}/Users/%E0%A4`).parts).toEqual(['Users', '%E0%A4'])
    expect(readAddress(`http://h/scim/v2/${id}/Users/a%2Fb`).parts).toEqual(['Users', 'a/b'])
  })

  it('R49 refuses a query in another encoding than UTF-8, and bears a percent sign that stands alone', () => {
    const check = (search: string) => requireUtf8(readAddress(`http://h/scim/v2/${id}/Users${search}`))
    for (const search of ['', '?filter=a', '?filter=%C3%A9%22', '?filter=100%&x=%zz', '?filter=é'])
      expect(() => check(search)).not.toThrow()
    for (const search of ['?filter=%E9', '?filter=100%&x=%ff%fe'])
      expect(() => check(search)).toThrow('UTF-8')
  })

  it('has no domain where no id is', () => {
    expect(readAddress('http://h/scim/v2/acme/Users').domainId).toBeUndefined()
    expect(readAddress('http://h/scim').domainId).toBeUndefined()
  })
})
