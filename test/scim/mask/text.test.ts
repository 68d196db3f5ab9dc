import { describe, expect, it } from 'vitest'
import { maskFilter, maskText } from '../../../src/scim/mask/text.ts'

describe('maskText', () => {
  it('finds addresses between all kinds of punctuation', () => {
    expect(maskText('To <bjensen@example.com>, ann@x.org; (mailto:bob@y.org)')).toBe(
      'To <b***n@example.com>, a***n@x.org; (mailto:b***b@y.org)',
    )
    expect(maskText("'bob@x.org' and o'neil@x.org")).toBe("'b***b@x.org' and o***l@x.org")
    expect(maskText('/Users/bob@x.org?a=bob@x.org')).toBe('/Users/b***b@x.org?a=b***b@x.org')
    expect(maskText('@ @x a@')).toBe('@ @x ***@')
  })

  it('hides what is quoted when a personal attribute is spoken of, but not its name', () => {
    expect(maskText('"emails" may not be "Barbara"')).toBe('"emails" may not be "B***a"')
    expect(maskText('title must be text, but "Barbara" came')).toBe('title must be text, but "Barbara" came')
  })

  it('hides the word at which the reading of a filter stopped, which may be half of a name', () => {
    expect(maskText('Expected "and", "or" or the end at character 20, got "Lovelace".')).toBe(
      'Expected "and", "or" or the end at character 20, got "L***e".',
    )
    expect(maskText('Expected one of eq, ne at character 10, got ")".')).toContain('got ")"')
  })

  it('masks nothing twice', () => {
    const once = maskText('userName "bjensen" and bjensen@example.com')
    expect(maskText(once)).toBe(once)
  })
})

describe('maskFilter', () => {
  it('hides the comparands of personal attributes only', () => {
    const cases: [string, string][] = [
      ['userName eq "bjensen"', 'userName eq "b***n"'],
      ['userName Eq bjensen', 'userName Eq b***n'],
      ['externalId eq "00u1"', 'externalId eq "00u1"'],
      ['externalId eq "ann@x.org"', 'externalId eq "a***n@x.org"'],
      ['urn:a:2.0:User:name.familyName sw "Jen"', 'urn:a:2.0:User:name.familyName sw "J***n"'],
      ['emails[type eq "work"].value eq "ann@x.org"', 'emails[type eq "work"].value eq "a***n@x.org"'],
      ['emails[type eq "Barbara"]', 'emails[type eq "B***a"]'],
      ['emails[value co "jensen" and primary eq true]', 'emails[value co "j***n" and primary eq true]'],
      ['not (displayName eq "Babs") and active eq true', 'not (displayName eq "B***s") and active eq true'],
      ['title eq "VP" and nickName pr', 'title eq "VP" and nickName pr'],
      ['password eq "geheim"', 'password eq "***"'],
      ['userName eq "a\\"bjensen"', 'userName eq "a***n"'],
    ]
    for (const [filter, masked] of cases) expect(maskFilter(filter)).toBe(masked)
  })

  it('hides them in a filter that is broken, too', () => {
    expect(maskFilter('userName eq "bjensen')).toBe('userName eq "b***n')
    expect(maskFilter('userName "bjensen"')).toBe('userName "b***n"')
    expect(maskFilter('emails[value eq "jensen"')).toBe('emails[value eq "j***n"')
    expect(maskFilter('displayName eq Barbara Jensen and active eq true')).toBe(
      'displayName eq B***a J***n and active eq true',
    )
    expect(maskFilter('(name.givenName eq Mary Ann) or title pr')).toBe(
      '(name.givenName eq M***y A***n) or title pr',
    )
  })

  it('takes no longer than the text is long', () => {
    const before = performance.now()
    for (const part of ['[', '"', '"\\', 'a@', '@', '.a ', 'a[b eq ', 'userName eq "', 'got "', 'got "\\']) {
      maskFilter(part.repeat(100_000))
      maskText(`userName ${part.repeat(100_000)}`)
    }
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})
