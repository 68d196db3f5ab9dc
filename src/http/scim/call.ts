// One request on its way through this surface: what it asks, and what has been learnt of it so far.
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import type { Kind } from '../../provision/kind.ts'
import type { Story } from '../../provision/log/outcome.ts'
import type { SentBody } from '../../provision/log/row.ts'
import type { Push } from '../../provision/push.ts'
import type { HttpEnv } from '../request.ts'
import type { Address } from './address.ts'

/** Filled in step by step, so that the log can tell of a request whatever became of it. */
export interface Call {
  readonly ctx: Context
  readonly c: HonoContext<HttpEnv>
  readonly address: Address
  readonly params: URLSearchParams
  readonly story: Story
  body: SentBody
  /** Set once the request is let in. */
  push: Push | undefined
  /** What can be pushed into its domain; set together with `push`. */
  kinds: readonly Kind[] | undefined
}

/** A call that was let in. */
export type Admitted = Call & { readonly push: Push; readonly kinds: readonly Kind[] }
