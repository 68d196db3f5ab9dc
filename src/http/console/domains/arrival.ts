// Word to a page that waits for something to come from elsewhere: once, as a server-sent event.
import { setTimeout as sleep } from 'node:timers/promises'
import { streamSSE } from 'hono/streaming'
import { Refusal, throttled } from '../../../base/refusal.ts'
import type { Workplace } from './stepper.ts'

const pollMs = 1000
/** Something is said so often, so that proxies keep the connection and one that broke is noticed. */
const quietPolls = 15
/** After so many polls the browser connects again by itself. */
const mostPolls = 300
const mostPerSession = 6

const open = new Map<string, number>()

/** `look` finds what came, as text for the page. */
export async function tellArrival(
  place: Workplace,
  look: () => Promise<string | undefined>,
): Promise<Response> {
  const { ctx, c, lifecycle, csrfToken } = place
  // Before the stream begins: a refusal still has its page then.
  await look()
  enter(csrfToken)
  // Says to proxies of the nginx kind that each event is to be passed on at once.
  c.header('X-Accel-Buffering', 'no')
  const response = streamSSE(c, async stream => {
    try {
      for (let poll = 0; poll < mostPolls && !stream.aborted && !lifecycle.draining; poll++) {
        await place.requireStillAllowed()
        const arrived = await look()
        if (arrived !== undefined) return await stream.writeSSE({ event: 'arrived', data: arrived })
        if (poll % quietPolls === 0) await stream.writeSSE({ event: 'quiet', data: '' })
        await sleep(pollMs)
      }
    } catch (error) {
      if (!(error instanceof Refusal)) ctx.log.error({ err: error }, 'waiting for an arrival ended')
    } finally {
      leave(csrfToken)
    }
  })
  // Streams are `no-cache` by default, which may still be kept.
  response.headers.set('Cache-Control', 'no-store')
  return response
}

function enter(session: string): void {
  const count = open.get(session) ?? 0
  if (count >= mostPerSession) throw throttled('Too many pages of this session are waiting; close some.', 10)
  open.set(session, count + 1)
}

function leave(session: string): void {
  const count = (open.get(session) ?? 1) - 1
  if (count === 0) open.delete(session)
  else open.set(session, count)
}
