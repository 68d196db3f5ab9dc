import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readEmail } from '../../src/saml/assertion/email.ts'
import { readProfile } from '../../src/saml/assertion/profile.ts'
import {
  type Connection,
  judgeResponse,
  type Verdict,
  type VerifiedAssertion,
} from '../../src/saml/verdict.ts'
import { signIn } from './hostile/case.ts'
import { ec256, ec384, idp, nextIdp, nextSp, privatePem, sp } from './keys.ts'
import { bearer, connection, encode, make, minutesFromNow, now } from './provider.ts'
import { shapes } from './shapes.ts'
import { ds, exclusive, more, xenc } from './sign.ts'

const judge = (xml: string, settings: Partial<Connection> = {}): Verdict =>
  judgeResponse({ response: encode(xml), connection: { ...connection, ...settings }, now })

function accepted(verdict: Verdict): VerifiedAssertion {
  if (verdict.outcome === 'accepted') return verdict.assertion
  throw new Error(`${verdict.refusal.code}: expected ${verdict.refusal.expected}, got ${verdict.refusal.got}`)
}

const outcomes = (verdict: Verdict) =>
  Object.fromEntries([...verdict.checks.values()].map(({ name, outcome }) => [name, outcome]))

describe('verdict: what identity providers send', () => {
  it.each(shapes)('accepts the response of $name', ({ xml, connection: settings, email, profile }) => {
    const assertion = accepted(judge(xml, settings))
    expect(readEmail({ ...assertion, names: {} })).toBe(email)
    expect(readProfile({ ...assertion, names: {} })).toEqual({
      firstName: null,
      lastName: null,
      fullName: null,
      groups: [],
      ...profile,
    })
  })
})

describe('verdict: signatures', () => {
  const pss = 'http://www.w3.org/2007/05/xmldsig-more#'

  it.each([
    ['RSA-SHA256', idp, `${more}rsa-sha256`, `${xenc}sha256`],
    ['RSA-SHA384', idp, `${more}rsa-sha384`, `${more}sha384`],
    ['RSA-SHA512', idp, `${more}rsa-sha512`, `${xenc}sha512`],
    ['RSA-PSS with SHA-256', idp, `${pss}sha256-rsa-MGF1`, `${xenc}sha256`],
    ['RSA-PSS with SHA-384', idp, `${pss}sha384-rsa-MGF1`, `${xenc}sha256`],
    ['RSA-PSS with SHA-512', idp, `${pss}sha512-rsa-MGF1`, `${xenc}sha512`],
    ['ECDSA P-256', ec256, `${more}ecdsa-sha256`, `${xenc}sha256`],
    ['ECDSA P-384', ec384, `${more}ecdsa-sha384`, `${xenc}sha256`],
    ['ECDSA P-384 with SHA-512', ec384, `${more}ecdsa-sha512`, `${xenc}sha512`],
  ])('accepts %s', (_name, key, method, digest) => {
    const settings = { certificates: key.certificate }
    for (const signed of ['assertion', 'response', 'both'] as const) {
      const xml = make(
        {},
        { signed, signing: { key, method, digest: digest.replace(`${more}sha384`, `${xenc}sha512`) } },
      )
      expect(accepted(judge(xml, settings)).id).toBe('_assertion')
    }
  })

  it('accepts SHA-1 only where the installation allows it', () => {
    const xml = make({}, { signing: { method: `${ds}rsa-sha1`, digest: `${ds}sha1` } })
    expect(judge(xml)).toMatchObject({ refusal: { code: 'saml_weak_algorithm' } })
    expect(judge(xml, { allowSha1: true }).outcome).toBe('accepted')
  })

  it('accepts canonicalization with comments, of which there are none', () => {
    const withComments = `${exclusive}WithComments`
    const xml = make({}, { signing: { canonicalization: withComments } })
    expect(judge(xml).outcome).toBe('accepted')
  })

  it('trusts several certificates, each alone, and none that was taken out', () => {
    const old = make()
    const renewed = make({}, { signing: { key: nextIdp } })
    const both = connection.certificates + nextIdp.certificate
    expect(judge(old, { certificates: both }).outcome).toBe('accepted')
    expect(judge(renewed, { certificates: both }).outcome).toBe('accepted')
    expect(judge(renewed, { certificates: nextIdp.certificate }).outcome).toBe('accepted')
    expect(judge(old, { certificates: nextIdp.certificate })).toMatchObject({
      refusal: { code: 'saml_wrong_certificate' },
    })
  })

  it('says which certificate verified, and which came where none did', () => {
    const fingerprint = (pem: string) => new X509Certificate(pem).fingerprint256
    const other = make({}, { signing: { key: nextIdp } })
    expect(judge(make()).certificateFingerprint).toBe(fingerprint(idp.certificate))
    expect(judge(make({}, { signing: { shown: null } })).certificateFingerprint).toBe(
      fingerprint(idp.certificate),
    )
    const refused = judge(other)
    expect(refused.certificateFingerprint).toBe(fingerprint(nextIdp.certificate))
    expect(refused).toMatchObject({
      refusal: {
        expected: `a signature by certificate ${fingerprint(idp.certificate)} (until 2035-01-01)`,
        got: `one by certificate ${fingerprint(nextIdp.certificate)} (until 2035-01-01)`,
      },
    })
  })

  it('does not mind a foreign certificate in KeyInfo when a trusted one verifies', () => {
    const shown = nextIdp.certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '')
    expect(judge(make({}, { signing: { shown } })).outcome).toBe('accepted')
  })
})

describe('verdict: encryption', () => {
  it.each([
    ['aes128-gcm', 'sha1'],
    ['aes192-gcm', 'sha1'],
    ['aes256-gcm', 'sha256'],
    ['aes256-gcm', 'sha512'],
  ] as const)('opens %s with RSA-OAEP of %s', (cipher, oaep) => {
    const encryption = { recipient: sp, cipher, oaep }
    expect(accepted(judge(make({}, { encryption }))).nameId.value).toBe('ada@acme.test')
  })

  it('opens with the old key and the new one while one replaces the other', () => {
    const forOld = make({}, { encryption: { recipient: sp } })
    const forNew = make({}, { encryption: { recipient: nextSp } })
    const decryptionKeys = [privatePem(nextSp), privatePem(sp)]
    expect(judge(forOld, { decryptionKeys }).outcome).toBe('accepted')
    expect(judge(forNew, { decryptionKeys }).outcome).toBe('accepted')
    expect(judge(forOld, { decryptionKeys: [privatePem(nextSp)] })).toMatchObject({
      refusal: { code: 'saml_decryption_failed' },
    })
  })

  it('says the same of a wrong key, a changed ciphertext and bad plaintext', () => {
    const encrypted = make({}, { encryption: { recipient: sp } })
    const value =
      /(?<=<xenc:CipherValue>)[^<]*(?=<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/
    const documents = [
      make({}, { encryption: { recipient: nextSp } }),
      encrypted.replace(value, found => `${found.startsWith('A') ? 'B' : 'A'}${found.slice(1)}`),
      encrypted.replace(value, 'AAAA'),
    ]
    const refusals = documents.map(xml => judge(xml)).map(each => each.outcome === 'refused' && each.refusal)
    expect(new Set(refusals.map(each => JSON.stringify(each))).size).toBe(1)
  })
})

describe('verdict: times', () => {
  it('takes clocks that differ by less than the skew, both ways', () => {
    const at = (ms: number, skew: number) =>
      judgeResponse({
        response: encode(make()),
        connection: { ...connection, clockSkewSeconds: skew },
        now: new Date(now.getTime() + ms),
      }).outcome
    const minute = 60_000
    expect(at(8 * minute - 1, 180)).toBe('accepted')
    expect(at(8 * minute, 180)).toBe('refused')
    expect(at(5 * minute, 0)).toBe('refused')
    expect(at(-3 * minute, 180)).toBe('accepted')
    expect(at(-3 * minute - 1, 180)).toBe('refused')
  })

  it('takes fractions of seconds', () => {
    const times = ' NotBefore="2026-03-01T11:59:00.1234567Z" NotOnOrAfter="2026-03-01T12:05:00.5Z"'
    expect(judge(make({ conditionsTimes: times })).outcome).toBe('accepted')
  })
})

describe('verdict: what is accepted', () => {
  it('carries what the sign-in goes on with', () => {
    const assertion = accepted(judge(make()))
    expect(assertion).toEqual({
      id: '_assertion',
      nameId: { value: 'ada@acme.test', format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' },
      attributes: new Map(),
      inResponseTo: '_request',
      notOnOrAfter: new Date('2026-03-01T12:05:00Z'),
      authenticatedAt: new Date('2026-03-01T12:00:00Z'),
      sessionNotOnOrAfter: new Date('2026-03-01T20:00:00Z'),
    })
  })

  const confirmationWith = (attributes: string) =>
    `<A:SubjectConfirmation Method="${bearer}"><A:SubjectConfirmationData NotOnOrAfter="${minutesFromNow(5)}" ${attributes}/></A:SubjectConfirmation>`
  const here = `Recipient="${connection.acsUrl}"`

  it('believes an InResponseTo only where it is signed', () => {
    const unsolicited = { confirmation: confirmationWith(here) }
    expect(accepted(judge(make(unsolicited))).inResponseTo).toBeNull()
    expect(accepted(judge(make(unsolicited, { signed: 'response' }))).inResponseTo).toBe('_request')
    expect(
      accepted(judge(make({ ...unsolicited, responseInResponseTo: '' }, { signed: 'both' }))).inResponseTo,
    ).toBeNull()
    expect(accepted(judge(make({ responseInResponseTo: '' }))).inResponseTo).toBe('_request')
  })

  it('finds the bearer confirmation that is meant for us among several', () => {
    const elsewhere = confirmationWith('Recipient="https://other.test" InResponseTo="_other"')
    const ours = confirmationWith(`${here} InResponseTo="_request"`)
    expect(accepted(judge(make({ confirmation: elsewhere + ours }))).inResponseTo).toBe('_request')
  })

  it('takes conditions that hold by themselves, and an audience among others', () => {
    const conditions = `<A:OneTimeUse/><A:AudienceRestriction><A:Audience>https://other.test</A:Audience><A:Audience>${connection.spEntityId}</A:Audience></A:AudienceRestriction><A:ProxyRestriction Count="0"/>`
    expect(judge(make({ audience: conditions })).outcome).toBe('accepted')
  })

  it('joins an Attribute that is repeated, whatever its name', () => {
    const attribute = (name: string, value: string) =>
      `<A:Attribute Name="${name}"><A:AttributeValue>${value}</A:AttributeValue></A:Attribute>`
    const attributes = `<A:AttributeStatement>${attribute('__proto__', 'a')}${attribute('constructor', 'b')}</A:AttributeStatement><A:AttributeStatement>${attribute('__proto__', 'c')}</A:AttributeStatement>`
    expect(accepted(judge(make({ attributes }))).attributes).toEqual(
      new Map([
        ['__proto__', ['a', 'c']],
        ['constructor', ['b']],
      ]),
    )
  })

  it('needs no Destination and no Issuer on the Response', () => {
    expect(judge(make({ destination: '', responseIssuer: '' })).outcome).toBe('accepted')
  })
})

describe('verdict: what is recorded', () => {
  it('shows every check that was passed', () => {
    const verdict = judge(make())
    const notReached = [...verdict.checks.values()]
      .filter(each => each.outcome !== 'passed')
      .map(each => each.name)
    expect(notReached).toEqual([
      'connection',
      'decryption',
      'request',
      'browser',
      'email',
      'domain',
      'replay',
      'access',
    ])
    expect(verdict.checks.get('audience')).toEqual({
      name: 'audience',
      outcome: 'passed',
      expected: connection.spEntityId,
      got: connection.spEntityId,
      ms: null,
    })
  })

  it('stops at the check that failed, with what was expected and what came', () => {
    const verdict = judge(make({ issuer: 'https://other.test' }))
    expect(verdict).toMatchObject({ outcome: 'refused', refusal: { code: 'saml_issuer_mismatch' } })
    expect(outcomes(verdict)).toMatchObject({
      signature: 'passed',
      issuer: 'failed',
      audience: 'not_reached',
    })
    expect(verdict.checks.get('issuer')).toMatchObject({
      expected: connection.idpEntityId,
      got: 'https://other.test',
    })
    expect(verdict.nameId?.value).toBe('ada@acme.test')
  })

  it('tells how far the clock of the identity provider is ahead', () => {
    expect(judge(make({ responseIssueInstant: minutesFromNow(2) })).idpClockOffsetMs).toBe(120_000)
    expect(judge(make({ responseIssueInstant: 'now' })).idpClockOffsetMs).toBeNull()
  })

  it('shows no more than the beginning of what came', () => {
    const verdict = judge(make({ issuer: 'x'.repeat(10_000) }))
    expect(verdict.outcome === 'refused' && verdict.refusal.got.length).toBe(501)
  })

  it('is plain data that can pass between threads', () => {
    const verdict = judge(make())
    expect(structuredClone(verdict)).toEqual(verdict)
  })
})

describe('verdict: another tenant', () => {
  it('refuses every document of one connection at another', () => {
    const other: Connection = {
      ...connection,
      spEntityId: 'https://gatehouse.test/saml/0200/metadata',
      acsUrl: 'https://gatehouse.test/saml/0200/acs',
      idpEntityId: 'https://idp.test/other',
      certificates: nextIdp.certificate,
    }
    const response = encode(make())
    expect(signIn(response, other)).toBe('saml_wrong_certificate')
    expect(signIn(response, { ...other, certificates: idp.certificate })).toBe('saml_issuer_mismatch')
    expect(signIn(response, { ...connection, acsUrl: other.acsUrl })).toBe('saml_destination_mismatch')
    expect(signIn(response, { ...connection, spEntityId: other.spEntityId })).toBe('saml_audience_mismatch')
  })
})
