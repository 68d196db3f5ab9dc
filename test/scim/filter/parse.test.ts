import { describe, expect, it } from 'vitest'
import { ScimError } from '../../../src/scim/errors.ts'
import { parseFilter, parsePatchPath } from '../../../src/scim/filter/parse.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import { show } from './show.ts'

const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

function read(text: string, leniency = new Leniency()): string {
  return show(parseFilter(userType, text, leniency))
}

function refusal(text: string, leniency = new Leniency()): string {
  return detailOf('invalidFilter', () => parseFilter(userType, text, leniency))
}

function detailOf(scimType: string, parse: () => unknown): string {
  try {
    parse()
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    expect(error).toMatchObject({ status: 400, scimType })
    return error.message
  }
  throw new Error('it was accepted')
}

describe('parseFilter: RFC 7644 §3.4.2.2', () => {
  it.each([
    ['userName eq "bjensen"', 'userName eq "bjensen"'],
    ['name.familyName co "O\'Malley"', 'name.familyName co "O\'Malley"'],
    ['userName sw "J"', 'userName sw "J"'],
    ['userName ew "J"', 'userName ew "J"'],
    ['title pr', 'title pr'],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', 'meta.lastModified gt "2011-05-13T04:42:34Z"'],
    ['meta.lastModified ge "2011-05-13T04:42:34Z"', 'meta.lastModified ge "2011-05-13T04:42:34Z"'],
    ['meta.lastModified lt "2011-05-13T04:42:34Z"', 'meta.lastModified lt "2011-05-13T04:42:34Z"'],
    ['meta.lastModified le "2011-05-13T04:42:34Z"', 'meta.lastModified le "2011-05-13T04:42:34Z"'],
    ['title pr and userType eq "Employee"', '(title pr and userType eq "Employee")'],
    ['title pr or userType eq "Intern"', '(title pr or userType eq "Intern")'],
    ['USERNAME Eq "a" AND Title PR', '(userName eq "a" and title pr)'],
    ['nickName ne "a"', 'not nickName eq "a"'],
  ])('R44 reads %s', (text, tree) => {
    expect(read(text)).toBe(tree)
  })

  it.each([
    ['title pr or userType pr and nickName pr', '(title pr or (userType pr and nickName pr))'],
    ['title pr and userType pr or nickName pr', '((title pr and userType pr) or nickName pr)'],
    ['title pr and (userType pr or nickName pr)', '(title pr and (userType pr or nickName pr))'],
    ['not (title pr) and nickName pr', '(not title pr and nickName pr)'],
    ['not(title pr or nickName pr)', 'not (title pr or nickName pr)'],
    ['NOT  ( title   pr )', 'not title pr'],
    ['not (not (title pr))', 'title pr'],
    ['((title pr))', 'title pr'],
    ['  title\tpr  and\nnickName pr ', '(title pr and nickName pr)'],
  ])('R44 gives not, and, or and groups their precedence: %s', (text, tree) => {
    expect(read(text)).toBe(tree)
  })

  it.each([
    ['emails[type eq "work" and value co "@x"]', 'emails[(type eq "work" and value co "@x")]'],
    ['emails[not (type eq "work") or primary eq true]', 'emails[(not type eq "work" or primary eq true)]'],
    ['emails.type eq "work"', 'emails[type eq "work"]'],
    ['emails.type ne "work"', 'not emails[type eq "work"]'],
    ['emails[type ne "work"]', 'emails[not type eq "work"]'],
    ['emails co "x"', 'emails[value co "x"]'],
    ['emails pr', 'emails pr'],
    ['emails.type pr', 'emails[type pr]'],
    ['schemas eq "a"', 'schemas[value eq "a"]'],
    ['schemas[value eq "a"]', 'schemas[value eq "a"]'],
    ['emails[primary eq false]', 'emails[not primary eq true]'],
    ['emails.primary ne false', 'not emails[not primary eq true]'],
  ])('R45 reads a value path about one element, and the dotted form about any: %s', (text, tree) => {
    expect(read(text)).toBe(tree)
  })

  it('R46 takes the part behind a value path as one more condition on that element', () => {
    const leniency = new Leniency()
    expect(read('emails[type eq "work"].value eq "x"', leniency)).toBe(
      'emails[(type eq "work" and value eq "x")]',
    )
    expect([...leniency.noted]).toEqual(['value_path_comparison'])
    expect(read('emails[type eq "work"].value pr and active eq true')).toBe(
      '(emails[(type eq "work" and value pr)] and active eq true)',
    )
    expect(refusal('emails[type eq "work"].value eq "x"', new Leniency('strict'))).toContain('".value"')
  })

  it.each([
    [`${core}:name.familyName eq "a"`, 'name.familyName eq "a"'],
    [`${core.toUpperCase()}:USERNAME eq "a"`, 'userName eq "a"'],
    [`${enterprise}:department eq "a"`, 'enterprise:department eq "a"'],
    [`${enterprise}:manager.value eq "a"`, 'enterprise:manager.value eq "a"'],
    [`${enterprise}:manager eq "a"`, 'enterprise:manager.value eq "a"'],
    ['meta.location eq "a"', 'meta.location eq "a"'],
    ['META.CREATED pr', 'meta.created pr'],
    ['id eq "a" and externalId eq "b"', '(id eq "a" and externalId eq "b")'],
    ['groups.value eq "a"', 'groups[value eq "a"]'],
  ])('R47 finds %s', (text, tree) => {
    expect(read(text)).toBe(tree)
  })

  it('R47 finds a bare attribute of an extension outside the strict profile', () => {
    const leniency = new Leniency()
    expect(read('manager eq "a"', leniency)).toBe('enterprise:manager.value eq "a"')
    expect([...leniency.noted]).toEqual(['bare_extension_attribute'])
    expect(refusal('manager eq "a"', new Leniency('strict'))).toContain(`${enterprise}:manager`)
  })

  it.each([
    ['active gt true', '"gt" cannot be asked of "active", which is of type boolean.'],
    ['active co true', '"co" cannot be asked of "active", which is of type boolean.'],
    [
      'x509Certificates.value ge "AA=="',
      '"ge" cannot be asked of "x509Certificates.value", which is of type binary.',
    ],
    ['meta.created sw "2024"', '"sw" cannot be asked of "meta.created", which is of type dateTime.'],
  ])('R48 refuses an operator that the type does not have: %s', (text, detail) => {
    expect(refusal(text)).toBe(detail)
  })

  it.each([
    ['active eq 1', 'Expected true or false to compare "active" with at character 11, got "1".'],
    [
      'meta.created gt "yesterday"',
      'Expected a quoted dateTime such as "2024-05-01T08:00:00Z" to compare "meta.created" with at character 17, got "yesterday".',
    ],
    ['userName gt null', 'Expected a quoted text to compare "userName" with at character 13, got "null".'],
  ])('R48 types the comparand by its attribute: %s', (text, detail) => {
    expect(refusal(text)).toBe(detail)
  })

  it.each([
    ['', 'A filter was expected, an empty text came.'],
    ['   ', 'A filter was expected, an empty text came.'],
    ['userName', /^Expected one of eq, ne, .* at character 9, got the end\.$/],
    ['userName xx "a"', /^Expected one of eq, ne, .* at character 10, got "xx"\.$/],
    ['userName eq', 'Expected a quoted text to compare "userName" with at character 12, got the end.'],
    ['userName eq "a', 'The text that begins at character 13 does not end.'],
    ['userName eq "a" title pr', 'Expected "and", "or" or the end at character 17, got "title".'],
    ['userName eq "a" and', 'Expected the name of an attribute at character 20, got the end.'],
    ['and userName eq "a"', 'User has no attribute "and".'],
    ['(userName eq "a"', 'Expected "and", "or" or ")" at character 17, got the end.'],
    ['userName eq "a")', 'Expected "and", "or" or the end at character 16, got ")".'],
    ['emails[type eq "a"', 'Expected "and", "or" or "]" at character 19, got the end.'],
    ['emails[]', 'Expected the name of an attribute at character 8, got "]".'],
    ['emails[type[value eq "a"]]', /at character 12, got "\["\.$/],
    ['emails[nope eq "a"]', '"emails" has no part "nope".'],
    [
      'emails.value[type eq "a"]',
      'Only a multi-valued attribute can be followed by "[": "emails.value" is none.',
    ],
    ['name[familyName eq "a"]', 'Only a multi-valued attribute can be followed by "[": "name" is none.'],
    ['not title pr', 'Expected "(" after "not" at character 5, got "title".'],
    ['"userName" eq "a"', 'Expected the name of an attribute at character 1, got "userName".'],
    ['nope eq "a"', 'User has no attribute "nope".'],
    ['name.nope eq "a"', 'User has no attribute "name.nope".'],
    ['name.familyName.x eq "a"', 'User has no attribute "name.familyName.x".'],
    ['urn:nope:userName eq "a"', 'User has no attribute "urn:nope:userName".'],
    ['name eq "a"', /^"name" is compared by one of its parts, such as "name.formatted", /],
    ['password eq "a"', '"password" cannot be filtered by.'],
  ])('R49 refuses %s with invalidFilter and says why', (text, detail) => {
    if (typeof detail === 'string') expect(refusal(text)).toBe(detail)
    else expect(refusal(text)).toMatch(detail)
  })

  it.each([
    ['externalId eq jyoung', 'externalId eq "jyoung"'],
    ['externalId eq 00123', 'externalId eq "00123"'],
    ['(userName eq a@b.example)', 'userName eq "a@b.example"'],
    ['meta.Created gt 2015-05-21T13:17:22-07:00', 'meta.created gt "2015-05-21T13:17:22-07:00"'],
  ])('R50 takes a comparand without quotes, outside the strict profile only: %s', (text, tree) => {
    const leniency = new Leniency()
    expect(read(text, leniency)).toBe(tree)
    expect([...leniency.noted]).toEqual(['unquoted_comparand'])
    expect(refusal(text, new Leniency('strict'))).toContain('Expected a quoted')
  })

  it('R49 refuses single quotes, since a text with them in it would equal nothing', () => {
    expect(refusal("userName eq 'bjensen'")).toContain('Expected a quoted text')
  })

  it.each([
    ['roles[primary eq "True"]', 'roles[primary eq true]', 'quoted_boolean'],
    ['active eq "false"', 'active eq false', 'quoted_boolean'],
    ['active eq True', 'active eq true', 'string_boolean'],
  ])('takes the boolean in %s, outside the strict profile only', (text, tree, quirk) => {
    const leniency = new Leniency()
    expect(read(text, leniency)).toBe(tree)
    expect([...leniency.noted]).toEqual([quirk])
    expect(refusal(text, new Leniency('strict'))).toContain('Expected true or false')
  })

  it.each([
    ['title eq null', 'not title pr'],
    ['title ne null', 'title pr'],
    ['emails.type eq null', 'not emails[type pr]'],
    ['emails eq null', 'not emails pr'],
    ['name eq null', 'not name pr'],
    ['title eq "null"', 'title eq "null"'],
  ])('R51 reads a comparison with null as a question of presence: %s', (text, tree) => {
    expect(read(text)).toBe(tree)
  })

  it.each([
    [String.raw`title eq "a\"b\\c\/d\b\f\n\r\t"`, 'title eq "a\\"b\\\\c/d\\b\\f\\n\\r\\t"'],
    [String.raw`title eq "\u00e9\uD83D\uDE00"`, 'title eq "é😀"'],
    ['title eq ") and ( [x]"', 'title eq ") and ( [x]"'],
  ])('R52 reads the escapes of a JSON string: %s', (text, tree) => {
    expect(read(text)).toBe(tree)
  })

  it.each([
    String.raw`title eq "\x41"`,
    String.raw`title eq "\u12"`,
    String.raw`title eq "\'"`,
    'title eq "a\nb"',
    String.raw`title eq "\u0000"`,
    String.raw`title eq "\ud800"`,
  ])('R52 refuses what is no JSON string or no text: %s', text => {
    expect(refusal(text)).toContain('The text at character 10')
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'name.__proto__', 'emails.constructor'])(
    'R52 knows no attribute %s',
    name => {
      expect(refusal(`${name} pr`)).toContain(name)
      expect(refusal(`emails[${name} pr]`)).toContain(name)
    },
  )

  it('R53 names the limit that a filter breaks', () => {
    const many = (count: number, text: string, separator: string) => Array(count).fill(text).join(separator)
    expect(refusal(`title eq "${'a'.repeat(8192)}"`)).toBe(
      'At most 8192 characters are accepted here, 8203 came.',
    )
    expect(refusal(many(201, 'title pr', ' or '))).toBe('At most 200 comparisons are accepted here.')
    expect(read(many(200, 'title pr', ' or '))).toContain('title pr or title pr')
    expect(refusal(`${'('.repeat(33)}title pr${')'.repeat(33)}`)).toContain('32 deep')
    expect(read(`${'('.repeat(32)}title pr${')'.repeat(32)}`)).toBe('title pr')
    expect(refusal(`${'('.repeat(32)}emails[type pr]${')'.repeat(32)}`)).toContain('32 deep')
  })

  it.each([
    ['parentheses', '('.repeat(10_000)],
    ['parentheses within the length', '('.repeat(8000)],
    ['nots', 'not('.repeat(10_000)],
    ['nots within the length', 'not('.repeat(2000)],
    ['nots without parentheses', 'not '.repeat(2000)],
    ['brackets', 'emails['.repeat(1000)],
    ['quotes', '"'.repeat(8000)],
    ['backslashes', `title eq "${'\\'.repeat(8000)}`],
  ])('R53 refuses thousands of %s in no time', (_, text) => {
    const start = performance.now()
    expect(refusal(text)).not.toBe('')
    expect(performance.now() - start).toBeLessThan(100)
  })
})

describe('parsePatchPath: RFC 7644 §3.5.2', () => {
  const path = (text: string, leniency = new Leniency()) => {
    const { target, filter, sub } = parsePatchPath(userType, text, leniency)
    const name =
      'container' in target
        ? target.container
        : [target.attribute.name, target.sub?.name].filter(Boolean).join('.')
    return [name, filter && show(filter, true), sub?.name]
  }
  const pathRefusal = (text: string) => detailOf('invalidPath', () => path(text))

  it.each([
    ['userName', ['userName', undefined, undefined]],
    ['NAME.familyname', ['name.familyName', undefined, undefined]],
    ['emails', ['emails', undefined, undefined]],
    ['emails.value', ['emails.value', undefined, undefined]],
    ['emails[type eq "work"]', ['emails', 'type eq "work"', undefined]],
    [' emails[ type EQ "work" ].Value ', ['emails', 'type eq "work"', 'value']],
    ['roles[primary eq "True"].value', ['roles', 'primary eq true', 'value']],
    [
      'addresses[type eq "work" and not (country eq "US")].locality',
      ['addresses', '(type eq "work" and not country eq "US")', 'locality'],
    ],
    [`${core}:name.givenName`, ['name.givenName', undefined, undefined]],
    [`${core}:emails[type eq "work"].value`, ['emails', 'type eq "work"', 'value']],
    [`${enterprise}:manager.value`, ['manager.value', undefined, undefined]],
    [enterprise, [enterprise, undefined, undefined]],
    ['manager', ['manager', undefined, undefined]],
  ])('R75 reads %s', (text, parts) => {
    expect(path(text)).toEqual(parts)
  })

  it.each([
    ['', 'Expected the name of an attribute at character 1, got the end.'],
    ['nope', 'User has no attribute "nope".'],
    ['__proto__', 'User has no attribute "__proto__".'],
    ['emails[__proto__ eq "a"]', '"emails" has no part "__proto__".'],
    ['emails[type eq "work"', 'Expected "and", "or" or "]" at character 22, got the end.'],
    ['emails[type eq "work"].nope', '"emails" has no part "nope".'],
    ['emails[type eq "work"]value', 'Expected the end at character 23, got "value".'],
    ['emails[type eq "work"].value pr', 'Expected the end at character 30, got "pr".'],
    ['name[familyName eq "a"]', 'Only a multi-valued attribute can be followed by "[": "name" is none.'],
    ['emails eq "a"', 'Expected the end at character 8, got "eq".'],
    ['/name/familyName', 'User has no attribute "/name/familyName".'],
    [`emails[${'('.repeat(50)}`, 'Brackets may nest 32 deep; these nest deeper.'],
  ])('R75 refuses "%s" with invalidPath', (text, detail) => {
    expect(pathRefusal(text)).toBe(detail)
  })
})
