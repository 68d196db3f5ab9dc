import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Directory } from '../../../src/demo/directory.ts'
import { dialects } from '../../../src/demo/push/dialects.ts'
import { Pusher } from '../../../src/demo/push/pusher.ts'
import { type ScimStub, startStub } from './scim-stub.ts'

describe.each(dialects)('pushing as $title', dialect => {
  let stub: ScimStub
  let pusher: Pusher
  let directory: Directory
  beforeEach(async () => {
    stub = await startStub()
    pusher = new Pusher({ baseUrl: stub.baseUrl, token: 'token' })
    pusher.dialect = dialect
    directory = new Directory('acme.test')
  })
  afterEach(() => stub.stop())

  const push = async () => {
    stub.received.length = 0
    await pusher.push(directory.people.slice(0, 3), directory.groups)
    return stub.received.map(
      ({ method, path }) => `${method} ${path.split('?')[0]?.replace(/id-\d+/, '{id}')}`,
    )
  }
  const first = () => directory.people[0]?.id ?? ''

  it('asks for everybody before it creates them, and tells groups their members', async () => {
    const [probe, ...calls] = await push()
    expect(probe).toBe('GET /Users')
    expect(calls.slice(0, 6)).toEqual(Array(3).fill(['GET /Users', 'POST /Users']).flat())
    expect(calls.filter(call => call === 'POST /Groups')).toHaveLength(4)
    // Two of the four have somebody in them.
    expect(calls.filter(call => call === 'PATCH /Groups/{id}')).toHaveLength(2)
    expect(new Set(stub.received.map(({ userAgent }) => userAgent))).toEqual(new Set([dialect.userAgent]))
    expect(directory.people.slice(0, 3).every(person => pusher.isPushed(person))).toBe(true)
  })

  it('says nothing twice', async () => {
    await push()
    expect(await push()).toEqual(['GET /Users'])
  })

  it('tells what has changed, and both groups of whoever moves', async () => {
    await push()
    directory.change(first(), { isActive: false })
    expect(await push()).toEqual(['GET /Users', 'PATCH /Users/{id}'])
    directory.change(first(), { group: 'Business' })
    expect(await push()).toEqual(['GET /Users', 'PATCH /Groups/{id}', 'PATCH /Groups/{id}'])
    const bodies = stub.received.map(({ body }) => JSON.stringify(body)).join()
    expect(bodies).toMatch(/"remove"/i)
    expect(bodies).toMatch(/"add"/i)
  })

  it('tries again what was refused, and shows the refusal', async () => {
    stub.refused.add('POST /Users')
    await push()
    expect(directory.people.slice(0, 3).some(person => pusher.isPushed(person))).toBe(false)
    expect(pusher.exchanges).toContainEqual({
      method: 'POST',
      path: '/Users',
      status: 400,
      detail: 'not that one',
    })
    stub.refused.clear()
    await push()
    expect(directory.people.slice(0, 3).every(person => pusher.isPushed(person))).toBe(true)
  })

  it('makes one push after the other', async () => {
    await Promise.all([push(), push()])
    expect(stub.received.filter(({ method, path }) => method === 'POST' && path === '/Users')).toHaveLength(3)
  })
})
