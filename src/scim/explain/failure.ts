// One kind of failure: how to recognise it in the log, why it happens, and what an administrator does about it.
import type { IdentityProvider } from '../identity-provider.ts'
import type { Place } from './places.ts'

export interface Failure {
  /** Never renamed: links and tests name it. */
  readonly id: string
  readonly status: number
  /** What the stored sentence or the answer says; of several that fit, the first counts. */
  readonly says: RegExp
  readonly title: string
  readonly why: string
  /** In the order in which to do it. */
  readonly fix: readonly string[]
  /** Where at the identity provider. */
  readonly place?: Place
  /** What is different at one of them. */
  readonly notes?: Partial<Record<IdentityProvider, string>>
}
