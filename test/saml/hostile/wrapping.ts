// Signature wrapping: the signed element is moved aside and another one stands where it is looked for.
import { make } from '../provider.ts'
import { edit, hostile } from './case.ts'

const signed = make()
const bySigned = make({}, { signed: 'response' })
const both = make({}, { signed: 'both' })

const assertion = between(signed, '<saml:Assertion', '</saml:Assertion>')
const signature = between(assertion, '<ds:Signature', '</ds:Signature>')
const response = bySigned.replace(/^<\?.*?\?>/, '')
const around = between(bySigned, '<ds:Signature', '</ds:Signature>')

const unsigned = edit(assertion, signature, '')
const evil = edit(edit(unsigned, 'ada@acme.test', 'eve@acme.test'), 'ID="_assertion"', 'ID="_evil"')
const evilSameId = edit(unsigned, 'ada@acme.test', 'eve@acme.test')
const evilWith = (inside: string) => edit(evil, '</saml:Issuer>', `</saml:Issuer>${inside}`)
const place = (instead: string) => edit(signed, assertion, instead)
const objectIn = (xml: string, inside: string) =>
  edit(xml, '</ds:Signature>', `<ds:Object>${inside}</ds:Object></ds:Signature>`)
const evilResponse = edit(
  edit(edit(response, around, ''), 'ada@acme.test', 'eve@acme.test'),
  'ID="_response"',
  'ID="_evil"',
)
const extensions = (inside: string) => `<samlp:Extensions>${inside}</samlp:Extensions>`

function between(text: string, from: string, to: string): string {
  return text.slice(text.indexOf(from), text.indexOf(to) + to.length)
}

export const wrapping = [
  hostile(
    'saml_malformed',
    'XSW1: the signed Response in the Object of the evil one’s signature',
    edit(evilResponse, '</saml:Issuer>', `</saml:Issuer>${objectIn(around, edit(response, around, ''))}`),
  ),
  hostile(
    'saml_malformed',
    'XSW2: the signed Response beside the signature of the evil one',
    edit(evilResponse, '</saml:Issuer>', `</saml:Issuer>${edit(response, around, '')}${around}`),
  ),
  hostile('saml_malformed', 'XSW3: the evil Assertion before the signed one', place(evil + assertion)),
  hostile(
    'saml_malformed',
    'XSW3 backwards: the evil Assertion after the signed one',
    place(assertion + evil),
  ),
  hostile(
    'saml_malformed',
    'XSW4: the signed Assertion inside the evil one',
    place(edit(evil, '</saml:Assertion>', `${assertion}</saml:Assertion>`)),
  ),
  hostile(
    'saml_malformed',
    'XSW5: the evil Assertion carries the signature, the original beside it',
    place(evilWith(signature) + unsigned),
  ),
  hostile(
    'saml_malformed',
    'XSW6: the original inside the signature that the evil one carries',
    place(evilWith(edit(signature, '</ds:Signature>', `${unsigned}</ds:Signature>`))),
  ),
  hostile(
    'saml_malformed',
    'XSW7: the evil Assertion in Extensions',
    edit(signed, '<samlp:Status>', `${extensions(evil)}<samlp:Status>`),
  ),
  hostile(
    'saml_malformed',
    'XSW7 backwards: the signed Assertion in Extensions',
    edit(place(evil), '<samlp:Status>', `${extensions(assertion)}<samlp:Status>`),
  ),
  hostile(
    'saml_malformed',
    'XSW8: the original in an Object of the signature that the evil one carries',
    place(evilWith(objectIn(signature, unsigned))),
  ),
  hostile(
    'saml_malformed',
    'the evil Assertion in an Object of the signature',
    place(objectIn(assertion, evil)),
  ),
  hostile('saml_malformed', 'the evil Assertion under the same ID, before', place(evilSameId + assertion)),
  hostile('saml_malformed', 'the evil Assertion under the same ID, after', place(assertion + evilSameId)),
  hostile(
    'saml_malformed',
    'the signed Assertion in the Advice of the evil one',
    place(edit(evil, '<saml:AuthnStatement', `<saml:Advice>${assertion}</saml:Advice><saml:AuthnStatement`)),
  ),
  hostile(
    'saml_malformed',
    'the signed Assertion in the Conditions of the evil one',
    place(edit(evil, '</saml:Conditions>', `${assertion}</saml:Conditions>`)),
  ),
  hostile(
    'saml_malformed',
    'the signed Assertion in the Subject of the evil one',
    place(edit(evil, '</saml:Subject>', `${assertion}</saml:Subject>`)),
  ),
  hostile(
    'saml_malformed',
    'the signed Assertion in an attribute value of the evil one',
    place(
      edit(
        evil,
        '</saml:Assertion>',
        `<saml:AttributeStatement><saml:Attribute Name="x"><saml:AttributeValue>${assertion}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`,
      ),
    ),
  ),
  hostile(
    'saml_malformed',
    'the signed Assertion in the Issuer of the evil one',
    place(edit(evil, '</saml:Issuer>', `${assertion}</saml:Issuer>`)),
  ),
  hostile(
    'saml_malformed',
    'the signed Assertion in StatusDetail',
    edit(
      place(evil),
      '</samlp:Status>',
      `<samlp:StatusDetail>${assertion}</samlp:StatusDetail></samlp:Status>`,
    ),
  ),
  hostile(
    'saml_malformed',
    'the signed Assertion in the KeyInfo of the evil one',
    place(
      evilWith(
        edit(
          signature,
          '</ds:KeyInfo>',
          `${assertion}</ds:KeyInfo></ds:KeyInfo>`.replace('</ds:KeyInfo></ds:KeyInfo>', '</ds:KeyInfo>'),
        ),
      ),
    ),
  ),
  hostile(
    'saml_malformed',
    'the signed Assertion in SignedInfo of the evil one',
    place(evilWith(edit(signature, '</ds:SignedInfo>', `${assertion}</ds:SignedInfo>`))),
  ),
  hostile('saml_malformed', 'the signed Assertion in an element of nobody', place(`<x>${assertion}</x>`)),
  hostile(
    'saml_malformed',
    'the signed Assertion in an element of nobody, the evil one beside it',
    place(`<x>${assertion}</x>${evil}`),
  ),
  hostile(
    'saml_malformed',
    'the evil Assertion in an EncryptedAssertion',
    place(
      `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${evil}</saml:EncryptedAssertion>`,
    ),
  ),
  hostile(
    'saml_malformed',
    'an EncryptedAssertion beside the signed one',
    place(`${assertion}<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>`),
  ),
  hostile(
    'saml_malformed',
    'the signed Response in the Extensions of the evil one',
    edit(evilResponse, '<samlp:Status>', `${extensions(response)}<samlp:Status>`),
  ),
  hostile(
    'saml_malformed',
    'the signed Response in the Status of the evil one',
    edit(evilResponse, '</samlp:Status>', `${response}</samlp:Status>`),
  ),
  hostile(
    'saml_malformed',
    'the signed Response inside the Assertion of the evil one',
    edit(evilResponse, '</saml:Assertion>', `${response}</saml:Assertion>`),
  ),
  hostile('saml_malformed', 'the signed Response as the root’s only child', `<x>${response}</x>`),
  hostile(
    'saml_malformed',
    'a second, unsigned Assertion in a signed Response',
    edit(bySigned, '</samlp:Response>', `${evil}</samlp:Response>`),
  ),
  hostile('saml_bad_signature', 'the signature moved onto an evil Assertion', place(evilWith(signature))),
  hostile(
    'saml_bad_signature',
    'the signature moved onto an evil Assertion of the same ID',
    place(edit(evilSameId, '</saml:Issuer>', `</saml:Issuer>${signature}`)),
  ),
  hostile(
    'saml_bad_signature',
    'the Assertion’s signature moved to the Response',
    edit(edit(signed, signature, ''), '<samlp:Status>', `${signature}<samlp:Status>`),
  ),
  hostile(
    'saml_bad_signature',
    'the Response’s signature moved to the Assertion',
    edit(edit(bySigned, around, ''), /(?<=<saml:Assertion[^>]*>)/, around),
  ),
  hostile(
    'saml_bad_signature',
    'the Assertion of a signed Response replaced',
    edit(bySigned, unsigned, evil),
  ),
  hostile(
    'saml_bad_signature',
    'the Response’s good signature over a changed, signed Assertion',
    edit(both, 'ada@acme.test', 'eve@acme.test'),
  ),
  hostile('saml_unsigned', 'the signed Assertion replaced by the evil one', place(evil)),
  hostile(
    'saml_malformed',
    'a signature of the Assertion in its Subject',
    edit(edit(signed, signature, ''), '</saml:Subject>', `${signature}</saml:Subject>`),
  ),
  hostile(
    'saml_malformed',
    'a signature of the Assertion in Status',
    edit(edit(signed, signature, ''), '</samlp:Status>', `${signature}</samlp:Status>`),
  ),
  hostile('saml_malformed', 'the signature twice', edit(signed, signature, signature + signature)),
  hostile(
    'saml_malformed',
    'a detached signature in Extensions',
    edit(edit(signed, signature, ''), '<samlp:Status>', `${extensions(signature)}<samlp:Status>`),
  ),
]
