// A test sign-in as its administrator reads it.
import type { Config } from '../../config.ts'
import type { Context } from '../../context.ts'
import type { Domain } from '../../domain/domain.ts'
import { adviseOn } from '../../saml/advice.ts'
import { type Field, usesOf } from '../../saml/assertion/profile.ts'
import type { Check } from '../../saml/checks.ts'
import type { OurValue } from '../../saml/explain/failure.ts'
import { guessProvider } from '../../saml/explain/provider.ts'
import { type Explanation, explainRefusal } from '../../saml/explain.ts'
import type { Refusal } from '../../saml/refusal.ts'
import type { SignIn } from '../../store/sign-in/sign-ins.ts'
import { serviceProviderOf } from './connection.ts'

interface Refused {
  readonly code: string
  readonly expected: string
  readonly got: string
  /** Who must change what, where. */
  readonly advice: string
  readonly explanation: Explanation
}

export interface TestReport {
  readonly signInId: string
  readonly domainId: string
  /** Null where everything was as it should be. */
  readonly refused: Refused | null
  /** What the identity provider has to have of us. */
  readonly ours: Readonly<Record<OurValue, string>>
  readonly traceId: string
  readonly steps: readonly Check[]
  readonly durationMs: number
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[]
  /** Which field each attribute is read for, by the attribute's name. */
  readonly uses: ReadonlyMap<string, Field>
}

interface End {
  readonly domain: Domain
  readonly row: SignIn
  readonly refusal: Refusal | null
}

export function reportOf({ config }: Pick<Context, 'config'>, { domain, row, refusal }: End): TestReport {
  const facts: [string, string | null][] = [
    ['E-mail address', row.email],
    ['NameID', row.name_id],
    ['Certificate (SHA-256)', row.certificate_fingerprint],
    ['Clock of the identity provider', offsetIn(row.idp_clock_offset_ms)],
  ]
  const steps = JSON.parse(row.steps) as Check[]
  const attributes = Object.entries(JSON.parse(row.attributes) as Record<string, string[]>)
  return {
    signInId: row.id,
    domainId: domain.id,
    refused: refusal && explain(domain, refusal, steps),
    ours: oursOf(config, domain),
    traceId: row.trace_id,
    steps,
    durationMs: row.duration_ms,
    facts: facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
    attributes,
    uses: usesOf({ attributes: new Map(attributes), names: domain.samlAttributeMapping ?? {} }),
  }
}

function explain({ samlEntityId, samlSsoUrl }: Domain, refusal: Refusal, steps: readonly Check[]): Refused {
  const { code, expected, got } = refusal
  const provider = guessProvider([samlEntityId, samlSsoUrl])
  const failed = steps.find(({ outcome }) => outcome === 'failed')
  const explanation = explainRefusal(code, provider, failed?.name)
  return { code, expected, got, advice: adviseOn(refusal).forAdmin, explanation }
}

function oursOf(config: Config, { id }: Domain): TestReport['ours'] {
  const { entityId, acsUrl } = serviceProviderOf(config, id)
  const loginUrl = `${config.baseUrl}/saml/${id}/login`
  return { entity_id: entityId, acs_url: acsUrl, metadata_url: entityId, login_url: loginUrl }
}

function offsetIn(milliseconds: number | null): string | null {
  if (milliseconds === null) return null
  const seconds = Math.round(milliseconds / 1000)
  return seconds === 0 ? 'the same as ours' : `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`
}
