// The one way out to addresses that others choose: https, public addresses, bounded time, size and redirects.
import { lookup as lookUpAddresses } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isLoopback, isPublicAddress } from '../base/net-address.ts'

/** `refused`: our own rules forbid the address. `failed`: the other side did not deliver. `detail` is a sentence. */
type FetchOutcome = { outcome: 'ok'; text: string } | { outcome: 'refused' | 'failed'; detail: string }

/** GETs a text. Never throws. */
export type GuardedFetch = (url: string) => Promise<FetchOutcome>

export interface GuardOptions {
  /** For development and tests: permits this machine's own addresses, and plain http to them. */
  allowLoopback?: boolean
  /** For everything together: names, redirects, reading. */
  timeoutMs?: number
  maxBytes?: number
}

interface Address {
  address: string
  family: number
}

interface Limits {
  allowLoopback: boolean
  maxBytes: number
  signal: AbortSignal
}

const maxRedirects = 3
const redirectStatuses = new Set([301, 302, 303, 307, 308])

class RefusedAddress extends Error {}

export function createGuardedFetch(options: GuardOptions = {}): GuardedFetch {
  const { allowLoopback = false, timeoutMs = 5000, maxBytes = 1024 * 1024 } = options
  return async url => {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      return await follow(url, { allowLoopback, maxBytes, signal })
    } catch (error) {
      if (error instanceof RefusedAddress) return { outcome: 'refused', detail: error.message }
      if (signal.aborted) return { outcome: 'failed', detail: `No answer within ${timeoutMs} ms.` }
      return { outcome: 'failed', detail: sentenceFor(error) }
    }
  }
}

async function follow(start: string, limits: Limits): Promise<FetchOutcome> {
  let url = readUrl(start)
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const response = await open(url, await requireAddresses(url, limits), limits)
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300) return await readText(response, limits.maxBytes)
    response.destroy()
    const { location } = response.headers
    if (!redirectStatuses.has(status) || location === undefined) {
      return { outcome: 'failed', detail: `Expected an answer with status 200, got ${status}.` }
    }
    url = readUrl(location, url)
  }
  return { outcome: 'failed', detail: `Expected at most ${maxRedirects} redirects, got more.` }
}

function readUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href)
  if (url === null) throw new RefusedAddress(`Expected a URL, got "${text.slice(0, 200)}".`)
  return url
}

/** Checks the URL and every address its name has, and gives those to connect to: the name is not asked again. */
async function requireAddresses(url: URL, { allowLoopback, signal }: Limits): Promise<Address[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const localPlain = allowLoopback && url.protocol === 'http:' && isLoopback(host)
  if (url.protocol !== 'https:' && !localPlain) {
    throw new RefusedAddress(`Expected an https URL, got ${url.protocol}//${url.host}.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new RefusedAddress('Expected a URL without a user name or password in it.')
  }
  const addresses = await withSignal(resolve(host), signal)
  for (const { address } of addresses) {
    if (isPublicAddress(address) || (allowLoopback && isLoopback(address))) continue
    // Which address it is stays here: whoever asks may not know the names of our network.
    throw new RefusedAddress(`Expected a public address, but ${url.hostname} has another.`)
  }
  return addresses
}

async function resolve(host: string): Promise<Address[]> {
  const family = isIP(host)
  return family === 0 ? await lookUpAddresses(host, { all: true }) : [{ address: host, family }]
}

function open(url: URL, checked: Address[], { signal }: Limits): Promise<IncomingMessage> {
  // Asked for all addresses, so that the connection can fall back from one family to the other.
  const lookup: LookupFunction = (_host, _options, done) => done(null, checked)
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((done, fail) => {
    const options = {
      lookup,
      signal,
      agent: false,
      autoSelectFamily: true,
      headers: { 'user-agent': 'gatehouse', accept: '*/*' },
    }
    request(url, options, done).on('error', fail).end()
  })
}

async function readText(response: IncomingMessage, maxBytes: number): Promise<FetchOutcome> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += chunk.length
    if (size > maxBytes) return { outcome: 'failed', detail: `Expected at most ${maxBytes} bytes, got more.` }
    chunks.push(chunk)
  }
  return { outcome: 'ok', text: Buffer.concat(chunks).toString('utf8') }
}

/** A name look-up cannot be called off, but it need not be waited for. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    if (signal.aborted) return fail(signal.reason)
    signal.addEventListener('abort', () => fail(signal.reason), { once: true })
    work.then(done, fail)
  })
}

/** An error about several addresses at once has no message, only a code. */
function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
