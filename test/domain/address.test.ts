import { describe, expect, it } from 'vitest'
import { addressIn, readAddress } from '../../src/domain/address.ts'

describe('address', () => {
  it('is one, however its case, its accents and its domain are written', () => {
    for (const [text, address] of [
      [' Ada@Acme.test ', 'ada@acme.test'],
      ['ada+tag@acme.test', 'ada+tag@acme.test'],
      ["o'neil@acme.test", "o'neil@acme.test"],
      ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
      ['ada@XN--MNCHEN-3YA.example', 'ada@xn--mnchen-3ya.example'],
      ['ada@ac\u200bme.test', 'ada@acme.test'],
      ['jose\u0301@acme.test', 'jos\u00e9@acme.test'],
    ] as const)
      expect([text, addressIn(text)]).toEqual([text, address])
  })

  it('is nothing that a mail program would read in another way, and nothing with invisible characters', () => {
    for (const text of [
      '',
      'ada',
      'ada@localhost',
      'Ada <ada@acme.test>',
      'mailto:ada@acme.test',
      'eve,ada@acme.test',
      'eve;ada@acme.test',
      '"ada"@acme.test',
      'a\u200bda@acme.test',
      '\u202eada@acme.test',
      'ada\0@acme.test',
    ]) {
      expect([text, addressIn(text)]).toEqual([text, undefined])
      expect(() => readAddress(text)).toThrow('Expected an e-mail address')
    }
  })
})
