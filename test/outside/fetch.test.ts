import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGuardedFetch } from '../../src/outside/fetch.ts'

const limit = 10_000
const guarded = createGuardedFetch()
const local = createGuardedFetch({ allowLoopback: true, maxBytes: limit })
const hurried = createGuardedFetch({ allowLoopback: true, timeoutMs: 300 })

let server: Server
let base: string
const requests: IncomingMessage[] = []

function answer(request: IncomingMessage, response: ServerResponse): void {
  requests.push(request)
  const url = new URL(request.url ?? '', 'http://localhost')
  const to = url.searchParams.get('to')
  if (to !== null) response.writeHead(302, { location: to }).end('moved')
  else if (url.pathname === '/hop') {
    const left = Number(url.searchParams.get('left'))
    response.writeHead(left > 0 ? 307 : 200, { location: `/hop?left=${left - 1}` }).end('arrived')
  } else if (url.pathname === '/bytes') response.end('x'.repeat(Number(url.searchParams.get('size'))))
  else if (url.pathname === '/endless') {
    const writing = setInterval(() => response.write('x'.repeat(4000)), 5)
    response.on('close', () => clearInterval(writing))
  } else if (url.pathname === '/drip') {
    const writing = setInterval(() => response.write('x'), 50)
    response.on('close', () => clearInterval(writing))
  } else if (url.pathname === '/status') response.writeHead(Number(url.searchParams.get('code'))).end()
  else if (url.pathname !== '/silent') response.end('metadata: ü')
}

beforeAll(async () => {
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('fetch: what the guard lets through', () => {
  it('gives the text of an answer', async () => {
    expect(await local(`${base}/`)).toEqual({ outcome: 'ok', text: 'metadata: ü' })
  })

  it('sends nothing that tells about us but a name', async () => {
    requests.length = 0
    await local(`${base}/`)
    expect(requests[0]?.method).toBe('GET')
    expect(Object.keys(requests[0]?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'connection',
      'host',
      'user-agent',
    ])
  })

  it('connects to a name by the addresses that were checked', async () => {
    expect(await local(base.replace('127.0.0.1', 'localhost'))).toEqual({
      outcome: 'ok',
      text: 'metadata: ü',
    })
  })

  it('follows three redirects and no more', async () => {
    expect(await local(`${base}/hop?left=3`)).toEqual({ outcome: 'ok', text: 'arrived' })
    expect(await local(`${base}/hop?left=4`)).toEqual({
      outcome: 'failed',
      detail: 'Expected at most 3 redirects, got more.',
    })
  })
})

describe('fetch: what the guard refuses', () => {
  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://192.168.1.1:8443/metadata',
    'https://169.254.169.254/latest/meta-data/',
    'https://[fd00:ec2::254]/',
    'https://[::ffff:10.0.0.1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0/',
  ])('refuses %s, which is no public address', async url => {
    expect(await guarded(url)).toEqual({
      outcome: 'refused',
      detail: expect.stringMatching(/^Expected a public address, but /),
    })
  })

  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,a',
    'gopher://a',
  ])('refuses %s, which is not https', async url => {
    expect(await guarded(url)).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('https URL'),
    })
  })

  it('refuses text that is no URL, and a URL with credentials', async () => {
    expect(await guarded('idp.test/metadata')).toEqual({
      outcome: 'refused',
      detail: 'Expected a URL, got "idp.test/metadata".',
    })
    expect(await guarded('https://user:secret@example.com/')).toEqual({
      outcome: 'refused',
      detail: 'Expected a URL without a user name or password in it.',
    })
  })

  it('does not tell what address a name stands for', async () => {
    expect(await guarded('https://localhost/')).toEqual({
      outcome: 'refused',
      detail: 'Expected a public address, but localhost has another.',
    })
  })

  it('sends no request at all where it refuses', async () => {
    requests.length = 0
    expect(await guarded(base)).toMatchObject({ outcome: 'refused' })
    expect(await guarded(base.replace('http:', 'https:'))).toMatchObject({ outcome: 'refused' })
    expect(requests).toHaveLength(0)
  })

  it('checks again at every redirect', async () => {
    for (const [to, reason] of [
      ['https://10.0.0.1/', 'a public address'],
      ['http://10.0.0.1/', 'an https URL'],
      ['http://example.com/', 'an https URL'],
      ['//169.254.169.254/', 'an https URL'],
      ['file:///etc/passwd', 'an https URL'],
      [`/?to=${encodeURIComponent('https://192.168.0.1/')}`, 'a public address'],
    ]) {
      expect(await local(`${base}/?to=${encodeURIComponent(to ?? '')}`), to).toMatchObject({
        outcome: 'refused',
        detail: expect.stringContaining(reason ?? ''),
      })
    }
  })

  it('allows loopback, where it is allowed, and no other private address', async () => {
    expect(await local('https://10.0.0.1/')).toMatchObject({ outcome: 'refused' })
    expect(await local('http://0.0.0.0/')).toMatchObject({ outcome: 'refused' })
  })
})

describe('fetch: what fails', () => {
  it('takes as much as is allowed and not a byte more', async () => {
    expect(await local(`${base}/bytes?size=${limit}`)).toMatchObject({ outcome: 'ok' })
    const detail = `Expected at most ${limit} bytes, got more.`
    expect(await local(`${base}/bytes?size=${limit + 1}`)).toEqual({ outcome: 'failed', detail })
    expect(await local(`${base}/endless`)).toEqual({ outcome: 'failed', detail })
  })

  it.each(['/silent', '/drip'])('gives up after the time allowed: %s', async path => {
    const started = performance.now()
    expect(await hurried(base + path)).toEqual({ outcome: 'failed', detail: 'No answer within 300 ms.' })
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it.each([304, 404, 500])('fails on status %i', async code => {
    expect(await local(`${base}/status?code=${code}`)).toEqual({
      outcome: 'failed',
      detail: `Expected an answer with status 200, got ${code}.`,
    })
  })

  it('fails where nothing listens and where the name does not exist', async () => {
    expect(await local('http://127.0.0.1:9/')).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('ECONNREFUSED'),
    })
    expect((await local('https://nothing.invalid/')).outcome).toBe('failed')
  })
})

describe('fetch: https', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fetch-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const hasOpenssl = spawnSync('openssl', ['version']).status === 0

  it.skipIf(!hasOpenssl)(
    'trusts only certificates of the authorities that are known, for the name in the URL',
    async () => {
      const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
      const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
      const request = [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        cert,
      ]
      execFileSync('openssl', [...request, ...names], { stdio: 'ignore' })
      const secure = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, answer)
      secure.listen(0, '127.0.0.1')
      await once(secure, 'listening')
      const { port } = secure.address() as AddressInfo
      const unknown = await local(`https://localhost:${port}/`)
      expect(unknown).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('self-signed') })

      const known = getCACertificates('default')
      setDefaultCACertificates([...known, readFileSync(cert, 'utf8')])
      expect(await local(`https://localhost:${port}/`)).toEqual({ outcome: 'ok', text: 'metadata: ü' })
      expect(await local(`https://127.0.0.1:${port}/`)).toMatchObject({ outcome: 'failed' })
      setDefaultCACertificates(known)
      secure.closeAllConnections()
      secure.close()
    },
  )
})
