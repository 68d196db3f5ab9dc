// What a refusal tells people: a short sentence to the one who wanted in, and to the administrator who must change what, where.
import type { Refusal, RefusalCode } from './refusal.ts'

interface Advice {
  /** 400 when left out. */
  readonly status?: 404 | 413
  /** Says nothing that came from outside. */
  readonly forUser: string
  /** Who must change what, where. */
  readonly remedy: string | ((refusal: Refusal) => string)
}

const inIdp = 'In your identity provider, open the application for Gatehouse'
const notYours = 'The sign-in could not be trusted.'
const setUp = 'Sign-in with your company account is not set up correctly.'
const startOver = 'Please start over.'
const askAdmin = 'Please ask your administrator.'

const advice: { readonly [code in RefusalCode]: Advice } = {
  saml_malformed: {
    forUser: `${notYours} ${startOver}`,
    remedy:
      'Your identity provider, or something on the way, sent a document that is no proper SAML response. ' +
      'Start over; when it happens again, take the response from this log to the support of your identity provider.',
  },
  saml_too_large: {
    status: 413,
    forUser: `The answer of your identity provider is too large. ${askAdmin}`,
    remedy: `${inIdp} and send fewer attributes; usually it is a list of all groups where only some are needed.`,
  },
  saml_not_configured: {
    status: 404,
    forUser: `There is no sign-in here. ${askAdmin}`,
    remedy:
      'Fill in Entity ID, single sign-on URL and certificate on the SAML page of the domain, or give the metadata there.',
  },
  saml_domain_unverified: {
    forUser: `${setUp} ${askAdmin}`,
    remedy: 'Verify the domain on its page: set the DNS record shown there and press "Check now".',
  },
  saml_idp_error: {
    forUser: `Your identity provider did not sign you in. ${askAdmin}`,
    remedy:
      'Your identity provider refused by itself. Look at its own sign-in log; most often the person is not assigned to the application.',
  },
  saml_unsigned: {
    forUser: `${notYours} ${askAdmin}`,
    remedy: `${inIdp} and switch on signing of the assertion, the response or both.`,
  },
  saml_weak_algorithm: {
    forUser: `${notYours} ${askAdmin}`,
    remedy: ({ expected, got }) => `Your IdP used ${got}. ${inIdp} and choose ${expected}.`,
  },
  saml_wrong_certificate: {
    forUser: `${notYours} ${askAdmin}`,
    remedy: ({ expected, got }) =>
      `Your IdP sent ${got}; this domain expects ${expected}. If your IdP has a new certificate, add it to the certificates on the SAML page of the domain.`,
  },
  saml_bad_signature: {
    forUser: `${notYours} ${startOver}`,
    remedy:
      'The signature does not hold: the document was changed after it was signed, or the certificate on the SAML page of the domain is not the one of this application. Compare the two, and look for a proxy that rewrites forms.',
  },
  saml_decryption_failed: {
    forUser: `${setUp} ${askAdmin}`,
    remedy: `${inIdp} and give it the encryption certificate of our metadata again, or switch encryption off.`,
  },
  saml_issuer_mismatch: {
    forUser: `${setUp} ${askAdmin}`,
    remedy: ({ expected, got }) =>
      `Your IdP sent issuer ${got}. This domain expects ${expected}. Paste ${got} into Entity ID if that is your IdP.`,
  },
  saml_audience_missing: {
    forUser: `${setUp} ${askAdmin}`,
    remedy: ({ expected }) => `${inIdp} and set the audience (SP entity ID) to ${expected}.`,
  },
  saml_audience_mismatch: {
    forUser: `${setUp} ${askAdmin}`,
    remedy: ({ expected, got }) =>
      `Your IdP made this for the audience ${got}. ${inIdp} and set the audience (SP entity ID) to ${expected}.`,
  },
  saml_recipient_mismatch: {
    forUser: `${setUp} ${askAdmin}`,
    remedy: ({ expected, got }) =>
      `Your IdP named the recipient ${got}. ${inIdp} and set the ACS URL (single sign-on URL, recipient) to ${expected}.`,
  },
  saml_destination_mismatch: {
    forUser: `${setUp} ${askAdmin}`,
    remedy: ({ expected, got }) =>
      `Your IdP named the destination ${got}. ${inIdp} and set the ACS URL (destination) to ${expected}.`,
  },
  saml_expired: {
    forUser: `The sign-in has expired. ${startOver}`,
    remedy: ({ expected, got }) =>
      `Expected ${expected}; got ${got}. If the person did not wait or go back in the browser, one of the clocks is wrong: compare both with a time server.`,
  },
  saml_not_yet_valid: {
    forUser: `The sign-in is not valid yet. ${startOver}`,
    remedy: ({ expected, got }) =>
      `Expected ${expected}; got ${got}. One of the clocks is wrong: compare both with a time server.`,
  },
  saml_invalid_assertion: {
    forUser: `${setUp} ${askAdmin}`,
    remedy: ({ expected, got }) =>
      `Your IdP's assertion must have ${expected}, it has ${got}. ${inIdp} and correct what it sends; a missing NameID is added by a claim rule.`,
  },
  saml_replayed: {
    forUser: `This sign-in was used before. ${startOver}`,
    remedy:
      'Nothing to change when somebody reloaded or went back; otherwise find out who sent the response again.',
  },
  saml_unsolicited_disabled: {
    forUser: `Sign-in has to begin here. ${startOver}`,
    remedy:
      'The sign-in began at your identity provider. Allow that on the SAML page of the domain, or point its tile to the login URL shown there.',
  },
  saml_request_unknown: {
    forUser: `This sign-in took too long or was finished before. ${startOver}`,
    remedy: 'Nothing to change when somebody waited longer than 15 minutes or used an old link.',
  },
  saml_browser_mismatch: {
    forUser: `This sign-in began in another browser. ${startOver}`,
    remedy:
      'Nothing to change when somebody moved between browsers; otherwise cookies are blocked, or somebody was sent a sign-in that was not theirs.',
  },
  saml_email_missing: {
    forUser: `Your identity provider did not send your e-mail address. ${askAdmin}`,
    remedy: ({ got }) =>
      `Your IdP sent ${got}. ${inIdp} and add an attribute "email", or name yours in the attribute mapping of the domain.`,
  },
  saml_ambiguous_email: {
    forUser: `Your identity provider sent several e-mail addresses. ${askAdmin}`,
    remedy: ({ got }) =>
      `Your IdP sent ${got}. ${inIdp} and map the attribute to one address, or name another one in the attribute mapping of the domain.`,
  },
  saml_email_invalid: {
    forUser: `Your identity provider sent an e-mail address that cannot be used. ${askAdmin}`,
    remedy: ({ got }) =>
      `Your IdP sent ${got}. Correct the address of this person in your directory, or map the attribute to another field.`,
  },
  saml_domain_not_allowed: {
    forUser: `Your e-mail address does not belong to this organization. ${askAdmin}`,
    remedy: ({ expected, got }) =>
      `Your IdP sent ${got}; expected ${expected}. Correct the address in your directory, or verify its domain for this organization.`,
  },
  saml_jit_disabled: {
    forUser: `You are not a member of this organization yet. ${askAdmin}`,
    remedy:
      'Invite this person, provision them by SCIM, or switch on just-in-time provisioning on the page of the domain.',
  },
  saml_user_deactivated: {
    forUser: `Your account has been deactivated. ${askAdmin}`,
    remedy:
      'Your identity provider deactivated this person by SCIM. Assign them to the application again there, if they should come in.',
  },
}

export function adviseOn(refusal: Refusal): { status: 400 | 404 | 413; forUser: string; forAdmin: string } {
  const { status = 400, forUser, remedy } = advice[refusal.code]
  return { status, forUser, forAdmin: typeof remedy === 'string' ? remedy : remedy(refusal) }
}
