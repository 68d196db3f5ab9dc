// Refusals before anything is believed: what came cannot be read, or there is nothing here to sign in to.
import type { Failure } from './failure.ts'

export const readingFailures = {
  saml_malformed: {
    title: 'What came is not a proper SAML response',
    who: 'identity provider',
    why: 'The document was cut off, damaged or changed on its way, or it holds something that two programs could read differently (a comment, a document type, a second assertion). Such documents are used to forge sign-ins, so that none of them is read any further.',
    fix: [
      'Start the sign-in over: reloading a page of the identity provider may have sent half a form.',
      'If it happens again, look for a proxy or a browser extension that rewrites forms.',
      'If there is none, the document that the identity provider makes is at fault: tell its support what was expected and what came.',
    ],
    place: 'log',
  },
  saml_too_large: {
    title: 'The response is too large',
    who: 'identity provider',
    why: 'Usually every group of the person is sent, of which there are hundreds, or a photo.',
    fix: [
      'Send only the groups that are assigned to the application, or those with a certain prefix.',
      'Take attributes out that nobody here reads; e-mail, names and groups are enough.',
    ],
    place: 'attributes',
  },
  saml_not_configured: {
    title: 'SAML is not set up for this domain',
    who: 'here',
    why: 'The identity provider sent somebody to a domain that does not know it yet: entity ID, sign-on URL or certificate are missing on its page.',
    fix: ['Open the page of the domain and paste the metadata of the identity provider, or its address.'],
    place: 'issuer',
  },
  saml_domain_unverified: {
    title: 'The domain is not verified',
    who: 'here',
    why: 'Nobody may sign people in to a domain before the organization has proven that it owns it.',
    fix: ['Open the page of the domain, publish the DNS record that is shown there, and press “Check now”.'],
  },
  saml_idp_error: {
    title: 'The identity provider itself said no',
    who: 'identity provider',
    why: 'The response is no sign-in but a refusal of the identity provider: its own code and message are what came. Most often the person is not assigned to the application, cancelled, or did not pass a policy.',
    fix: [
      'Look the person up in the log of the identity provider at the time of this sign-in.',
      'Assign the person, or a group they are in, to the application.',
    ],
    place: 'assignment',
  },
} as const satisfies Record<string, Failure>
