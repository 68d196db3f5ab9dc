// One request on its way through this surface: what it asks, and what has been learnt of it so far.
import type { Context } from '../../context.ts'
import type { Kind } from '../../provision/kind.ts'
import { newStory, type Story } from '../../provision/log/outcome.ts'
import type { SentBody } from '../../provision/log/row.ts'
import type { Push } from '../../provision/push.ts'
import type { Address } from './address.ts'

/** What came, over the network or from somebody who tries what would happen. */
export interface Sent {
  readonly method: string
  readonly requestId: string
  readonly ip: string | null
  header(name: string): string | undefined
  /** Throws `BodyTooLarge` and `BodyCutShort`. */
  readBody(mostBytes: number): Promise<Uint8Array>
}

/** Filled in step by step, so that the log can tell of a request whatever became of it. */
export interface Call {
  readonly ctx: Context
  readonly sent: Sent
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

export function newCall(ctx: Context, sent: Sent, address: Address): Call {
  const params = new URLSearchParams(address.search)
  return { ctx, sent, address, params, story: newStory(), body: undefined, push: undefined, kinds: undefined }
}
