// The error object of the Organizations API, and every code it can have.
import { z } from 'zod'

/** Code → what it means. The type of the error says of which kind it is, the detail what was expected and what came. */
const errorCodes = {
  required: 'The field has to be there.',
  null: 'The field may not be null.',
  blank: 'The field may not be blank.',
  invalid_input: 'The value is not what was expected.',
  invalid_choice: 'The value is none of those to choose from.',
  max_length: 'There are too many of them.',
  unique: 'It is there already.',
  verification_required: 'The domain has to be verified first.',
  already_verified: 'The domain is verified already.',
  domain_taken: 'Another organization has verified the domain.',
  saml_not_configured: 'The three SAML fields are not set.',
  saml_not_tested: 'Nobody has signed in through this SAML yet.',
  scim_disabled: 'SCIM is off for the domain.',
  too_many_tokens: 'As many tokens are live as may be.',
  not_connectable: 'The integration takes no projects.',
  already_member: 'Whoever is invited is a member already.',
  user_already_member: 'Whoever accepts is a member already.',
  invalid_recipient: 'The invite is for somebody else.',
  expired: 'The invite has expired.',
  sso_enforced: 'People of the domain sign in through SAML.',
  email_links_disabled: 'Signing in by a mailed link is switched off.',
  last_owner: 'The organization needs an owner.',
  parse_error: 'The body is not JSON of the kind that was expected.',
  bad_request: 'The path cannot be decoded.',
  not_authenticated: 'Credentials are missing.',
  authentication_failed: 'The credentials are no good.',
  permission_denied: 'The scope or the level is not enough.',
  reauthentication_required: 'The sign-in of the browser is too old for this.',
  csrf_failed: 'The request does not come from a page of this server.',
  other_origin: 'The request comes from another site.',
  not_found: 'It is not there, or not for the caller to see.',
  method_not_allowed: 'The path has no such method.',
  in_progress: 'A request with this Idempotency-Key is under way.',
  in_use: 'Something is there that needs it.',
  being_removed: 'What was there before is still being removed.',
  too_large: 'The body is too large.',
  unsupported_media_type: 'The body is not of the type application/json.',
  idempotency_mismatch: 'Another request came with this Idempotency-Key.',
  throttled: 'Too many requests; Retry-After says when to come again.',
  error: 'Something went wrong on the side of the server.',
  unavailable: 'Something that is needed cannot be reached.',
  vendor_unavailable: 'The vendor cannot be reached.',
} as const

const errorTypes = [
  'validation_error',
  'invalid_request',
  'authentication_error',
  'throttled_error',
  'server_error',
] as const
export type ErrorType = (typeof errorTypes)[number]

const meanings = Object.entries(errorCodes).map(([code, meaning]) => `- \`${code}\`: ${meaning}`)
const errorCode = z
  .string()
  .meta({ id: 'ErrorCode', enum: Object.keys(errorCodes), description: meanings.join('\n') })

export const errorObject = z
  .object({
    type: z.enum(errorTypes),
    code: errorCode,
    detail: z.string().describe('For people: what was expected, and what came.'),
    attr: z.string().nullable().describe('The field or parameter it is about.'),
  })
  .meta({ id: 'Error' })
