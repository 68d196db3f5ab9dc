import { describe, expect, it } from 'vitest'
import { adviseOn } from '../../src/saml/advice.ts'
import type { RefusalCode } from '../../src/saml/refusal.ts'

const codes: readonly RefusalCode[] = [
  'saml_malformed',
  'saml_too_large',
  'saml_not_configured',
  'saml_domain_unverified',
  'saml_idp_error',
  'saml_unsigned',
  'saml_weak_algorithm',
  'saml_wrong_certificate',
  'saml_bad_signature',
  'saml_decryption_failed',
  'saml_issuer_mismatch',
  'saml_audience_missing',
  'saml_audience_mismatch',
  'saml_recipient_mismatch',
  'saml_destination_mismatch',
  'saml_expired',
  'saml_not_yet_valid',
  'saml_invalid_assertion',
  'saml_replayed',
  'saml_unsolicited_disabled',
  'saml_request_unknown',
  'saml_browser_mismatch',
  'saml_email_missing',
  'saml_ambiguous_email',
  'saml_email_invalid',
  'saml_domain_not_allowed',
  'saml_jit_disabled',
  'saml_user_deactivated',
]

describe('advice', () => {
  it.each(codes)('%s: a sentence for the person, and one for the administrator', code => {
    const { forUser, forAdmin } = adviseOn({ code, expected: 'EXPECTED', got: 'GOT' })
    expect(forUser).toMatch(/^[A-Z].*\.$/)
    expect(forUser).not.toMatch(/EXPECTED|GOT/)
    expect(forAdmin).toMatch(/^[A-Z].*\.$/)
  })

  it('answers 400, but for what is too large or not there', () => {
    const others = codes.filter(code => adviseOn({ code, expected: '', got: '' }).status !== 400)
    expect(others).toEqual(['saml_too_large', 'saml_not_configured'])
  })

  it('says who must change what, where', () => {
    const { forAdmin } = adviseOn({ code: 'saml_issuer_mismatch', expected: 'https://a', got: 'https://b' })
    expect(forAdmin).toBe(
      'Your IdP sent issuer https://b. This domain expects https://a. Paste https://b into Entity ID if that is your IdP.',
    )
  })
})
