// A connection that stays open to tell a page what comes, for as long as whoever listens may: a few at once for each.
import { setTimeout as sleep } from 'node:timers/promises'
import { type SSEMessage, streamSSE } from 'hono/streaming'
import { Refusal, throttled } from '../../base/refusal.ts'
import type { ConsoleCall } from './call.ts'

const pollMs = 1000
/** Something is said so often, so that proxies keep the connection and one that broke is noticed. */
const quietPolls = 15
/** After so many polls the browser connects again by itself. */
const mostPolls = 600
const mostAtOnce = 6

const open = new Map<string, number>()

/** Who listens, by a session or another right. */
export interface Listener extends Pick<ConsoleCall, 'ctx' | 'c' | 'lifecycle'> {
  /** So many may be open at once for each. */
  readonly credentialId: string
  /** Asked again and again: refuses whoever may not listen any more. */
  readonly requireStillAllowed: () => Promise<unknown>
}

/** Looks whether there is something to tell, once a second; ends the connection with the last of it. */
type Look = (tell: (message: SSEMessage) => Promise<void>) => Promise<'told' | 'nothing' | 'the last'>

export function keepTelling(
  { ctx, c, lifecycle, credentialId, requireStillAllowed }: Listener,
  look: Look,
): Response {
  enter(credentialId)
  // Says to proxies of the nginx kind that each message is to be passed on at once.
  c.header('X-Accel-Buffering', 'no')
  const response = streamSSE(c, async stream => {
    try {
      for (let poll = 0; poll < mostPolls && !stream.aborted && !lifecycle.draining; poll++) {
        await requireStillAllowed()
        const outcome = await look(message => stream.writeSSE(message))
        if (outcome === 'the last') return
        if (outcome === 'nothing' && poll % quietPolls === 0)
          await stream.writeSSE({ event: 'quiet', data: '' })
        await sleep(pollMs)
      }
    } catch (error) {
      if (!(error instanceof Refusal)) ctx.log.error({ err: error }, 'an open page is told nothing more')
    } finally {
      leave(credentialId)
    }
  })
  // Streams are `no-cache` by default, which may still be kept.
  response.headers.set('Cache-Control', 'no-store')
  return response
}

function enter(credentialId: string): void {
  const count = open.get(credentialId) ?? 0
  if (count >= mostAtOnce) throw throttled('Too many pages that wait for something are open; close some.', 10)
  open.set(credentialId, count + 1)
}

function leave(credentialId: string): void {
  const count = (open.get(credentialId) ?? 1) - 1
  if (count === 0) open.delete(credentialId)
  else open.set(credentialId, count)
}
