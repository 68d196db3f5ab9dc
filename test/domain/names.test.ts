// The names of organizations and people, as typed and as kept.
import { describe, expect, it } from 'vitest'
import { readOrganizationName, readPersonName } from '../../src/domain/names.ts'

describe('readOrganizationName', () => {
  const read = (text: string) => readOrganizationName(text, 'name')

  it('keeps it on one line, without blanks around it', () => {
    expect(read('  Acme\t\r\n  Corporation\u0000 ')).toBe('Acme Corporation')
    expect(read('x'.repeat(64))).toHaveLength(64)
    expect(read('Half \ud800')).toBe('Half \ufffd')
  })

  it('refuses what says nothing or too much, and says what came', () => {
    for (const text of ['', ' \n\u0000 ']) expect(() => read(text)).toThrow(/got nothing/)
    expect(() => read('x'.repeat(65))).toThrow(/at most 64 characters, got 65/)
  })
})

describe('readPersonName', () => {
  it('may be empty, and is not long', () => {
    expect(readPersonName(' ', 'first_name')).toBe('')
    expect(readPersonName(' Ada  Augusta ', 'first_name')).toBe('Ada Augusta')
    expect(() => readPersonName('x'.repeat(101), 'first_name')).toThrow(/at most 100/)
  })
})
