// What two parsers read differently, or one of them should not have read at all.
import { make } from '../provider.ts'
import { edit, hostile } from './case.ts'

const signed = make()
const doctype = (text: string) => edit(signed, '?>', `?>${text}`)
const inNameId = (text: string) => edit(signed, 'ada@acme.test', text)
const inResponse = (attribute: string) => edit(signed, '<samlp:Response ', `<samlp:Response ${attribute} `)
const inAssertion = (attribute: string) => edit(signed, '<saml:Assertion ', `<saml:Assertion ${attribute} `)
const bytes = (text: string, encoding: 'latin1' | 'utf16le') => Buffer.from(text, encoding)
const nul = '\u0000'

export const reading = [
  hostile('saml_malformed', 'a comment in NameID', inNameId('ada@acme.test<!-- -->.evil.test')),
  hostile(
    'saml_malformed',
    'a comment in NameID, signed',
    make({ nameId: '<A:NameID>ada@acme.test<!-- -->.evil.test</A:NameID>' }),
  ),
  hostile(
    'saml_malformed',
    'a comment in an attribute value',
    edit(signed, '</saml:Issuer>', '<!----></saml:Issuer>'),
  ),
  hostile('saml_malformed', 'a comment before the root', doctype('<!-- -->')),
  hostile('saml_malformed', 'a comment after the root', `${signed}<!-- -->`),
  hostile('saml_malformed', 'CDATA in NameID', inNameId('<![CDATA[ada@acme.test]]>')),
  hostile(
    'saml_malformed',
    'CDATA in NameID, signed',
    make({ nameId: '<A:NameID><![CDATA[ada@acme.test]]></A:NameID>' }),
  ),
  hostile(
    'saml_malformed',
    'CDATA in SignatureValue',
    edit(signed, '<ds:SignatureValue>', '<ds:SignatureValue><![CDATA[]]>'),
  ),
  hostile('saml_malformed', 'a processing instruction in NameID', inNameId('ada@acme.test<?x y?>')),
  hostile(
    'saml_malformed',
    'a processing instruction before the root',
    doctype('<?xml-stylesheet href="http://evil.test/x.xsl"?>'),
  ),
  hostile('saml_malformed', 'a processing instruction after the root', `${signed}<?x y?>`),
  hostile('saml_malformed', 'an empty document type', doctype('<!DOCTYPE samlp:Response>')),
  hostile('saml_malformed', 'an entity', doctype('<!DOCTYPE r [<!ENTITY e "eve">]>').replace('ada@', '&e;@')),
  hostile(
    'saml_malformed',
    'an external entity',
    doctype('<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>').replace('ada@', '&e;@'),
  ),
  hostile(
    'saml_malformed',
    'an external document type',
    doctype('<!DOCTYPE r SYSTEM "http://evil.test/x.dtd">'),
  ),
  hostile(
    'saml_malformed',
    'a parameter entity',
    doctype('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://evil.test/x.dtd">%p;]>'),
  ),
  hostile(
    'saml_malformed',
    'entities that grow',
    doctype(
      `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">${'bcdefgh'
        .split('')
        .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefgh'[at]};`.repeat(10)}">`)
        .join('')}]>`,
    ).replace('ada@', '&h;@'),
  ),
  hostile(
    'saml_malformed',
    'a default attribute by document type',
    doctype('<!DOCTYPE r [<!ATTLIST saml:Assertion ID CDATA "_evil">]>'),
  ),
  hostile(
    'saml_malformed',
    'an ID attribute by document type',
    doctype('<!DOCTYPE r [<!ATTLIST saml:NameID Format ID #IMPLIED>]>'),
  ),
  hostile('saml_malformed', 'an entity of HTML', inNameId('ada&nbsp;@acme.test')),
  hostile('saml_malformed', 'an entity with the name of a property', inNameId('&constructor;@acme.test')),
  hostile('saml_malformed', 'an entity without an end', inNameId('ada&amp@acme.test')),
  hostile('saml_malformed', 'a reference to NUL', inNameId('ada@acme.test&#0;')),
  hostile('saml_malformed', 'a reference to a surrogate', inNameId('ada@acme.test&#xD800;')),
  hostile('saml_malformed', 'a reference beyond Unicode', inNameId('ada@acme.test&#x110000;')),
  hostile('saml_malformed', 'NUL in NameID', inNameId(`ada@acme.test${nul}.evil.test`)),
  hostile('saml_malformed', 'NUL after the document', signed + nul),
  hostile('saml_malformed', 'a control character', inNameId('ada@acme.test\u0008')),
  hostile('saml_malformed', 'U+FFFE', inNameId('ada@acme.test\uFFFE')),
  hostile('saml_malformed', 'XML 1.1', edit(signed, 'version="1.0"', 'version="1.1"')),
  hostile('saml_malformed', 'XML 2.0', edit(signed, 'version="1.0"', 'version="2.0"')),
  hostile('saml_malformed', 'the encoding ISO-8859-1 by its name', edit(signed, 'UTF-8', 'ISO-8859-1')),
  hostile('saml_malformed', 'the encoding UTF-7 by its name', edit(signed, 'UTF-8', 'UTF-7')),
  hostile('saml_malformed', 'the encoding UTF-16 by its name', edit(signed, 'UTF-8', 'UTF-16')),
  hostile('saml_malformed', 'UTF-16 with a byte order mark', bytes(`\uFEFF${signed}`, 'utf16le')),
  hostile(
    'saml_malformed',
    'UTF-16 big-endian with a byte order mark',
    bytes(`\uFEFF${signed}`, 'utf16le').swap16(),
  ),
  hostile('saml_malformed', 'UTF-16 without a byte order mark', bytes(signed, 'utf16le')),
  hostile('saml_malformed', 'a byte order mark', `\uFEFF${signed}`),
  hostile('saml_malformed', 'Latin-1 bytes', bytes(inNameId('ad\u00e4@acme.test'), 'latin1')),
  hostile(
    'saml_malformed',
    'an overlong UTF-8 form of "/"',
    bytes(inNameId('ada\u00c0\u00af@acme.test'), 'latin1'),
  ),
  hostile(
    'saml_malformed',
    'a surrogate in UTF-8',
    bytes(inNameId('ada\u00ed\u00a0\u0080@acme.test'), 'latin1'),
  ),
  hostile('saml_malformed', 'white space before the declaration', ` ${signed}`),
  hostile('saml_malformed', 'a second declaration', doctype('<?xml version="1.0"?>')),
  hostile('saml_malformed', 'two roots', signed + signed.replace(/^<\?.*?\?>/, '')),
  hostile('saml_malformed', 'text after the root', `${signed}x`),
  hostile('saml_malformed', 'no end tag of the root', edit(signed, '</samlp:Response>', '')),
  hostile('saml_malformed', 'end tags in the wrong order', edit(signed, '</saml:Subject>', '</saml:NameID>')),
  hostile('saml_malformed', 'an end tag in another case', edit(signed, '</saml:Subject>', '</saml:subject>')),
  hostile('saml_malformed', 'an attribute twice', inAssertion('ID="_evil"')),
  hostile(
    'saml_malformed',
    'an attribute twice by two prefixes of one namespace',
    inAssertion('xmlns:a="urn:x" xmlns:b="urn:x" a:y="1" b:y="2"'),
  ),
  hostile('saml_malformed', 'an attribute without quotes', edit(signed, 'Version="2.0"', 'Version=2.0')),
  hostile('saml_malformed', 'an attribute without a value', inResponse('checked')),
  hostile('saml_malformed', '"<" in an attribute', inResponse('Consent="<"')),
  hostile('saml_malformed', 'an unbound prefix', edit(signed, '<samlp:Status>', '<evil:x/><samlp:Status>')),
  hostile('saml_malformed', 'a prefix bound to nothing', inResponse('xmlns:evil=""')),
  hostile('saml_malformed', 'a relative namespace', inResponse('xmlns:evil="../x"')),
  hostile('saml_malformed', 'a namespace that is a word', inResponse('xmlns:evil="x"')),
  hostile('saml_malformed', 'a namespace with a space', inResponse('xmlns:evil="urn:x "')),
  hostile('saml_malformed', 'the prefix xml bound anew', inResponse('xmlns:xml="urn:x"')),
  hostile(
    'saml_malformed',
    'another prefix for the namespace of xml',
    inResponse('xmlns:evil="http://www.w3.org/XML/1998/namespace"'),
  ),
  hostile(
    'saml_malformed',
    'the prefix xmlns declared',
    inResponse('xmlns:xmlns="http://www.w3.org/2000/xmlns/"'),
  ),
  hostile(
    'saml_malformed',
    'a name with two colons',
    edit(signed, '<samlp:Status>', '<samlp:a:b/><samlp:Status>'),
  ),
  hostile(
    'saml_malformed',
    'the ID of the Assertion on the Response too',
    edit(signed, 'ID="_response"', 'ID="_assertion"'),
  ),
  hostile(
    'saml_malformed',
    'the ID of the Assertion on an extension',
    edit(signed, '<samlp:Status>', '<samlp:Extensions><x ID="_assertion"/></samlp:Extensions><samlp:Status>'),
  ),
  hostile('saml_malformed', 'an Id beside ID', inAssertion('Id="_evil"')),
  hostile('saml_malformed', 'an id beside ID', inAssertion('id="_evil"')),
  hostile('saml_malformed', 'an xml:id beside ID', inAssertion('xml:id="_evil"')),
  hostile('saml_malformed', 'a wsu:Id beside ID', inAssertion('xmlns:wsu="urn:wsu" wsu:Id="_evil"')),
  hostile(
    'saml_malformed',
    'the ID of the Assertion as Id of its signature',
    edit(signed, '<ds:Signature ', '<ds:Signature Id="_assertion" '),
  ),
  hostile('saml_malformed', 'no ID on the Response', edit(signed, ' ID="_response"', '')),
  hostile('saml_malformed', 'no ID on the Assertion', edit(signed, ' ID="_assertion"', '')),
  hostile('saml_malformed', 'an empty ID on the Assertion', edit(signed, ' ID="_assertion"', ' ID=""')),
  hostile(
    'saml_malformed',
    'an Assertion as the root',
    signed.slice(signed.indexOf('<saml:Assertion'), signed.indexOf('</samlp:Response>')),
  ),
  hostile('saml_malformed', 'a LogoutResponse', signed.replaceAll('samlp:Response', 'samlp:LogoutResponse')),
  hostile(
    'saml_malformed',
    'a Response of SAML 1.1',
    edit(signed, 'urn:oasis:names:tc:SAML:2.0:protocol', 'urn:oasis:names:tc:SAML:1.0:protocol'),
  ),
  hostile(
    'saml_malformed',
    'a Response in no namespace',
    signed.replaceAll('samlp:', '').replace('xmlns:samlp', 'xmlns:unused'),
  ),
  hostile(
    'saml_malformed',
    'a Response in a namespace of another case',
    edit(signed, 'SAML:2.0:protocol', 'saml:2.0:protocol'),
  ),
  hostile(
    'saml_malformed',
    'an Assertion in another namespace',
    edit(signed, /(?<=<saml:Assertion xmlns:saml=")[^"]+/, 'urn:evil'),
  ),
  hostile('saml_malformed', 'no Assertion', make({}).replace(/<saml:Assertion.*<\/saml:Assertion>/s, '')),
  hostile('saml_malformed', 'an HTML page', '<!DOCTYPE html><html><body>Sign in</body></html>'),
  hostile('saml_malformed', 'JSON', '{"SAMLResponse":"x"}'),
]
