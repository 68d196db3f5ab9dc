import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepareUserName } from '../../../src/scim/text/precis.ts'

describe('RFC 8265 §3.3 UsernameCaseMapped', () => {
  it('R25 maps case, width and composition', () => {
    expect(prepareUserName('BJensen@Example.COM')).toBe('bjensen@example.com')
    expect(prepareUserName('ｂｊｅｎｓｅｎ＠ｅｘａｍｐｌｅ．ｃｏｍ')).toBe('bjensen@example.com')
    expect(prepareUserName('Jose\u0301')).toBe('jos\u00e9')
    expect(prepareUserName('ÅSA')).toBe(prepareUserName('a\u030asa'))
    expect(prepareUserName('\uff76\uff85')).toBe('カナ')
  })

  it('takes a halfwidth Hangul letter to its wide form, no further', () => {
    expect(prepareUserName('\uffa1\uffc2\uffdc\uffa0')).toBe('\u3131\u314f\u3163\u3164')
  })

  it('keeps apart what only looks alike, and keeps spaces', () => {
    expect(prepareUserName('ﬁsh')).not.toBe(prepareUserName('fish'))
    expect(prepareUserName('straße')).not.toBe(prepareUserName('strasse'))
    expect(prepareUserName('Barbara Jensen')).toBe('barbara jensen')
  })

  it('is stable: a prepared name is its own preparation', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), name => {
        const prepared = prepareUserName(name)
        expect(prepareUserName(prepared)).toBe(prepared)
      }),
      { numRuns: 2_000 },
    )
  })
})
