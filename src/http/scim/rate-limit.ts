// How fast one token may push.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Config } from '../../config.ts'
import { tooManyRequests } from '../../scim/errors.ts'

/** Resolves, or throws 429. */
export type RateLimit = (tokenId: string) => Promise<void>

/** `burst` requests at once, and as many again when the time in which they come evenly is over. */
export function createRateLimit(rate: Config['scimRateLimit']): RateLimit {
  if (rate === 0) return async () => {}
  const { perMinute, burst } = rate
  const limiter = new RateLimiterMemory({ points: burst, duration: (burst * 60) / perMinute })
  return async tokenId => {
    try {
      await limiter.consume(tokenId)
    } catch (cause) {
      if (!(cause instanceof RateLimiterRes)) throw cause
      const seconds = Math.max(1, Math.ceil(cause.msBeforeNext / 1000))
      throw tooManyRequests(
        `This token may make ${perMinute} requests a minute, ${burst} of them at once; the next is possible in ${seconds} s.`,
        seconds,
      )
    }
  }
}
