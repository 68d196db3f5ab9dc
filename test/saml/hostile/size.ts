// Documents that are made to cost time or memory.
import { make } from '../provider.ts'
import { edit, hostile } from './case.ts'

const signed = make()
const limit = 256 * 1024
const fill = (unit: string, room = limit - Buffer.byteLength(signed) - 64) =>
  unit.repeat(Math.floor(room / unit.length))
const extended = (inside: string) =>
  edit(signed, '<samlp:Status>', `<samlp:Extensions>${inside}</samlp:Extensions><samlp:Status>`)
const numbered = (count: number, make: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => make(number)).join('')
const inEvil = edit(signed, 'ada@acme.test', 'eve@acme.test')
const signature = /<ds:Signature .*?<\/ds:Signature>/s.exec(signed)?.[0] ?? ''

export const size = [
  hostile(
    'saml_too_large',
    'one byte more than we take',
    edit(signed, 'ada@', `${'a'.repeat(limit + 1 - Buffer.byteLength(signed))}ada@`),
  ),
  hostile('saml_malformed', '41 levels', extended('<x>'.repeat(39) + '</x>'.repeat(39))),
  hostile(
    'saml_malformed',
    'as many levels as there is room for',
    extended(fill('<x>', 100_000) + fill('</x>', 130_000)),
  ),
  hostile('saml_malformed', 'levels that are never closed', fill('<x>', limit - 10)),
  hostile('saml_malformed', '5,001 elements', extended('<x/>'.repeat(5001))),
  hostile('saml_malformed', 'as many siblings as there is room for', extended(fill('<x/>'))),
  hostile('saml_malformed', '41 attributes', extended(`<x ${numbered(41, number => `a${number}="" `)}/>`)),
  hostile(
    'saml_malformed',
    'as many attributes as there is room for',
    extended(`<x ${numbered(18_000, number => `a${number}="" `)}/>`),
  ),
  hostile(
    'saml_malformed',
    'as many namespaces as there is room for',
    extended(`<x ${numbered(11_000, number => `xmlns:a${number}="urn:x" `)}/>`),
  ),
  hostile('saml_malformed', 'one attribute over and over', extended(`<x ${fill('a="" ')}/>`)),
  hostile(
    'saml_malformed',
    'namespaces at every level',
    numbered(41, level => `<x ${numbered(40, number => `xmlns:a${level}b${number}="urn:x:${number}" `)}>`),
  ),
  hostile('saml_malformed', 'as many signatures as there is room for', extended(fill(signature))),
  hostile(
    'saml_malformed',
    'a comment as long as there is room',
    edit(signed, '</saml:Issuer>', `<!--${fill('-x')}--></saml:Issuer>`),
  ),
  hostile('saml_malformed', 'nothing but "<"', fill('<')),
  hostile('saml_malformed', 'nothing but "&"', `<x>${fill('&')}`),
  hostile('saml_malformed', 'nothing but spaces', ' '.repeat(limit - 10)),
  hostile('saml_malformed', 'a name as long as there is room', `<${fill('x')}/>`),
  hostile('saml_malformed', 'quotes that are never closed', `<x a="${fill('x')}`),
  hostile(
    'saml_bad_signature',
    'a good signature over a large changed text',
    edit(inEvil, 'eve@', `${fill('e')}eve@`),
  ),
  hostile(
    'saml_bad_signature',
    'a good signature over many references to characters',
    edit(inEvil, 'eve@', `${fill('&#101;')}eve@`),
  ),
  hostile(
    'saml_bad_signature',
    'a good signature over many changed elements',
    edit(inEvil, '</saml:Subject>', `</saml:Subject>${'<x a="&quot;" b="&amp;"/>'.repeat(4800)}`),
  ),
  hostile(
    'saml_bad_signature',
    'a prefix list as long as there is room',
    edit(
      signed,
      /(<ds:CanonicalizationMethod Algorithm="[^"]*")\s*\/>/,
      `<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><e:InclusiveNamespaces xmlns:e="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${fill('a ', 200_000)}"/></ds:CanonicalizationMethod>`,
    ),
  ),
  hostile(
    'saml_bad_signature',
    'a signature value as long as there is room',
    edit(signed, /(?<=<ds:SignatureValue>)[^<]*/, fill('AAAA')),
  ),
  hostile(
    'saml_bad_signature',
    'many certificates in KeyInfo',
    edit(
      inEvil,
      '<X509Certificate>',
      `${fill('<X509Certificate>AAAA</X509Certificate>', 150_000)}<X509Certificate>`,
    ),
  ),
  hostile(
    'saml_email_invalid',
    'an address as long as there is room',
    make({ nameId: `<A:NameID>${'a.'.repeat(60_000)}@acme.test</A:NameID>` }),
  ),
]
