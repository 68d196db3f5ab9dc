// One kind of refusal: what it is called in a headline, why it happens, and what is done about it, in order.
import type { Place } from './places.ts'

/** Of ours, as they are pasted at the identity provider. */
export type OurValue = 'entity_id' | 'acs_url' | 'metadata_url' | 'login_url'

export interface Failure {
  /** Says nothing that came from outside. */
  readonly title: string
  /** Who has to change something. */
  readonly who: 'identity provider' | 'here' | 'either' | 'nobody'
  readonly why: string
  readonly fix: readonly string[]
  /** Where at the identity provider. */
  readonly place?: Place
  /** What is needed of us to do it. */
  readonly ours?: readonly OurValue[]
}
