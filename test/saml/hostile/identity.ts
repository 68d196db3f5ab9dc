// Properly signed by the right identity provider, whose administrator or user typed an address that is not theirs.
import { attributeStatement, formats, make } from '../provider.ts'
import { hostile } from './case.ts'

const named = (address: string) =>
  make({ nameId: `<A:NameID Format="${formats.email}">${address}</A:NameID>` })
const attributed = (...values: string[]) => make({ attributes: attributeStatement([['email', ...values]]) })
const opaque = `<A:NameID Format="${formats.persistent}">00u1x</A:NameID>`

const addresses: [string, string][] = [
  ['a quoted local part', '&quot;ada&quot;@acme.test'],
  ['a quoted local part with another address', '&quot;eve@evil.test&quot;@acme.test'],
  ['two at signs', 'eve@evil.test@acme.test'],
  ['a display name', 'Ada &lt;ada@acme.test&gt;'],
  ['angle brackets', '&lt;ada@acme.test&gt;'],
  ['mailto', 'mailto:ada@acme.test'],
  ['a comment', 'ada(comment)@acme.test'],
  ['a list', 'ada@acme.test,eve@acme.test'],
  ['a list by semicolons', 'ada@acme.test;eve@acme.test'],
  ['a line break after it', 'ada@acme.test&#10;'],
  ['a line break that is no reference', 'ada@acme.test\n'],
  ['a header after it', 'ada@acme.test&#13;&#10;Bcc: eve@evil.test'],
  ['a space before it', ' ada@acme.test'],
  ['a space after it', 'ada@acme.test '],
  ['a space in it', 'ada @acme.test'],
  ['a no-break space after it', 'ada@acme.test\u00a0'],
  ['a zero-width space in it', 'ada@acme\u200b.test'],
  ['a Cyrillic letter in the domain', 'ada@\u0430cme.test'],
  ['a Cyrillic letter in the local part', '\u0430da@acme.test'],
  ['a dotless i', 'ada@acme.test\u0131'],
  ['a Kelvin sign', '\u212aay@acme.test'],
  ['a full-width at sign', 'ada\uff20acme.test@acme.test'],
  ['an ideographic full stop', 'ada@acme\u3002test'],
  ['a combining accent', 'ada\u0301@acme.test'],
  ['text from right to left', '\u202eada@acme.test'],
  ['a dot at the end of the domain', 'ada@acme.test.'],
  ['a dot before the at sign', 'ada.@acme.test'],
  ['a dot first', '.ada@acme.test'],
  ['two dots', 'a..da@acme.test'],
  ['no local part', '@acme.test'],
  ['no domain', 'ada@'],
  ['a domain literal', 'ada@[127.0.0.1]'],
  ['a port', 'ada@acme.test:25'],
  ['a path', 'ada@acme.test/x'],
  ['a backslash', 'ada\\@acme.test'],
  ['an underscore in the domain', 'ada@ac_me.test'],
  ['a hyphen first in the domain', 'ada@-acme.test'],
  ['a local part of 65 characters', `${'a'.repeat(65)}@acme.test`],
  ['255 characters', `ada@${'a.'.repeat(122)}acme.te`],
  ['a percent sign of NUL', 'ada@acme.test%00'],
]

const elsewhere: [string, string][] = [
  ['another domain', 'ada@evil.test'],
  ['a domain below ours', 'ada@mail.acme.test'],
  ['a domain that ends like ours', 'ada@evilacme.test'],
  ['a domain that begins like ours', 'ada@acme.test.evil.test'],
  ['a domain without a dot', 'ada@localhost'],
  ['a domain in its own encoding', 'ada@xn--cme-8cd.test'],
]

export const identity = [
  ...addresses.map(([name, address]) =>
    hostile('saml_email_invalid', `an address with ${name}`, named(address)),
  ),
  ...addresses
    .slice(0, 10)
    .map(([name, address]) =>
      hostile('saml_email_invalid', `an attribute with ${name}`, attributed(address)),
    ),
  ...elsewhere.map(([name, address]) => hostile('saml_domain_not_allowed', name, named(address))),
  hostile(
    'saml_domain_not_allowed',
    'the attribute of another domain, the NameID of ours',
    attributed('ada@evil.test'),
  ),
  hostile('saml_ambiguous_email', 'two values', attributed('ada@acme.test', 'eve@acme.test')),
  hostile(
    'saml_ambiguous_email',
    'the attribute twice',
    make({
      attributes: attributeStatement([
        ['email', 'ada@acme.test'],
        ['email', 'eve@acme.test'],
      ]),
    }),
  ),
  hostile('saml_email_invalid', 'a good value and one of another form', attributed('ada@acme.test', 'Ada')),
  hostile('saml_email_missing', 'no address at all', make({ nameId: opaque })),
  hostile(
    'saml_email_missing',
    'an empty attribute',
    make({ nameId: opaque, attributes: attributeStatement([['email', '']]) }),
  ),
  hostile(
    'saml_email_missing',
    'an address in an attribute that nobody mapped',
    make({
      nameId: opaque,
      attributes: attributeStatement([
        ['__proto__', 'ada@acme.test'],
        ['e-mail', 'ada@acme.test'],
      ]),
    }),
  ),
]
