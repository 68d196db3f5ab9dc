import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digestOf, hintOf, isWellFormedKey, newKey, newSecret, sameText } from '../../src/base/secret.ts'

describe('secret', () => {
  it('digests by SHA-256 in hexadecimal', () => {
    expect(digestOf('ü')).toBe(createHash('sha256').update('ü', 'utf8').digest('hex'))
  })

  it('compares texts of any length', () => {
    expect(sameText('abc', 'abc')).toBe(true)
    expect(sameText('abc', 'abd')).toBe(false)
    expect(sameText('abc', 'abcd')).toBe(false)
    expect(sameText('', '')).toBe(true)
  })

  it('hints at a secret by its last four characters', () => {
    expect(hintOf('gth_abcdefgh')).toBe('efgh')
  })

  it('makes 256 random bits in 43 URL-safe characters, after a prefix where one is given', () => {
    expect(newSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(newSecret('scim_')).toMatch(/^scim_[A-Za-z0-9_-]{43}$/)
    expect(new Set(Array.from({ length: 1000 }, () => newSecret())).size).toBe(1000)
  })
})

describe('secret: keys with a checksum', () => {
  it('knows its own keys', () => {
    for (let round = 0; round < 1000; round++) {
      const key = newKey('gth_')
      expect(key).toMatch(/^gth_[A-Za-z0-9_-]{43}[A-Za-z0-9]{6}$/)
      expect(isWellFormedKey('gth_', key)).toBe(true)
    }
  })

  it('keeps to the checksum that secret scanners were told', () => {
    expect(isWellFormedKey('gth_', `gth_${'A'.repeat(43)}4EszFE`)).toBe(true)
  })

  it('refuses a key in which any one character was changed', () => {
    const key = newKey('gth_')
    for (let at = 0; at < key.length; at++) {
      const other = key[at] === 'A' ? 'B' : 'A'
      expect(isWellFormedKey('gth_', key.slice(0, at) + other + key.slice(at + 1))).toBe(false)
    }
  })

  it('refuses another prefix, another length and plain garbage', () => {
    const key = newKey('gth_')
    expect(isWellFormedKey('oth_', key)).toBe(false)
    expect(isWellFormedKey('gth_', key.slice(1))).toBe(false)
    expect(isWellFormedKey('gth_', `${key}A`)).toBe(false)
    expect(isWellFormedKey('gth_', '')).toBe(false)
    expect(isWellFormedKey('gth_', 'gth_')).toBe(false)
  })
})
