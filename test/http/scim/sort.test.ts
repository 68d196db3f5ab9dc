// Sorted lists over HTTP (RFC 7644 §3.4.2.3).
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { openSurface, person, type Surface } from './surface.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const people = [
  person('d', { displayName: 'bob', title: 'Zoo', name: { familyName: 'ß' } }),
  person('a', {
    displayName: 'Bob',
    emails: [
      { value: 'z@acme.test', type: 'home' },
      { value: 'a@acme.test', type: 'work', primary: true },
    ],
    [enterprise]: { department: 'Sales', manager: { value: 'm2' } },
  }),
  person('c', { title: 'arc', emails: [{ value: 'y@acme.test' }, { value: 'b@acme.test' }] }),
  person('b', { displayName: 'Ärger', [enterprise]: { department: 'dev', manager: { value: 'm1' } } }),
]

describe('sort (§3.4.2.3)', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    const sorted = async (query: string): Promise<string> => {
      const { status, body } = await surface.ask('GET', `/Users?${query}`)
      expect(body).toMatchObject({ totalResults: people.length })
      expect(status).toBe(200)
      return body.Resources.map(({ userName }: { userName: string }) => userName[0]).join('')
    }
    const refusal = async (query: string) => {
      const { status, body } = await surface.ask('GET', `/Users?${query}`)
      return `${status} ${body.scimType}: ${body.detail}`
    }

    beforeAll(async () => {
      surface = await openSurface(await open())
      for (const body of people) await surface.ask('POST', '/Users', { body })
    })

    it('R55 is ascending unless descending is asked for, in any case', async () => {
      expect(await sorted('sortBy=userName')).toBe('abcd')
      expect(await sorted('sortby=USERNAME&sortOrder=ascending')).toBe('abcd')
      expect(await sorted('sortBy=userName&SortOrder=Descending')).toBe('dcba')
      expect(await sorted('sortOrder=descending')).toBe('dacb')
    })

    it('R55 R41 ignores case where the attribute does; ties are in the order of their ids', async () => {
      expect(await sorted('sortBy=displayName')).toBe('dabc')
      expect(await sorted('sortBy=displayName&sortOrder=descending')).toBe('cbda')
    })

    it('R55 has absent values last ascending and first descending', async () => {
      expect(await sorted('sortBy=title')).toBe('cdab')
      expect(await sorted('sortBy=title&sortOrder=descending')).toBe('abdc')
      expect(await sorted('sortBy=nickName')).toBe('dacb')
    })

    it('R55 takes the primary or else the first of several values, and its `value` when no part is named', async () => {
      // a has a@ as its primary address, c has y@ as the first of two, b and d have their own.
      expect(await sorted('sortBy=emails')).toBe('abdc')
      expect(await sorted('sortBy=emails.value&sortOrder=descending')).toBe('cdba')
      expect(await sorted('sortBy=emails.type')).toBe('dabc')
    })

    it('R55 reaches extensions, meta and parts of attributes', async () => {
      expect(await sorted(`sortBy=${enterprise}:department`)).toBe('badc')
      expect(await sorted(`sortBy=${enterprise}:manager.value`)).toBe('badc')
      expect(await sorted('sortBy=manager&sortOrder=descending')).toBe('dcab')
      expect(await sorted('sortBy=urn:ietf:params:scim:schemas:core:2.0:User:name.familyName')).toBe('dacb')
      expect(await sorted('sortBy=meta.created')).toBe('dacb')
      expect(await sorted('sortBy=meta.lastModified&sortOrder=descending')).toBe('bcad')
      expect(await sorted('sortBy=id&sortOrder=descending')).toBe('bcad')
    })

    it('R55 R41 pages through a sorted list by index as well', async () => {
      for (const order of ['ascending', 'descending']) {
        const query = `sortBy=displayName&sortOrder=${order}`
        const pages: string[] = []
        for (const start of [1, 2, 3, 4]) pages.push(await sorted(`${query}&startIndex=${start}&count=1`))
        expect(pages.join('')).toBe(await sorted(query))
        expect(await sorted(`sortOrder=${order}&sortBy=displayname&startIndex=3`)).toBe(
          pages.slice(2).join(''),
        )
      }
    })

    it('R55 refuses to sort by what there is not, or what has no order', async () => {
      expect(await refusal('sortBy=shoeSize')).toBe(
        '400 invalidValue: sortBy must name an attribute of what is listed, but "shoeSize" came.',
      )
      expect(await refusal('sortBy=')).toContain('400 invalidValue')
      expect(await refusal('sortBy=__proto__')).toContain('400 invalidValue')
      expect(await refusal('sortBy=emails[type eq "work"].value')).toContain('400 invalidValue')
      expect(await refusal('sortBy=name')).toContain(
        '400 invalidValue: sortBy must name a part of "name", which has several: "name.formatted", "name.familyName"',
      )
      expect(await refusal('sortBy=password')).toContain(
        '400 invalidValue: sortBy must name an attribute that can be',
      )
      expect(await refusal('sortBy=userName&sortOrder=up')).toBe(
        '400 invalidValue: sortOrder must be "ascending" or "descending", but "up" came.',
      )
    })

    it('R55 the strict profile wants the URN of an extension', async () => {
      const strict = surface.as(await surface.addTenant('strict.test', { scimProfile: 'strict' }))
      expect((await strict.ask('GET', '/Users?sortBy=department')).body).toMatchObject({
        scimType: 'invalidValue',
        detail: `sortBy names an attribute of an extension: expected "${enterprise}:department", but "department" came.`,
      })
      expect((await strict.ask('GET', `/Users?sortBy=${enterprise}:department`)).status).toBe(200)
    })

    it('R85 the service provider configuration says so', async () => {
      const { body } = await surface.ask('GET', '/ServiceProviderConfig')
      expect(body.sort).toEqual({ supported: true })
    })
  })
})
