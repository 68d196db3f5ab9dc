import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Connection, judgeResponse } from '../../src/saml/verdict.ts'
import { signatures } from './hostile/signature.ts'
import { wrapping } from './hostile/wrapping.ts'
import { idp, privatePem, sp } from './keys.ts'
import { connection, encode, make, now, theResponse } from './provider.ts'
import { shapes } from './shapes.ts'
import { signXml } from './sign.ts'

const judge = (xml: string, settings: Connection = connection) =>
  judgeResponse({ response: encode(xml), connection: settings, now })

beforeAll(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] })
})
afterAll(() => {
  vi.useRealTimers()
})

/** The NameID that node-saml would sign in, or undefined. */
async function nodeSaml(response: string, settings: Connection): Promise<string | undefined> {
  const saml = new SAML({
    idpCert: [idp.certificate],
    issuer: settings.spEntityId,
    audience: settings.spEntityId,
    callbackUrl: settings.acsUrl,
    decryptionPvk: privatePem(sp),
    validateInResponseTo: ValidateInResponseTo.never,
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
    acceptedClockSkewMs: 180_000,
  })
  try {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response })
    return profile?.nameID
  } catch {
    return undefined
  }
}

describe('against node-saml', () => {
  it.each(shapes)('reads the same NameID from $name', async ({ xml, connection: settings }) => {
    const verdict = judge(xml, settings)
    expect(verdict.nameId?.value).toBe(await nodeSaml(encode(xml), settings))
  })

  it('takes no document whose signature node-saml refuses', async () => {
    for (const { response, connection: settings, name } of [...wrapping, ...signatures]) {
      const theirs = await nodeSaml(response, settings)
      const ours = judgeResponse({ response, connection: settings, now })
      expect(ours.outcome === 'accepted' && theirs === undefined, name).toBe(false)
    }
  }, 60_000)
})

const name = fc.constantFrom('a', 'b', 'p:a', 'q:b', 'saml:x')
const text = fc.string({ unit: 'binary', maxLength: 8 }).map(asXml)
const declarations = fc.subarray([
  'xmlns="urn:d"',
  'xmlns=""',
  'xmlns:p="urn:p1"',
  'xmlns:q="urn:q1"',
  'xmlns:p="urn:p2"',
  'xmlns:r="urn:r"',
])
const attributes = fc.subarray([
  'a="1"',
  'b="&lt;&quot;&#10;&#9;"',
  'p:a="2"',
  'q:a="3"',
  'r:c=" x  y "',
  'xml:lang="de"',
])

/** Characters of XML, in references wherever text could not hold them as they are. */
function asXml(raw: string): string {
  return [...raw.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')]
    .map(each => (/[&<>\r]/.test(each) ? `&#${each.codePointAt(0)};` : each))
    .join('')
}

const { tree } = fc.letrec<{ tree: string }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 6 },
    text,
    fc
      .tuple(name, declarations, attributes, fc.array(tie('tree'), { maxLength: 4 }))
      .map(([tag, declared, given, inside]) => {
        const prefixes = new Map(declared.map(each => [each.split('=')[0], each]))
        return `<${tag} ${[...prefixes.values(), ...given].join(' ')}>${inside.join('')}</${tag}>`
      }),
  ),
}))

/** A response with anything in an attribute, where every prefix is declared somewhere around. */
const documents = tree.map(inside =>
  make(
    {
      attributes: `<A:AttributeStatement><A:Attribute Name="x"><A:AttributeValue xmlns:p="urn:p" xmlns:q="urn:q" xmlns:r="urn:r0">${inside}</A:AttributeValue></A:Attribute></A:AttributeStatement>`,
    },
    { signed: 'both' },
  ),
)

describe('against xml-crypto', () => {
  it('canonicalizes whatever is in a document to the same text', () => {
    fc.assert(
      fc.property(documents, xml => {
        expect(judge(xml)).toMatchObject({ outcome: 'accepted' })
      }),
      { numRuns: 100 },
    )
  }, 60_000)
})

describe('against itself', () => {
  it('reads from a document that anything was done to the same as before, or nothing', () => {
    const good = make({}, { signed: 'both' })
    const original = judge(good)
    const change = fc.record({
      at: fc.nat(good.length),
      length: fc.nat(40),
      by: fc.oneof(
        fc.constantFrom(
          '',
          ' ',
          '<x/>',
          '</saml:NameID>',
          '<!---->',
          '&#32;',
          '"',
          'xmlns="urn:x" ',
          'ID="_x" ',
        ),
        fc.tuple(fc.nat(good.length), fc.nat(400)).map(([from, length]) => good.slice(from, from + length)),
      ),
    })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
        const xml = changes.reduce(
          (all, { at, length, by }) => all.slice(0, at) + by + all.slice(at + length),
          good,
        )
        const verdict = judge(xml)
        if (verdict.outcome === 'refused') return
        expect({ ...verdict, xml: good, idpClockOffsetMs: 0 }).toEqual({
          ...original,
          xml: good,
          idpClockOffsetMs: 0,
        })
      }),
      { numRuns: 2000 },
    )
  }, 60_000)
})

const hasXmlsec1 = (() => {
  try {
    execFileSync('xmlsec1', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** Debian: apt-get install xmlsec1. Where it is missing, what it has signed stands in fixtures/saml/xmlsec1. */
describe.skipIf(!hasXmlsec1)('against xmlsec1', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xmlsec1-'))
  const certificate = join(folder, 'idp.pem')
  writeFileSync(certificate, idp.certificate)
  afterAll(() => rmSync(folder, { recursive: true }))

  function verifies(xml: string, element: 'Assertion' | 'Response'): boolean {
    const file = join(folder, 'document.xml')
    writeFileSync(file, xml)
    const ids = ['assertion:Assertion', 'protocol:Response'].flatMap(each => [
      '--id-attr:ID',
      `urn:oasis:names:tc:SAML:2.0:${each}`,
    ])
    const where = `//*[local-name()='${element}']/*[local-name()='Signature']`
    const given = [
      '--verify',
      '--pubkey-cert-pem',
      certificate,
      ...ids,
      '--enabled-key-data',
      'rsa',
      '--node-xpath',
      where,
      file,
    ]
    try {
      execFileSync('xmlsec1', given, { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }

  it('agrees on documents with anything in them, good and changed', () => {
    fc.assert(
      fc.property(documents, fc.boolean(), (good, isChanged) => {
        const xml = isChanged ? good.replace('ada@acme.test', 'eve@acme.test') : good
        const theirs = verifies(xml, 'Assertion') && verifies(xml, 'Response')
        expect(judge(xml).outcome === 'accepted').toBe(theirs)
      }),
      { numRuns: 20 },
    )
  }, 60_000)

  it('agrees on a response signed around a signed assertion', () => {
    const xml = signXml(make(), { key: idp, target: theResponse })
    expect(verifies(xml, 'Response')).toBe(true)
    expect(judge(xml).outcome).toBe('accepted')
  })
})
