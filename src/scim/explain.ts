// Why a request in the SCIM log failed and how to mend it, for whoever administers the identity provider.
import { accessFailures } from './explain/access.ts'
import type { Failure } from './explain/failure.ts'
import { type Place, placeAt, providerNames } from './explain/places.ts'
import { questionFailures } from './explain/questions.ts'
import { resourceFailures } from './explain/resources.ts'
import { valueFailures } from './explain/values.ts'
import type { IdentityProvider } from './identity-provider.ts'

export interface Explanation {
  readonly id: string
  readonly title: string
  readonly why: string
  readonly fix: readonly string[]
  /** Where to do it at this identity provider. */
  readonly where: { readonly provider: string; readonly field: string } | null
  /** What is peculiar to this identity provider. */
  readonly note: string | null
}

/** What is known of a logged request. */
interface Logged {
  readonly status: number
  /** The sentence of the log. */
  readonly outcome: string
  readonly provider: IdentityProvider
}

/** Those that are told by their words stand before those that are told by their status alone. */
export const failures: readonly Failure[] = [
  ...accessFailures,
  ...questionFailures,
  ...resourceFailures,
  ...valueFailures,
]

/** Undefined for what did not fail. */
export function explain({ status, outcome, provider }: Logged): Explanation | undefined {
  if (status < 400) return undefined
  const failure = failures.find(each => each.status === status && each.says.test(outcome))
  return failure ? told(failure, provider) : unknown(status)
}

function told({ id, title, why, fix, place, notes }: Failure, provider: IdentityProvider): Explanation {
  return {
    id,
    title,
    why,
    fix,
    where: place ? whereAt(provider, place) : null,
    note: notes?.[provider] ?? null,
  }
}

const whereAt = (provider: IdentityProvider, place: Place) => ({
  provider: providerNames[provider],
  field: placeAt(provider, place),
})

const unknown = (status: number): Explanation => ({
  id: 'unknown',
  title: `The request was refused with ${status}`,
  why: 'The sentence above says why.',
  fix: ['Correct what it names, and push again.'],
  where: null,
  note: null,
})
