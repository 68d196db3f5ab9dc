import { describe, expect, it } from 'vitest'
import { readEmail, requireOwnedDomain } from '../../../src/saml/assertion/email.ts'

const identity = (attributes: Record<string, string[]>, nameId = '00u1x') => ({
  attributes: new Map(Object.entries(attributes)),
  names: {},
  nameId: { value: nameId, format: null },
})

describe('email', () => {
  const named = (value: string) => readEmail(identity({}, value))

  it('falls back on the NameID when that is an address', () => {
    expect(named('Ada@acme.test')).toBe('ada@acme.test')
    expect(readEmail(identity({ email: ['ada@acme.test'] }, 'eve@acme.test'))).toBe('ada@acme.test')
  })

  it('takes what an address may be made of', () => {
    const odd = "a.b+c/d=e?f^g_h`i{j|k}l~m!n#o$p%q&r's*t-u@x-1.acme.test"
    expect(named(odd)).toBe(odd)
    expect(named(`${'a'.repeat(64)}@acme.test`)).toHaveLength(74)
  })

  it('is one when the same value comes twice, in any case', () => {
    expect(readEmail(identity({ email: ['ada@acme.test', 'ADA@acme.test'] }))).toBe('ada@acme.test')
  })

  it('says which attributes came when there is none', () => {
    expect(() => readEmail(identity({ upn: ['ada'], dept: ['x'] }))).toThrow(
      'got NameID "00u1x" and attributes: upn, dept.',
    )
  })
})

describe('email: the domain', () => {
  it('is one that the organization has verified, exactly', () => {
    const owned = ['acme.test', 'acme.example']
    expect(() => requireOwnedDomain('ada@acme.example', owned)).not.toThrow()
    expect(() => requireOwnedDomain('ada@mail.acme.test', owned)).toThrow(
      'Expected an address on acme.test or acme.example, got ada@mail.acme.test.',
    )
    expect(() => requireOwnedDomain('ada@acme.test', [])).toThrow('Expected an address on a verified domain')
  })
})
