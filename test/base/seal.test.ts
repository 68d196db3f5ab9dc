import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seal, unseal } from '../../src/base/seal.ts'

const older = 'an older secret of thirty-two characters'
const newer = 'a newer secret of thirty-two characters'

describe('seal', () => {
  it('gives back whatever text was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), clear => {
        expect(unseal([newer], seal([newer], clear))).toBe(clear)
      }),
    )
  })

  it('never seals the same way twice and shows nothing of the text', () => {
    const [first, second] = [seal([newer], 'token'), seal([newer], 'token')]
    expect(first).not.toBe(second)
    expect(first).not.toContain('token')
  })

  it('seals by the first secret and opens by any', () => {
    expect(unseal([newer, older], seal([older], 'kept'))).toBe('kept')
    const sealed = seal([newer, older], 'fresh')
    expect(unseal([newer], sealed)).toBe('fresh')
    expect(() => unseal([older], sealed)).toThrow('Expected the secret that this was sealed with')
  })

  it('opens for no other purpose than it was sealed for', () => {
    const sealed = seal([newer], 'place', 'cursor')
    expect(unseal([newer], sealed, 'cursor')).toBe('place')
    expect(() => unseal([newer], sealed)).toThrow()
    expect(() => unseal([newer], seal([newer], 'token'), 'cursor')).toThrow()
  })

  it('refuses an envelope in which any one character was changed', () => {
    const sealed = seal([newer], 'token')
    for (let at = 0; at < sealed.length - 1; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      expect(() => unseal([newer], sealed.slice(0, at) + other + sealed.slice(at + 1))).toThrow()
    }
  })

  it('refuses a cut envelope, an empty one, and to seal without a secret', () => {
    expect(() => unseal([newer], seal([newer], 'token').slice(0, 30))).toThrow()
    expect(() => unseal([newer], '')).toThrow('Expected a value sealed as v1')
    expect(() => seal([], 'token')).toThrow('Expected a secret to seal with')
  })
})
