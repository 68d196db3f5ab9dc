// Why a sign-in is refused: one stable code, what was expected and what came.

export type RefusalCode =
  | 'saml_malformed'
  | 'saml_too_large'
  | 'saml_not_configured'
  | 'saml_domain_unverified'
  | 'saml_idp_error'
  | 'saml_unsigned'
  | 'saml_weak_algorithm'
  | 'saml_wrong_certificate'
  | 'saml_bad_signature'
  | 'saml_decryption_failed'
  | 'saml_issuer_mismatch'
  | 'saml_audience_missing'
  | 'saml_audience_mismatch'
  | 'saml_recipient_mismatch'
  | 'saml_destination_mismatch'
  | 'saml_expired'
  | 'saml_not_yet_valid'
  | 'saml_invalid_assertion'
  | 'saml_replayed'
  | 'saml_unsolicited_disabled'
  | 'saml_request_unknown'
  | 'saml_browser_mismatch'
  | 'saml_email_missing'
  | 'saml_ambiguous_email'
  | 'saml_email_invalid'
  | 'saml_domain_not_allowed'
  | 'saml_jit_disabled'
  | 'saml_user_deactivated'

/** As the verdict and the log carry it: plain data. */
export interface Refusal {
  readonly code: RefusalCode
  readonly expected: string
  readonly got: string
}

// What came is the sender's text: enough of it to recognise, never enough to fill a log.
const longestShown = 500

/** Thrown inside the room; the verdict turns it into a value. */
export class SamlRefusal extends Error implements Refusal {
  readonly code: RefusalCode
  readonly expected: string
  readonly got: string

  constructor(code: RefusalCode, expected: string, got: string) {
    const shown = got.length > longestShown ? `${got.slice(0, longestShown)}…` : got
    super(`Expected ${expected}, got ${shown}.`)
    this.name = 'SamlRefusal'
    this.code = code
    this.expected = expected
    this.got = shown
  }
}

export const malformed = (expected: string, got: string) => new SamlRefusal('saml_malformed', expected, got)
export const invalidAssertion = (expected: string, got: string) =>
  new SamlRefusal('saml_invalid_assertion', expected, got)
