// Word to a page that waits for something to come from elsewhere: once, as a server-sent event.
import { keepTelling } from '../stream.ts'
import type { Workplace } from './stepper.ts'

/** `look` finds what came, as text for the page. */
export async function tellArrival(
  place: Workplace,
  look: () => Promise<string | undefined>,
): Promise<Response> {
  const { ctx, c, lifecycle, csrfToken: credentialId } = place
  // Before the stream begins: a refusal still has its page then.
  await look()
  const requireStillAllowed = () => place.requireStillAllowed()
  return keepTelling({ ctx, c, lifecycle, credentialId, requireStillAllowed }, async tell => {
    const arrived = await look()
    if (arrived === undefined) return 'nothing'
    await tell({ event: 'arrived', data: arrived })
    return 'the last'
  })
}
