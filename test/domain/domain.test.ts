import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/base/refusal.ts'
import { domainOfAddress, hasSaml, isVerified, readDomainName } from '../../src/domain/domain.ts'

function refusalOf(text: string): Refusal {
  try {
    const name = readDomainName(text)
    throw new Error(`expected a refusal of ${text}, got ${name}`)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

describe('domain: readDomainName', () => {
  it.each([
    ['acme.test', 'acme.test'],
    ['  Acme.TEST\n', 'acme.test'],
    ['acme.com.', 'acme.com'],
    ['mail.eu.acme.co.uk', 'mail.eu.acme.co.uk'],
    ['3m.com', '3m.com'],
    ['a--b.com', 'a--b.com'],
    ['www.ck', 'www.ck'],
  ])('reads %j as %s', (text, name) => {
    expect(readDomainName(text)).toBe(name)
  })

  it.each([
    ['Bücher.de', 'xn--bcher-kva.de'],
    ['XN--BCHER-KVA.de', 'xn--bcher-kva.de'],
    ['faß.de', 'xn--fa-hia.de'],
    ['例え.jp', 'xn--r8jz45g.jp'],
    ['acme。test', 'acme.test'],
    ['ＡＣＭＥ.test', 'acme.test'],
  ])('stores the international name %s as %s (UTS 46, non-transitional)', (text, name) => {
    expect(readDomainName(text)).toBe(name)
  })

  it('allows private suffixes and what is below them', () => {
    expect(readDomainName('github.io')).toBe('github.io')
    expect(readDomainName('acme.github.io')).toBe('acme.github.io')
  })

  it.each([
    ['ICANN suffixes', ['com', 'co.uk', 'co。uk', 'foo.ck', 'localhost', 'test', 'xn--p1ai']],
    [
      'IP addresses',
      ['192.0.2.1', '1.2.3', '１.２.３.４', '[::1]', '2001:db8::1', '0x7f.1', 'a.0x7f', 'a.5'],
    ],
    [
      'URLs',
      ['https://acme.test', 'acme.test/', 'acme.test/path', '//acme.test', 'acme.test?a', 'acme.test#a'],
    ],
    ['addresses', ['ada@acme.test', '@acme.test', 'acme.test:443']],
    ['underscores', ['_dmarc.acme.test', 'a_b.acme.test']],
    ['wildcards and escapes', ['*.acme.test', 'acme%2etest', '%61cme.test']],
    [
      'broken labels',
      ['.acme.test', 'acme..test', 'acme.test..', '-acme.test', 'acme-.test', `${'a'.repeat(64)}.test`],
    ],
    ['broken encodings', ['xn--a.com', 'xn--.com', 'xn--zzzzzz.com', '\u200d.com']],
    [
      'white space and control characters',
      ['ac me.test', 'acme\t.test', 'acme\u0000.test', 'acme.\u2028test'],
    ],
    ['property names of objects', ['__proto__', 'constructor', 'toString']],
  ])('refuses %s as invalid_input on domain', (_kind, texts) => {
    for (const text of texts) {
      expect(refusalOf(text), text).toMatchObject({ kind: 'invalid', code: 'invalid_input', attr: 'domain' })
    }
  })

  it('says what was expected and what came', () => {
    expect(refusalOf('https://acme.test').message).toBe(
      'Expected a domain name like "example.com", at most 253 characters; got a URL: "https://acme.test".',
    )
    expect(refusalOf('co.uk').message).toContain('"co.uk", under which anybody can register names')
  })

  it('refuses a blank text as blank, and more than 253 characters as max_length', () => {
    expect(refusalOf('  ')).toMatchObject({ code: 'blank', attr: 'domain' })
    expect(refusalOf('.')).toMatchObject({ code: 'blank' })
    const labels = `${'a'.repeat(49)}.`.repeat(5)
    expect(readDomainName(`${labels}com`)).toHaveLength(253)
    expect(refusalOf(`${labels}info`)).toMatchObject({ code: 'max_length', attr: 'domain' })
    expect(refusalOf(`${'ü.'.repeat(120)}de`)).toMatchObject({ code: 'max_length' })
  })

  it('throws nothing but refusals, and what it reads it reads again to the same', () => {
    const label = fc.string({ unit: fc.constantFrom('a', 'Ü', '-', '1', 'ß', '例', '\u200d', 'xn--') })
    const nearName = fc.array(label, { minLength: 1, maxLength: 4 }).map(labels => labels.join('.'))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), nearName, fc.webUrl()), text => {
        let name: string
        try {
          name = readDomainName(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
          return
        }
        expect(name).toMatch(/^[a-z0-9.-]{3,253}$/)
        expect(readDomainName(name)).toBe(name)
      }),
      { numRuns: 5000 },
    )
  })
})

describe('domain: domainOfAddress', () => {
  it('is what follows the @, in the form of a domain name', () => {
    expect(domainOfAddress('Ada@Acme.TEST')).toBe('acme.test')
    expect(domainOfAddress(' ada+x@mail.acme.test ')).toBe('mail.acme.test')
    expect(domainOfAddress('ada@Bücher.de')).toBe('xn--bcher-kva.de')
  })

  it.each([
    '',
    'ada',
    'ada@',
    '@acme.test',
    'a@b@acme.test',
    'ada@acme',
    'ada@1.2.3.4',
    'a b@acme.test',
    'a@[::1]',
  ])('is undefined for %j', text => {
    expect(domainOfAddress(text)).toBeUndefined()
  })

  it('does not take what only looks like another domain for it', () => {
    for (const text of [
      'ada@acme.test/x',
      'ada@acme.test:1',
      'ada@acme.test\\x',
      'ada@%61cme.test',
      'ada@acme\t.test',
    ]) {
      expect(domainOfAddress(text), text).toBeUndefined()
    }
  })
})

describe('domain: what it has', () => {
  it('has SAML when all three fields are set', () => {
    const all = {
      samlEntityId: 'https://idp.test',
      samlSsoUrl: 'https://idp.test/sso',
      samlCertificates: 'PEM',
    }
    expect(hasSaml(all)).toBe(true)
    for (const field of ['samlEntityId', 'samlSsoUrl', 'samlCertificates']) {
      expect(hasSaml({ ...all, [field]: null })).toBe(false)
      expect(hasSaml({ ...all, [field]: '' })).toBe(false)
    }
  })

  it('is verified from the time it was verified at', () => {
    expect(isVerified({ verifiedAt: '2026-01-01T00:00:00.000Z' })).toBe(true)
    expect(isVerified({ verifiedAt: null })).toBe(false)
  })
})
