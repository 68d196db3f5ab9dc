import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { BodyCutShort, BodyTooLarge, begin, type HttpEnv, readBody } from '../../src/http/request.ts'
import { testContext } from '../context.ts'

type Db = Parameters<typeof testContext>[0]

const appBehind = (trustedProxies: number) => {
  const app = new Hono<HttpEnv>()
  app.use(begin(testContext({} as Db, { trustedProxies })))
  return app.get('/', c => c.json({ ip: c.get('ip'), requestId: c.get('requestId') }))
}
const peer = { incoming: { socket: { remoteAddress: '10.0.0.9', remotePort: 1, remoteFamily: 'IPv4' } } }

describe('begin', () => {
  const ipOf = async (proxies: number, forwarded?: string) => {
    const headers = forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded }
    const response = await appBehind(proxies).request('/', { headers }, peer)
    return ((await response.json()) as { ip: string }).ip
  }

  it.each([
    ['nobody is trusted', 0, '192.0.2.1', '10.0.0.9'],
    ['one proxy: what it saw', 1, '198.51.100.1, 192.0.2.1', '192.0.2.1'],
    ['two proxies: what the outer one saw', 2, '6.6.6.6, 192.0.2.1, 10.0.0.1', '192.0.2.1'],
    ['IPv6', 1, '2001:db8::1', '2001:db8::1'],
    ['the proxy says nothing', 1, undefined, '10.0.0.9'],
    ['fewer entries than proxies', 2, '192.0.2.1', '10.0.0.9'],
    ['what is no address', 1, '<script>', '10.0.0.9'],
    ['an empty entry', 1, '192.0.2.1,', '10.0.0.9'],
  ])('tells the address: %s', async (_, proxies, forwarded, ip) => {
    expect(await ipOf(proxies, forwarded)).toBe(ip)
  })

  it.each([
    ['mine.1_2-3', true],
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
    ['a b', false],
    ['', false],
    ['ä', false],
  ])('keeps the request id %j: %s', async (sent, isKept) => {
    const response = await appBehind(0).request('/', { headers: { 'X-Request-Id': sent } }, peer)
    const id = response.headers.get('x-request-id')
    expect(id === sent).toBe(isKept)
    expect(await response.json()).toMatchObject({ requestId: id })
  })
})

describe('readBody', () => {
  const read = async (send: (port: number) => void): Promise<Uint8Array | Error> => {
    const { promise, resolve } = Promise.withResolvers<Uint8Array | Error>()
    const app = new Hono().post('/', async c => {
      resolve(await readBody(c, 100).catch((error: Error) => error))
      return c.body(null)
    })
    const server: Server = createServer(getRequestListener(app.fetch))
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    send(address !== null && typeof address === 'object' ? address.port : 0)
    try {
      return await promise
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }
  const sending = (text: string, { thenHangUp = false } = {}) =>
    read(port => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      socket.on('error', () => {})
      if (thenHangUp) setTimeout(() => socket.destroy(), 50)
    })
  const head = 'POST / HTTP/1.1\r\nHost: x\r\n'
  const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`

  it('reads a body of a declared length, and one in chunks', async () => {
    expect(await sending(`${head}Content-Length: 3\r\n\r\nabc`)).toEqual(new Uint8Array(Buffer.from('abc')))
    expect(Buffer.from((await sending(`${chunked}1\r\na\r\n2\r\nbc\r\n0\r\n\r\n`)) as Uint8Array)).toEqual(
      Buffer.from('abc'),
    )
  })

  it('refuses a declared length over the limit before anything has come, and chunks as soon as they are too many', async () => {
    expect(await sending(`${head}Content-Length: 101\r\n\r\n`)).toBeInstanceOf(BodyTooLarge)
    expect(await sending(`${chunked}65\r\n${'x'.repeat(101)}\r\n`)).toBeInstanceOf(BodyTooLarge)
  })

  it('tells a body that was cut short from a fault of ours', async () => {
    const cut = [`${head}Content-Length: 50\r\n\r\nabc`, `${chunked}5\r\nab`]
    for (const text of cut) expect(await sending(text, { thenHangUp: true })).toBeInstanceOf(BodyCutShort)
  })
})
