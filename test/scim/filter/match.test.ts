import { describe, expect, it } from 'vitest'
import { matches, matchesElement } from '../../../src/scim/filter/match.ts'
import { parseFilter, parsePatchPath } from '../../../src/scim/filter/parse.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { userType } from '../../../src/scim/resource-types.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const barbara = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  id: '0190-ABC',
  externalId: 'Ext-1',
  userName: 'BJensen@Example.com',
  name: { familyName: 'Jensen', givenName: '' },
  title: 'Größe "50%" \\ İ 😀',
  active: false,
  emails: [
    { value: 'Work@example.com', type: 'work', primary: true },
    { value: 'home@example.org', type: 'home' },
  ],
  groups: [{ value: 'g1', display: 'One' }],
  [enterprise]: { department: 'R&D', manager: { value: 'm1' } },
  meta: {
    resourceType: 'User',
    created: '2024-05-01T10:00:00.123Z',
    lastModified: '2024-05-01T10:00:00.123Z',
    location: 'https://x/scim/v2/d/Users/0190-ABC',
    version: 'W/"3"',
  },
}

const holds = (text: string) => matches(parseFilter(userType, text, new Leniency()), barbara)

describe('matches', () => {
  it.each([
    'userName eq "bjensen@EXAMPLE.com"',
    'userName eq "ｂjensen@example.com"',
    'userName co "JENSEN"',
    'userName sw "bj" and userName ew ".COM"',
    'userName gt "bjens" and userName lt "bk"',
    'title co "größe"',
    String.raw`title co "\"50%\" \\"`,
    'title ew "😀"',
    'title gt "größe \\"50%\\" \\\\ i̇ \uffee"',
    'externalId eq "Ext-1"',
    'id eq "0190-ABC"',
    'schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"',
    `${enterprise}:department eq "r&d"`,
    'manager eq "m1"',
    'groups.value eq "g1"',
    'groups co "G"',
  ])('R45 R47 R48 %s holds', text => {
    expect(holds(text)).toBe(true)
    expect(holds(`not (${text})`)).toBe(false)
  })

  it.each([
    'externalId eq "ext-1"',
    'id eq "0190-abc"',
    'schemas eq "URN:x"',
    'title co "50_"',
    'title eq ""',
  ])('R48 %s does not hold', text => {
    expect(holds(text)).toBe(false)
  })

  it.each([
    ['meta.created eq "2024-05-01T12:00:00.1230000+02:00"', true],
    ['meta.created eq "2024-05-01T10:00:00.1230001Z"', false],
    ['meta.created lt "2024-05-01T10:00:00.1230001Z"', true],
    ['meta.created ge "2024-05-01T10:00:00.123Z"', true],
    ['meta.created gt "2024-05-01T10:00:00.123Z"', false],
    ['meta.created le "2024-05-01T03:00:00.123-07:00"', true],
  ])('R48 compares instants: %s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected)
  })

  it('R45 lets a value path hold of one element, a dotted path of any', () => {
    expect(holds('emails[type eq "work" and value co "example.org"]')).toBe(false)
    expect(holds('emails.type eq "work" and emails.value co "example.org"')).toBe(true)
    expect(holds('emails co "EXAMPLE.ORG"')).toBe(true)
    expect(holds('emails[type eq "home"].value eq "home@example.org"')).toBe(true)
    expect(holds('emails[type eq "home"].value ne "home@example.org"')).toBe(false)
    expect(holds('emails[primary eq false and type eq "home"]')).toBe(true)
  })

  it('lets ne hold exactly when eq does not: of absent values, and of several when none is equal', () => {
    expect(holds('nickName ne "x"')).toBe(true)
    expect(holds('emails.type ne "work"')).toBe(false)
    expect(holds('emails.type ne "other"')).toBe(true)
    expect(holds('photos.type ne "photo"')).toBe(true)
    expect(holds('photos[type ne "photo"]')).toBe(false)
  })

  it.each([
    ['active pr', true],
    ['name pr', true],
    ['name.familyName pr', true],
    ['name.givenName pr', false],
    ['name.middleName pr', false],
    ['emails pr', true],
    ['emails.display pr', false],
    ['photos pr', false],
    ['nickName eq null', true],
    ['title ne null', true],
    ['not (nickName gt "a")', true],
  ])('R51 %s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected)
  })
})

describe('matchesElement', () => {
  const filterOf = (path: string) => {
    const { filter } = parsePatchPath(userType, path, new Leniency())
    if (!filter) throw new Error(`${path} has no filter`)
    return filter
  }

  it('holds of the element that the path of a PATCH means', () => {
    const filter = filterOf('emails[type eq "work" and not (primary eq false)]')
    expect(barbara.emails.map(email => matchesElement(filter, email))).toEqual([true, false])
  })

  it('takes an element without parts for its own value', () => {
    const filter = filterOf('schemas[value ew "core:2.0:User"]')
    expect(barbara.schemas.map(schema => matchesElement(filter, schema))).toEqual([true, false])
  })
})
