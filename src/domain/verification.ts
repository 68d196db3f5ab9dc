// Proving that an organization owns a domain: the DNS record to publish, and what the answers for it mean.
import type { Domain } from './domain.ts'

interface VerificationRecord {
  type: 'TXT'
  name: string
  value: string
}

/** In the words of the API. */
export interface VerificationCheck {
  outcome: 'verified' | 'not_found' | 'mismatch' | 'resolver_error'
  name: string
  /** The values of all TXT records at `name`. */
  found: string[]
  resolver_error: string | null
  /** What to change, in a sentence. */
  hint: string | null
}

/** What a TXT look-up came to; the chunks of each value joined. */
type TxtAnswer =
  | { outcome: 'found'; values: string[] }
  | { outcome: 'absent' }
  | { outcome: 'failed'; error: string }

type Challenged = Pick<Domain, 'name' | 'challenge'>

export function recordFor(domain: Challenged, prefix: string): VerificationRecord {
  return { type: 'TXT', name: `_${prefix}-challenge.${domain.name}`, value: domain.challenge }
}

/** `answer` is the one to a look-up of `recordFor(domain, prefix).name`. */
export function judge(answer: TxtAnswer, domain: Challenged, prefix: string): VerificationCheck {
  const { name, value } = recordFor(domain, prefix)
  const check = { name, found: [], resolver_error: null, hint: null }
  if (answer.outcome === 'failed') {
    const hint = `The name servers of ${domain.name} could not be asked. Try again in some minutes.`
    return { ...check, outcome: 'resolver_error', resolver_error: answer.error, hint }
  }
  if (answer.outcome === 'absent')
    return { ...check, outcome: 'not_found', hint: hintForNothing(domain, prefix) }
  const found = answer.values
  if (found.includes(value)) return { ...check, outcome: 'verified', found }
  const hints = found.map(each => hintFor(each, domain, prefix))
  const hint = hints.find(each => each !== undefined) ?? `Expected the value ${value} in a record of its own.`
  return { ...check, outcome: 'mismatch', found, hint }
}

function hintForNothing(domain: Challenged, prefix: string): string {
  const { name } = recordFor(domain, prefix)
  const host = name.slice(0, -domain.name.length - 1)
  return (
    `There is no TXT record at ${name} yet. A new one can take minutes to show. Many DNS consoles append ` +
    `${domain.name} by themselves: there, type only ${host}, or the record lands at ${name}.${domain.name}.`
  )
}

/** The mistake that turns the right value into this one, the more telling ones first. */
function hintFor(found: string, domain: Challenged, prefix: string): string | undefined {
  const { name, value } = recordFor(domain, prefix)
  const bare = found.replaceAll(/[\s"'“”‘’]/g, '')
  if (found.trim() === value) return 'The value has white space around it. Remove it.'
  if (bare === value) return 'The value has quotes or spaces in it. Paste it without them.'
  if (bare.toLowerCase() === value.toLowerCase())
    return 'The letters are right but upper and lower case differ.'
  if (bare.includes(value)) return `The record holds more than the value. It must be exactly ${value}.`
  if (bare.length >= 8 && (value.startsWith(bare) || value.endsWith(bare))) {
    return `The value is cut short: ${bare.length} of ${value.length} characters are there.`
  }
  if (found.includes(name)) return `The record holds its own name. Its value must be exactly ${value}.`
  if (/^[A-Za-z0-9_-]{43}$/.test(bare)) {
    return 'The record holds another challenge: of another organization, or from before this domain was added.'
  }
  return undefined
}

const daysUntilLost = 7
const dayMs = 24 * 60 * 60 * 1000

/** The fields of the domain that a re-check changes. */
type Changes = Pick<Domain, 'lastCheckedAt' | 'failingSince' | 'verificationLostAt'> &
  Partial<
    Pick<Domain, 'verifiedAt' | 'verifiedBy' | 'scimEnabled' | 'jitProvisioningEnabled' | 'ssoEnforcement'>
  >

interface Recheck {
  changes: Changes
  /** What administrators are told, on the day it happens. */
  event: 'lost' | 'restored' | null
}

/** The daily re-check of a verified domain. After seven failed days the loss is noted; the policy says what follows. */
export function afterRecheck(
  domain: Pick<Domain, 'failingSince' | 'verificationLostAt'>,
  check: VerificationCheck,
  { now, policy }: { now: Date; policy: 'keep' | 'revoke' },
): Recheck {
  const lastCheckedAt = now.toISOString()
  const { verificationLostAt } = domain
  if (check.outcome === 'verified') {
    const changes = { lastCheckedAt, failingSince: null, verificationLostAt: null }
    return { changes, event: verificationLostAt === null ? null : 'restored' }
  }
  const failingSince = domain.failingSince ?? lastCheckedAt
  const isLost = now.getTime() - Date.parse(failingSince) >= daysUntilLost * dayMs
  if (!isLost || verificationLostAt !== null) {
    return { changes: { lastCheckedAt, failingSince, verificationLostAt }, event: null }
  }
  const loss = { lastCheckedAt, failingSince, verificationLostAt: lastCheckedAt }
  return { changes: policy === 'keep' ? loss : { ...loss, ...withoutVerification }, event: 'lost' }
}

/** A domain that is not verified has none of what only a verified one may have. */
const withoutVerification = {
  verifiedAt: null,
  verifiedBy: null,
  scimEnabled: false,
  jitProvisioningEnabled: false,
  ssoEnforcement: '',
} as const
