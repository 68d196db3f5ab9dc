// How many wrong API keys one address may try before it hears that it is too many.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from '../../base/net-address.ts'
import { throttled } from '../../base/refusal.ts'
import type { Config } from '../../config.ts'

/**
 * Counts one wrong key; resolves, or throws 429.
 *
 * Right keys are never counted, nor refused because of wrong ones: a whole company can stand behind one address, and
 * no number of guesses finds one of 256 random bits. What the limit spares is the log and the patience of operators.
 */
export function createGuessCount(rate: Config['publicRateLimit']): (ip: string) => Promise<void> {
  if (rate === 0) return async () => {}
  const { perMinute, burst } = rate
  const limiter = new RateLimiterMemory({ points: burst, duration: (burst * 60) / perMinute })
  return async ip => {
    try {
      await limiter.consume(networkOf(ip))
    } catch (cause) {
      if (!(cause instanceof RateLimiterRes)) throw cause
      const seconds = Math.max(1, Math.ceil(cause.msBeforeNext / 1000))
      throw throttled(
        `Too many wrong API keys came from this address; try again in ${seconds} seconds.`,
        seconds,
      )
    }
  }
}
