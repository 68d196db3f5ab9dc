// One load on one route for a bounded time: requests a second and the spread of their times.

import autocannon from 'autocannon'

export interface Load {
  readonly url: string
  readonly token?: string
  readonly connections?: number
  readonly seconds?: number
  /** Makes the request of each call; the same one again when absent. */
  readonly next?: () => { method: 'GET' | 'POST' | 'PUT' | 'PATCH'; path: string; body?: object }
}

export interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

export async function measure({
  url,
  token = '',
  connections = 32,
  seconds = 4,
  next,
}: Load): Promise<Measured> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers,
    ...(next ? { requests: [{ setupRequest: request => ({ ...request, ...written(next()) }) }] } : {}),
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were no success, ${result.errors} calls failed`)
  }
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}

const written = ({ body, ...rest }: ReturnType<NonNullable<Load['next']>>) =>
  body ? { ...rest, body: JSON.stringify(body) } : rest
