import { describe, expect, it } from 'vitest'
import { fold } from '../../../src/scim/text/fold.ts'

describe('fold', () => {
  it('makes one text of those that differ in case only, beyond ASCII too', () => {
    expect(fold('BJensen@EXAMPLE.com')).toBe('bjensen@example.com')
    expect(fold('ÅNGSTRÖM ЖУК')).toBe('ångström жук')
  })

  it('does not depend on a locale: the Turkish I is not special', () => {
    expect(fold('TITLE')).toBe('title')
  })
})
