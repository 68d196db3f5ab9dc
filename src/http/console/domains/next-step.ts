// What there is to do next about a domain, as its row in the table says it.
import type { DomainObject } from '../../../manage/domains/view.ts'
import type { Part } from './stepper.ts'

interface NextStep {
  readonly part: Part
  readonly words: string
}

const soonDays = 30

/** What is broken comes first, then the first step that is not done; undefined when nothing is left. */
export function nextStep(domain: DomainObject): NextStep | undefined {
  if (domain.verification_lost_at !== null) return { part: 'verify', words: 'Publish the DNS record again' }
  if (!domain.is_verified) return { part: 'verify', words: 'Publish the DNS record' }
  const days = longestDays(domain)
  if (days !== undefined && days < 0) return { part: 'saml', words: 'Replace the expired certificate' }
  if (!domain.has_saml) return { part: 'saml', words: 'Set SAML up' }
  if (days !== undefined && days < soonDays) return { part: 'saml', words: 'Add the next certificate' }
  if (!domain.scim_enabled) return { part: 'scim', words: 'Switch SCIM on' }
  if (!domain.has_scim) return { part: 'scim', words: 'Make a SCIM token' }
  if (domain.scim_tokens.every(token => token.last_used_at === null))
    return { part: 'scim', words: 'Start pushing from the directory' }
  if (domain.sso_enforcement === '') return { part: 'enforce', words: 'Test, then enforce SAML' }
  return undefined
}

/** Of the certificate that is good for longest. */
export function longestDays({ saml_certificates: certificates }: DomainObject): number | undefined {
  return certificates.length === 0
    ? undefined
    : Math.max(...certificates.map(certificate => certificate.expires_in_days))
}
