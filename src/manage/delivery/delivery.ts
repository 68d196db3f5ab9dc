// What somebody who delivers from the outbox is given, and how they say that it went wrong: they throw.
import type { Context } from '../../context.ts'

interface Delivery {
  /** The same with each try: what the receiver recognises a second copy by. */
  readonly key: string
  readonly organizationId: string | null
  /** As it was put into the outbox. */
  readonly payload: unknown
}

/** Resolves once the receiver has it, or once nobody needs it any more. */
export type Deliver = (ctx: Context, delivery: Delivery) => Promise<void>
