// How often one address may ask what everybody may ask.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from '../base/net-address.ts'
import { throttled } from '../base/refusal.ts'
import type { Config } from '../config.ts'

/** Resolves, or throws 429. */
export type PublicLimit = (ip: string) => Promise<void>

export function createPublicLimit(rate: Config['publicRateLimit']): PublicLimit {
  if (rate === 0) return async () => {}
  const { perMinute, burst } = rate
  const limiter = new RateLimiterMemory({ points: burst, duration: (burst * 60) / perMinute })
  return async ip => {
    try {
      await limiter.consume(networkOf(ip))
    } catch (cause) {
      if (!(cause instanceof RateLimiterRes)) throw cause
      const seconds = Math.max(1, Math.ceil(cause.msBeforeNext / 1000))
      throw throttled(`Too many requests came from this address; try again in ${seconds} seconds.`, seconds)
    }
  }
}
