// One load on one route for a bounded time: requests a second and the spread of their times.

import autocannon, { type Options, type Result } from 'autocannon'
import { quantile } from './rounds.ts'

export interface Load {
  readonly url: string
  readonly token?: string
  readonly connections?: number
  readonly seconds?: number
  /** Written beforehand and sent one after the other, which costs this process the least. */
  readonly requests?: readonly Asked[]
  /** Makes the request of each call. */
  readonly next?: () => Asked
}

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: object
}

export interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

export async function measure(load: Load): Promise<Measured> {
  // Its own histogram knows whole milliseconds only.
  const times: number[] = []
  const result = await new Promise<Result>((resolve, reject) => {
    autocannon(optionsOf(load), (error, result) => (error ? reject(error) : resolve(result))).on(
      'response',
      (_client, _status, _bytes, milliseconds) => times.push(milliseconds),
    )
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${load.url}: ${result.non2xx} answers were no success, ${result.errors} calls failed`)
  }
  return { perSecond: result.requests.average, p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

function optionsOf({ url, token = '', connections = 32, seconds = 2, requests, next }: Load): Options {
  return {
    url,
    connections,
    duration: seconds,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    ...(requests ? { requests: requests.map(written) } : {}),
    ...(next ? { requests: [{ setupRequest: request => ({ ...request, ...written(next()) }) }] } : {}),
  }
}

export const ratesOf = (measured: readonly Measured[]): number[] => measured.map(({ perSecond }) => perSecond)

const written = ({ body, ...rest }: Asked) => (body ? { ...rest, body: JSON.stringify(body) } : rest)
