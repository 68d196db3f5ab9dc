// Signatures that are missing, foreign, weak, or about something else than the element around them.
import { createHmac, createPublicKey } from 'node:crypto'
import { attacker, certificateBase64, ec256, idp, nextIdp } from '../keys.ts'
import { connection, make } from '../provider.ts'
import { ds, enveloped, exclusive, more, signXml, xenc } from '../sign.ts'
import { edit, hostile } from './case.ts'

const signed = make()
const bySigned = make({}, { signed: 'response' })
const both = make({}, { signed: 'both' })
const signature = /<ds:Signature .*?<\/ds:Signature>/s
const unsigned = edit(signed, signature, '')
const spki = createPublicKey(idp.privateKey).export({ type: 'spki', format: 'pem' }).toString()
const anySha256 = `${more}rsa-sha256`
const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
const attributes =
  '<A:AttributeStatement><A:Attribute Name="email"><A:AttributeValue>ada@acme.test</A:AttributeValue></A:Attribute></A:AttributeStatement>'

/** Signs the canonical SignedInfo of a good document with HMAC, the key being what everybody knows. */
function hmacWith(key: string): string {
  const text = edit(signed, anySha256, `${more}hmac-sha256`)
  const info = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s.exec(text)?.[0] ?? ''
  const canonical = info.replace('<ds:SignedInfo>', `<ds:SignedInfo xmlns:ds="${ds}">`)
  const value = createHmac('sha256', key).update(canonical).digest('base64')
  return edit(text, /<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${value}`)
}

const forged = (settings: object) => make({}, { signing: settings })
const tampered = (what: string | RegExp, by: string, xml = signed) => edit(xml, what, by)
const reference = /<ds:Reference .*?<\/ds:Reference>/s.exec(signed)?.[0] ?? ''

const absent = [
  hostile('saml_unsigned', 'no signature', unsigned),
  hostile('saml_unsigned', 'no signature on a response that had one', edit(bySigned, signature, '')),
  hostile('saml_unsigned', 'neither of the two signatures', both.replaceAll(new RegExp(signature, 'gs'), '')),
  hostile(
    'saml_unsigned',
    'a signature in another namespace',
    tampered(`xmlns:ds="${ds}"`, 'xmlns:ds="http://www.w3.org/2000/09/xmldsig"'),
  ),
  hostile(
    'saml_unsigned',
    'a signature of another name',
    signed.replaceAll('ds:Signature>', 'ds:signature>').replace('<ds:Signature ', '<ds:signature '),
  ),
  hostile(
    'saml_bad_signature',
    'an empty signature',
    tampered(signature, `<ds:Signature xmlns:ds="${ds}"/>`),
  ),
  hostile('saml_bad_signature', 'no SignedInfo', tampered(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, '')),
  hostile(
    'saml_malformed',
    'no SignatureValue but something else',
    tampered(/<ds:SignatureValue>.*<\/ds:SignatureValue>/s, '<ds:Value/>'),
  ),
  hostile(
    'saml_bad_signature',
    'no SignatureValue',
    tampered(/<ds:SignatureValue>.*<\/ds:SignatureValue>/s, ''),
  ),
  hostile('saml_bad_signature', 'an empty SignatureValue', tampered(/(?<=<ds:SignatureValue>)[^<]*/, '')),
  hostile(
    'saml_bad_signature',
    'a SignatureValue that is no base64',
    tampered(/(?<=<ds:SignatureValue>)[^<]*/, '!!!!'),
  ),
  hostile(
    'saml_bad_signature',
    'a SignatureValue of one byte',
    tampered(/(?<=<ds:SignatureValue>)[^<]*/, 'AA=='),
  ),
  hostile(
    'saml_bad_signature',
    'two SignedInfo',
    tampered('<ds:SignatureValue>', `<ds:SignedInfo>${reference}</ds:SignedInfo><ds:SignatureValue>`),
  ),
  hostile(
    'saml_bad_signature',
    'two SignatureValue',
    tampered('<ds:SignatureValue>', '<ds:SignatureValue>AAAA</ds:SignatureValue><ds:SignatureValue>'),
  ),
]

const foreign = [
  hostile(
    'saml_wrong_certificate',
    'an attacker’s key with their certificate in KeyInfo',
    forged({ key: attacker }),
  ),
  hostile(
    'saml_wrong_certificate',
    'an attacker’s response signature',
    make({}, { signed: 'response', signing: { key: attacker } }),
  ),
  hostile(
    'saml_bad_signature',
    'an attacker’s key with the right certificate in KeyInfo',
    forged({ key: attacker, shown: certificateBase64(idp) }),
  ),
  hostile('saml_bad_signature', 'an attacker’s key without KeyInfo', forged({ key: attacker, shown: null })),
  hostile(
    'saml_bad_signature',
    'an attacker’s key with garbage for a certificate',
    forged({ key: attacker, shown: 'AAAA' }),
  ),
  hostile('saml_wrong_certificate', 'a certificate that was taken out', signed, {
    certificates: nextIdp.certificate,
  }),
  hostile('saml_wrong_certificate', 'a good RSA signature where an EC key is trusted', signed, {
    certificates: ec256.certificate,
  }),
  hostile(
    'saml_wrong_certificate',
    'an EC signature where an RSA key is trusted',
    forged({ key: ec256, method: `${more}ecdsa-sha256` }),
  ),
  hostile(
    'saml_bad_signature',
    'both signed, the assertion by the right key, the response by another',
    signXml(signed, { key: attacker, shown: null, target: "/*[local-name()='Response']" }),
  ),
  hostile(
    'saml_wrong_certificate',
    'both signed, the response by the right key, the assertion by another',
    signXml(make({}, { signing: { key: attacker } }), { key: idp, target: "/*[local-name()='Response']" }),
  ),
  hostile(
    'saml_malformed',
    'KeyInfo with an object of another namespace',
    tampered('</ds:KeyInfo>', '<x xmlns="urn:x"/></ds:KeyInfo>'),
  ),
  hostile(
    'saml_malformed',
    'an Object in the signature',
    tampered('</ds:Signature>', '<ds:Object/></ds:Signature>'),
  ),
  hostile(
    'saml_malformed',
    'a Manifest in the signature',
    tampered('</ds:Signature>', '<ds:Manifest/></ds:Signature>'),
  ),
  hostile(
    'saml_malformed',
    'a signature in the signature’s KeyInfo',
    tampered('</ds:KeyInfo>', `${signature.exec(signed)?.[0]}</ds:KeyInfo>`),
  ),
]

const weak = [
  hostile('saml_weak_algorithm', 'HMAC with the certificate as the key', hmacWith(idp.certificate)),
  hostile('saml_weak_algorithm', 'HMAC with the public key as the key', hmacWith(spki)),
  hostile('saml_weak_algorithm', 'HMAC with an empty key', hmacWith('')),
  hostile('saml_weak_algorithm', 'HMAC of SHA-1', tampered(anySha256, `${ds}hmac-sha1`)),
  hostile('saml_weak_algorithm', 'RSA with SHA-1', forged({ method: `${ds}rsa-sha1` })),
  hostile('saml_weak_algorithm', 'a digest by SHA-1', forged({ digest: `${ds}sha1` })),
  hostile('saml_weak_algorithm', 'DSA', tampered(anySha256, `${ds}dsa-sha1`)),
  hostile('saml_weak_algorithm', 'RSA with MD5', tampered(anySha256, `${more}rsa-md5`)),
  hostile('saml_weak_algorithm', 'a digest by MD5', tampered(`${xenc}sha256`, `${more}md5`)),
  hostile('saml_weak_algorithm', 'no algorithm', tampered(` Algorithm="${anySha256}"`, '')),
  hostile(
    'saml_weak_algorithm',
    'an algorithm in another case',
    tampered(anySha256, anySha256.toUpperCase()),
  ),
  hostile('saml_weak_algorithm', 'an algorithm named like a property', tampered(anySha256, '__proto__')),
  hostile(
    'saml_weak_algorithm',
    'a truncated output',
    tampered(
      /(<ds:SignatureMethod [^>]*?)\/>/,
      `<ds:SignatureMethod Algorithm="${anySha256}"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>`,
    ),
  ),
  hostile('saml_bad_signature', 'SHA-512 by name, SHA-256 by fact', tampered(anySha256, `${more}rsa-sha512`)),
  hostile(
    'saml_bad_signature',
    'PSS by name, PKCS #1 by fact',
    tampered(anySha256, 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1'),
  ),
  hostile('saml_bad_signature', 'ECDSA by name, RSA by fact', tampered(anySha256, `${more}ecdsa-sha256`)),
]

const elsewhere = [
  hostile(
    'saml_bad_signature',
    'a reference to the Response from the Assertion',
    tampered('URI="#_assertion"', 'URI="#_response"'),
  ),
  hostile(
    'saml_bad_signature',
    'a reference to the Assertion from the Response',
    tampered('URI="#_response"', 'URI="#_assertion"', bySigned),
  ),
  hostile('saml_bad_signature', 'a reference to nothing', tampered('URI="#_assertion"', 'URI="#_nobody"')),
  hostile('saml_bad_signature', 'a reference to the whole document', tampered('URI="#_assertion"', 'URI=""')),
  hostile(
    'saml_bad_signature',
    'a reference to the whole document, signed so',
    make({}, { signed: 'response', signing: { isEmptyUri: true } }),
  ),
  hostile('saml_bad_signature', 'a reference without a URI', tampered(' URI="#_assertion"', '')),
  hostile(
    'saml_bad_signature',
    'a reference to the world',
    tampered('URI="#_assertion"', 'URI="http://evil.test/x.xml"'),
  ),
  hostile(
    'saml_bad_signature',
    'a reference to a file',
    tampered('URI="#_assertion"', 'URI="file:///etc/passwd"'),
  ),
  hostile(
    'saml_bad_signature',
    'a reference by XPointer',
    tampered('URI="#_assertion"', `URI="#xpointer(id('_assertion'))"`),
  ),
  hostile(
    'saml_bad_signature',
    'a reference with an injected XPath',
    tampered('URI="#_assertion"', `URI="#_assertion' or '1'='1"`),
  ),
  hostile('saml_bad_signature', 'two references', tampered('</ds:Reference>', `</ds:Reference>${reference}`)),
  hostile('saml_bad_signature', 'no reference', tampered(reference, '')),
  hostile('saml_bad_signature', 'no transforms', tampered(/<ds:Transforms>.*?<\/ds:Transforms>/s, '')),
  hostile('saml_bad_signature', 'enveloped-signature alone', forged({ transforms: [enveloped] })),
  hostile(
    'saml_bad_signature',
    'canonicalization alone',
    tampered(`<ds:Transform Algorithm="${enveloped}"/>`, ''),
  ),
  hostile(
    'saml_bad_signature',
    'the transforms the other way round',
    forged({ transforms: [exclusive, enveloped] }),
  ),
  hostile(
    'saml_bad_signature',
    'a third transform',
    forged({ transforms: [enveloped, exclusive, exclusive] }),
  ),
  hostile(
    'saml_bad_signature',
    'inclusive canonicalization as transform',
    forged({ transforms: [enveloped, inclusive] }),
  ),
  hostile(
    'saml_bad_signature',
    'inclusive canonicalization of SignedInfo',
    forged({ canonicalization: inclusive }),
  ),
  hostile(
    'saml_bad_signature',
    'an XPath transform',
    tampered(
      `<ds:Transform Algorithm="${enveloped}"/>`,
      '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(//x)</ds:XPath></ds:Transform>',
    ),
  ),
  hostile(
    'saml_malformed',
    'an XSLT transform with its style sheet',
    tampered(
      `<ds:Transform Algorithm="${enveloped}"/>`,
      '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/></ds:Transform>',
    ),
  ),
  hostile('saml_bad_signature', 'a base64 transform', tampered(enveloped, `${ds}base64`)),
  hostile(
    'saml_bad_signature',
    'an unknown canonicalization',
    tampered(/(?<=<ds:CanonicalizationMethod Algorithm=")[^"]*/, 'urn:x'),
  ),
  hostile(
    'saml_bad_signature',
    'a prefix list that was not signed',
    tampered(
      /(<ds:CanonicalizationMethod Algorithm="[^"]*")\s*\/>/,
      `<ds:CanonicalizationMethod Algorithm="${exclusive}"><e:InclusiveNamespaces xmlns:e="${exclusive}" PrefixList="samlp"/></ds:CanonicalizationMethod>`,
    ),
  ),
]

const changed: [string, string | RegExp, string][] = [
  ['NameID', 'ada@acme.test</saml:NameID>', 'eve@acme.test</saml:NameID>'],
  ['one letter of NameID in another case', 'ada@acme.test</saml:NameID>', 'Ada@acme.test</saml:NameID>'],
  ['a space after NameID', 'ada@acme.test</saml:NameID>', 'ada@acme.test </saml:NameID>'],
  ['an element in NameID', 'ada@acme.test</saml:NameID>', 'ada@acme.test<x/></saml:NameID>'],
  ['an attribute value', 'ada@acme.test</saml:AttributeValue>', 'eve@acme.test</saml:AttributeValue>'],
  ['an attribute name', 'Name="email"', 'Name="mail"'],
  ['the Issuer', /(?<=<saml:Assertion [^>]*><saml:Issuer>)[^<]*/, 'https://other.test'],
  ['the Audience', connection.spEntityId, 'https://other.test'],
  ['the Recipient', /Recipient="[^"]*"/, 'Recipient="https://other.test"'],
  ['NotOnOrAfter', /NotOnOrAfter="[^"]*"/, 'NotOnOrAfter="2027-01-01T00:00:00Z"'],
  [
    'InResponseTo of the confirmation',
    /(?<=SubjectConfirmationData )InResponseTo="_request"/,
    'InResponseTo="_other"',
  ],
  [
    'the removed InResponseTo of the confirmation',
    /(?<=SubjectConfirmationData )InResponseTo="_request"/,
    '',
  ],
  ['the ID with its reference', /_assertion/g, '_evil'],
  ['the digest', /(?<=<ds:DigestValue>)[^<]*/, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='],
  ['an empty digest', /(?<=<ds:DigestValue>)[^<]*/, ''],
  ['the first letter of the signature', /(?<=<ds:SignatureValue>)./, '/'],
  ['a prefix', /saml:Conditions/g, 'evil:Conditions'],
  ['white space between elements', '</saml:Subject>', '</saml:Subject>\n'],
  ['an added element', '</saml:Subject>', '</saml:Subject><x xmlns="urn:x"/>'],
  ['a removed element', /<saml:AuthnStatement.*<\/saml:AuthnStatement>/s, ''],
]

const tampering = changed.map(([name, what, by]) =>
  hostile(
    name === 'a prefix' ? 'saml_malformed' : 'saml_bad_signature',
    `changed after signing: ${name}`,
    edit(make({ attributes }), what, by),
  ),
)

export const signatures = [...absent, ...foreign, ...weak, ...elsewhere, ...tampering]
