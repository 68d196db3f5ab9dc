// Writes fixtures/saml-bad/ anew: a good response, and for each refusal one that differs from it in one thing.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RefusalCode } from '../../src/saml/refusal.ts'
import { edit } from './hostile/case.ts'
import { nextIdp, sp } from './keys.ts'
import { attributeStatement, connection, encode, formats, make, minutesFromNow, now } from './provider.ts'
import { ds } from './sign.ts'

const directory = join(import.meta.dirname, '../../fixtures/saml-bad')
const mostXmlBytes = 256 * 1024

const good = {
  description: 'A good response: its assertion is signed by the certificate of the connection.',
  now: now.toISOString(),
  ownedDomains: ['acme.test'],
  // No key is kept: what signed these documents, or could read an encrypted one, is gone with this process.
  connection: { ...connection, decryptionKeys: [] },
  response: encode(make()),
}

function write(name: string, difference: Partial<typeof good>) {
  writeFileSync(join(directory, `${name}.json`), `${JSON.stringify({ ...good, ...difference }, null, 2)}\n`)
}

const sent = (code: RefusalCode, description: string, xml: string) =>
  write(code, { description, response: encode(xml) })

mkdirSync(directory, { recursive: true })
write('good', {})

const signed = make()
const padding = ' '.repeat(mostXmlBytes + 1 - Buffer.byteLength(signed))
const changed = edit(signed, 'ada@', 'eve@')
const signature = /<ds:Signature .*?<\/ds:Signature>/s
const audience = '<A:AudienceRestriction><A:Audience>https://other.test</A:Audience></A:AudienceRestriction>'
const responder = 'urn:oasis:names:tc:SAML:2.0:status:Responder'
const confirmation = `<A:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><A:SubjectConfirmationData InResponseTo="_request" NotOnOrAfter="${minutesFromNow(5)}" Recipient="https://other.test"/></A:SubjectConfirmation>`
const twoAddresses = attributeStatement([['email', 'ada@acme.test', 'eve@acme.test']])

// The document as it travels.
sent('saml_malformed', 'A comment stands before the root.', edit(signed, '?>', '?><!-- -->'))
sent('saml_too_large', 'Spaces at the end make it one byte longer than 256 KiB.', signed + padding)
sent(
  'saml_idp_error',
  'The status is Responder.',
  make({ status: `<P:Status><P:StatusCode Value="${responder}"/></P:Status>` }),
)

// The proof.
sent('saml_unsigned', 'The signature is left out.', edit(signed, signature, ''))
sent('saml_weak_algorithm', 'Signed by RSA with SHA-1.', make({}, { signing: { method: `${ds}rsa-sha1` } }))
sent('saml_bad_signature', 'The NameID was changed after signing.', changed)
sent(
  'saml_decryption_failed',
  'The assertion is encrypted, for a key that the connection has not.',
  make({}, { encryption: { recipient: sp } }),
)
write('saml_wrong_certificate', {
  description: 'The connection has another certificate.',
  connection: { ...good.connection, certificates: nextIdp.certificate },
})

// What the assertion says.
sent('saml_issuer_mismatch', 'The issuer is another one.', make({ issuer: 'https://other.test/entity' }))
sent('saml_audience_missing', 'There is no audience restriction.', make({ audience: '' }))
sent('saml_audience_mismatch', 'The audience is another one.', make({ audience }))
sent('saml_recipient_mismatch', 'The recipient is another one.', make({ confirmation }))
sent(
  'saml_destination_mismatch',
  'The destination is another one.',
  make({ destination: ' Destination="https://other.test"' }),
)
sent('saml_invalid_assertion', 'There is no authentication statement.', make({ authn: '' }))
write('saml_expired', { description: 'It comes ten minutes later.', now: minutesFromNow(10) })
write('saml_not_yet_valid', { description: 'It comes ten minutes earlier.', now: minutesFromNow(-10) })

// Whose address it is.
sent(
  'saml_email_missing',
  'The NameID is no address.',
  make({ nameId: `<A:NameID Format="${formats.email}">ada</A:NameID>` }),
)
sent(
  'saml_email_invalid',
  'The address has a display name.',
  make({ nameId: `<A:NameID Format="${formats.email}">Ada &lt;ada@acme.test&gt;</A:NameID>` }),
)
sent('saml_ambiguous_email', 'An attribute has two addresses.', make({ attributes: twoAddresses }))
write('saml_domain_not_allowed', {
  description: 'The organization owns another domain.',
  ownedDomains: ['other.test'],
})
