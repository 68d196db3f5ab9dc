// Everything that this provider can do wrong on purpose, and what Gatehouse says to each.
import { raw } from 'hono/html'
import { minutesFrom, type Statement } from './statement.ts'

export interface Fault {
  readonly id: string
  readonly title: string
  /** What the provider does, and why that must not work. */
  readonly story: string
  /** The code of Gatehouse's refusal. */
  readonly refusal: string
  /** What is stated instead of the truth. */
  readonly state?: (truth: Statement, before: Before) => Partial<Statement>
  /** What is done to the document after it was signed. */
  readonly tamper?: (xml: string, truth: Statement) => string
}

/** What this provider has sent already. */
export interface Before {
  /** Of the last one with nothing wrong about it. */
  readonly assertionId: string | undefined
}

const localPartOf = (address: string) => address.slice(0, address.indexOf('@'))

export const faults: readonly Fault[] = [
  {
    id: 'expired',
    title: 'Expired',
    story: 'The assertion ended ten minutes ago, as one does that lay in a history or a log.',
    refusal: 'saml_expired',
    state: ({ issuedAt }) => ({
      issuedAt: minutesFrom(issuedAt, -15),
      notBefore: minutesFrom(issuedAt, -20),
      notOnOrAfter: minutesFrom(issuedAt, -10),
    }),
  },
  {
    id: 'not-yet-valid',
    title: 'Not yet valid',
    story: "It holds from ten minutes from now: the provider's clock is wrong.",
    refusal: 'saml_not_yet_valid',
    state: ({ issuedAt }) => ({
      notBefore: minutesFrom(issuedAt, 10),
      notOnOrAfter: minutesFrom(issuedAt, 20),
    }),
  },
  {
    id: 'wrong-audience',
    title: 'Wrong audience',
    story: 'It was made for another application of the same company.',
    refusal: 'saml_audience_mismatch',
    state: () => ({ audience: 'https://payroll.example/saml/metadata' }),
  },
  {
    id: 'wrong-recipient',
    title: 'Wrong recipient',
    story: 'It was to be delivered elsewhere, and somebody brought it here.',
    refusal: 'saml_recipient_mismatch',
    state: () => ({ recipient: 'https://payroll.example/saml/acs' }),
  },
  {
    id: 'wrong-issuer',
    title: 'Wrong issuer',
    story: 'The provider calls itself by a name that was not configured.',
    refusal: 'saml_issuer_mismatch',
    state: () => ({ issuer: 'http://www.okta.com/exk0000000000another' }),
  },
  {
    id: 'wrong-certificate',
    title: 'Wrong certificate',
    story:
      'It is signed with a key whose certificate Gatehouse does not know, as after a rollover that nobody told it of.',
    refusal: 'saml_wrong_certificate',
    state: () => ({ signature: 'other key' }),
  },
  {
    id: 'tampered',
    title: 'Tampered with',
    story: 'Somebody on the way wrote another address into the signed document.',
    refusal: 'saml_bad_signature',
    tamper: (xml, { address = '' }) =>
      xml.replaceAll(`>${address}<`, `>root${address.slice(address.indexOf('@'))}<`),
  },
  {
    id: 'unsigned',
    title: 'Unsigned',
    story: 'There is no signature, so that anybody could have written it.',
    refusal: 'saml_unsigned',
    state: () => ({ signature: 'none' }),
  },
  {
    id: 'sha1',
    title: 'Signed with SHA-1',
    story: 'The signature is good, but its hash can be forged.',
    refusal: 'saml_weak_algorithm',
    state: () => ({ signature: 'sha1' }),
  },
  {
    id: 'replay',
    title: 'Replay',
    story:
      'It has the ID of the last good one, which was used already. Where nobody has signed in yet, do so first.',
    refusal: 'saml_replayed',
    state: (_, { assertionId }) => (assertionId === undefined ? {} : { assertionId }),
  },
  {
    id: 'no-email',
    title: 'No e-mail address',
    story: 'Nothing in it is an address: neither an attribute nor the name.',
    refusal: 'saml_email_missing',
    state: () => ({ address: undefined }),
  },
  {
    id: 'foreign-domain',
    title: 'Foreign domain',
    story:
      'The address is on a domain that this organization has not verified; an administrator can type anything.',
    refusal: 'saml_domain_not_allowed',
    state: ({ person }) => ({ address: `${localPartOf(person.address)}@other.test` }),
  },
  {
    id: 'comment',
    title: 'Comment in the NameID',
    story:
      'The signed name is that of somebody at evil.test, cut in two by a comment: careless readers see the first half only.',
    refusal: 'saml_malformed',
    state: ({ person }) => ({ nameId: raw(`${person.address}<!-- -->.evil.test`) }),
  },
  {
    id: 'denied',
    title: 'Refused by the provider',
    story: 'The provider itself says no: the person is not assigned to the application.',
    refusal: 'saml_idp_error',
    state: () => ({ isRefused: true }),
  },
]
