import { describe, expect, it } from 'vitest'
import { Directory } from '../../src/demo/directory.ts'

describe('the directory', () => {
  it('has 25 people with addresses of the company, each in one of four groups', () => {
    const { people, groups } = new Directory('acme.test')
    expect(people).toHaveLength(25)
    expect(new Set(people.map(({ group }) => group))).toEqual(new Set(groups.map(({ name }) => name)))
    expect(groups).toHaveLength(4)
    expect(new Set(people.map(({ address }) => address)).size).toBe(25)
    for (const { address } of people) expect(address).toMatch(/^[a-z]+\.[a-z]+@acme\.test$/)
  })

  it('writes names of other letters as addresses can have them', () => {
    const { people } = new Directory('acme.test')
    const addresses = people.map(({ address }) => address)
    expect(addresses).toContain('jorg.muller@acme.test')
    expect(addresses).toContain('soren.ostergard@acme.test')
  })

  it('gives a namesake another address, and nobody without a name a place', () => {
    const directory = new Directory('acme.test')
    const ada = { givenName: 'Ada', familyName: 'Lovelace', group: 'Research' }
    expect(directory.add(ada)).toMatchObject({ id: '00u00026', address: 'ada.lovelace2@acme.test' })
    expect(directory.add({ ...ada, familyName: '!' })).toBeUndefined()
    expect(directory.add({ ...ada, group: 'Nowhere' })).toBeUndefined()
    expect(directory.people).toHaveLength(26)
  })

  it('makes another value of whoever changes', () => {
    const directory = new Directory('acme.test')
    const [before] = directory.people
    const after = directory.change(before?.id ?? '', { isActive: false })
    expect(after).toEqual({ ...before, isActive: false })
    expect(before?.isActive).toBe(true)
    expect(directory.find(before?.id ?? '')).toBe(after)
    expect(directory.change('__proto__', { isActive: false })).toBeUndefined()
    expect(directory.change(before?.id ?? '', { group: 'Nowhere' })).toBeUndefined()
  })
})
