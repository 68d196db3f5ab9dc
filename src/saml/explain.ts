// Why a sign-in was refused and how to mend it, for whoever administers the domain or its identity provider.
import type { CheckName } from './checks.ts'
import type { Failure, OurValue } from './explain/failure.ts'
import { identityFailures } from './explain/identity.ts'
import { meaningFailures } from './explain/meaning.ts'
import { placeAt, placeWords } from './explain/places.ts'
import { nameOfProvider, type Provider, providers } from './explain/provider.ts'
import { readingFailures } from './explain/reading.ts'
import { trustFailures, weakEncryption } from './explain/trust.ts'
import type { RefusalCode } from './refusal.ts'

export interface Explanation {
  readonly title: string
  readonly who: Failure['who']
  readonly why: string
  readonly fix: readonly string[]
  /** What the places are of, as it follows “where to find”; null where there are none. */
  readonly subject: string | null
  /** Of one identity provider when it is known which it is, otherwise of each. */
  readonly places: readonly { readonly provider: string; readonly field: string }[]
  readonly ours: readonly OurValue[]
}

const failures: Readonly<Record<RefusalCode, Failure>> = {
  ...readingFailures,
  ...trustFailures,
  ...meaningFailures,
  ...identityFailures,
}

/** What each code is called in words, in the order of the road. */
export const refusalTitles: readonly (readonly [code: string, title: string])[] = Object.entries(
  failures,
).map(([code, { title }]) => [code, title])

/** `failedAt`: the check that the sign-in did not get past. */
export function explainRefusal(
  code: RefusalCode,
  provider: Provider | undefined,
  failedAt?: CheckName,
): Explanation {
  const isEncryption = code === 'saml_weak_algorithm' && failedAt === 'decryption'
  const { title, who, why, fix, place, ours = [] } = isEncryption ? weakEncryption : failures[code]
  const asked = provider === undefined ? providers : [provider]
  const places = place
    ? asked.map(each => ({ provider: nameOfProvider(each), field: placeAt(each, place) }))
    : []
  return { title, who, why, fix, subject: place ? placeWords[place] : null, places, ours }
}
