// How many requests a key or a session may make: by the minute and by the hour, told in the IETF RateLimit fields.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { throttled } from '../../../base/refusal.ts'
import type { Config } from '../../../config.ts'

/** Counts one request. Gives the fields that tell what is left, or throws a Refusal. */
export type CountRequest = (
  credentialId: string,
  tell: (name: string, value: string) => void,
) => Promise<void>

interface Window {
  readonly name: string
  readonly quota: number
  readonly seconds: number
  readonly limiter: RateLimiterMemory
}

export function createRequestCount(limit: Config['apiRateLimit']): CountRequest {
  if (limit === 0) return async () => {}
  const windows = [
    windowOf('minute', { quota: limit.perMinute, seconds: 60 }),
    windowOf('hour', { quota: limit.perHour, seconds: 3600 }),
  ]
  const policy = windows.map(({ name, quota, seconds }) => `"${name}";q=${quota};w=${seconds}`).join(', ')
  return async (credentialId, tell) => {
    const states = await Promise.all(windows.map(window => take(window, credentialId)))
    tell('RateLimit-Policy', policy)
    tell('RateLimit', states.map(stateText).join(', '))
    const exceeded = states.filter(state => state.isExceeded)
    if (exceeded.length === 0) return
    const seconds = Math.max(...exceeded.map(state => state.secondsLeft))
    throw throttled(`Too many requests; try again in ${seconds} seconds.`, seconds)
  }
}

const windowOf = (name: string, { quota, seconds }: { quota: number; seconds: number }): Window => ({
  name,
  quota,
  seconds,
  limiter: new RateLimiterMemory({ points: quota, duration: seconds, keyPrefix: name }),
})

async function take({ name, limiter }: Window, credentialId: string) {
  const { result, isExceeded } = await limiter.consume(credentialId).then(
    result => ({ result, isExceeded: false }),
    // The limiter rejects with the state of the window when nothing is left of it.
    (result: unknown) => ({ result, isExceeded: true }),
  )
  if (!(result instanceof RateLimiterRes)) throw result
  const secondsLeft = Math.max(1, Math.ceil(result.msBeforeNext / 1000))
  return { name, isExceeded, remaining: result.remainingPoints, secondsLeft }
}

const stateText = ({ name, remaining, secondsLeft }: Awaited<ReturnType<typeof take>>) =>
  `"${name}";r=${remaining};t=${secondsLeft}`
