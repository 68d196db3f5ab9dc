import type { Answer } from 'dns-packet'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTxtLookup } from '../../src/outside/dns.ts'
import { type NameServer, type Reply, startNameServer } from './name-server.ts'

const txt = (name: string, ...chunks: string[]): Answer => ({ type: 'TXT', name, ttl: 60, data: chunks })
const cname = (name: string, data: string): Answer => ({ type: 'CNAME', name, ttl: 60, data })

/** `TYPE name` → the reply; other types of a name that is here are empty, other names do not exist. */
const zone = new Map<string, Reply | undefined>([
  ['TXT one.test', { answers: [txt('one.test', 'value')] }],
  [
    'TXT several.test',
    { answers: [txt('several.test', 'a'), txt('several.test', 'b'), txt('several.test', '')] },
  ],
  ['TXT chunks.test', { answers: [txt('chunks.test', 'x'.repeat(255), 'y'.repeat(255), 'z')] }],
  [
    'TXT large.test',
    {
      answers: Array.from({ length: 40 }, (_, at) => txt('large.test', `${at}`.repeat(60))),
      truncated: true,
    },
  ],
  ['TXT chased.test', { answers: [cname('chased.test', 'middle.test')] }],
  ['CNAME chased.test', { answers: [cname('chased.test', 'middle.test')] }],
  ['TXT middle.test', { answers: [cname('middle.test', 'one.test')] }],
  ['CNAME middle.test', { answers: [cname('middle.test', 'one.test')] }],
  ['TXT followed.test', { answers: [cname('followed.test', 'one.test'), txt('one.test', 'value')] }],
  ['TXT dangling.test', { answers: [cname('dangling.test', 'gone.test')], rcode: 'NXDOMAIN' }],
  ['TXT round.test', { answers: [cname('round.test', 'about.test')] }],
  ['CNAME round.test', { answers: [cname('round.test', 'about.test')] }],
  ['TXT about.test', { answers: [cname('about.test', 'round.test')] }],
  ['CNAME about.test', { answers: [cname('about.test', 'round.test')] }],
  ['A address.test', {}],
  ['TXT broken.test', { rcode: 'SERVFAIL' }],
  ['TXT refused.test', { rcode: 'REFUSED' }],
  ['TXT half.test', { answers: [] }],
  ['CNAME half.test', { rcode: 'SERVFAIL' }],
  ['TXT silent.test', undefined],
])

function answer({ type, name }: { type: string; name: string }): Reply | undefined {
  const asked = `${type} ${name.toLowerCase()}`
  if (zone.has(asked)) return zone.get(asked)
  const exists = [...zone.keys()].some(key => key.endsWith(` ${name.toLowerCase()}`))
  return exists ? {} : { rcode: 'NXDOMAIN' }
}

let server: NameServer
beforeAll(async () => {
  server = await startNameServer(answer)
})
beforeEach(() => {
  server.questions.length = 0
})
afterAll(() => server.close())

const lookUp = (name: string) => createTxtLookup([server.address])(name)
const hurry = { timeout: 200, tries: 2, maxTimeout: 200 }

describe('dns: records', () => {
  it('gives the value of one record', async () => {
    expect(await lookUp('one.test')).toEqual({ outcome: 'found', values: ['value'] })
    expect(server.questions).toEqual(['TXT one.test udp'])
  })

  it('gives the values of several, empty ones too', async () => {
    expect(await lookUp('several.test')).toEqual({ outcome: 'found', values: ['a', 'b', ''] })
  })

  it('joins the chunks of a long value', async () => {
    expect(await lookUp('chunks.test')).toEqual({
      outcome: 'found',
      values: [`${'x'.repeat(255)}${'y'.repeat(255)}z`],
    })
  })

  it('asks again over TCP when the answer over UDP was cut', async () => {
    const found = await lookUp('large.test')
    expect(found).toMatchObject({ outcome: 'found' })
    expect(found.outcome === 'found' && found.values).toHaveLength(40)
    expect(server.questions).toEqual(['TXT large.test udp', 'TXT large.test tcp'])
  })

  it('is absent for a name that does not exist, and for one without TXT records', async () => {
    expect(await lookUp('nothing.test')).toEqual({ outcome: 'absent' })
    expect(await lookUp('address.test')).toEqual({ outcome: 'absent' })
  })
})

describe('dns: aliases', () => {
  it('takes the records that come along with an alias', async () => {
    expect(await lookUp('followed.test')).toEqual({ outcome: 'found', values: ['value'] })
    expect(server.questions).toHaveLength(1)
  })

  it('follows a chain that the server gives one alias at a time', async () => {
    expect(await lookUp('chased.test')).toEqual({ outcome: 'found', values: ['value'] })
    expect(server.questions).toContain('TXT middle.test udp')
    expect(server.questions).toContain('TXT one.test udp')
  })

  it('is absent when an alias leads nowhere', async () => {
    expect(await lookUp('dangling.test')).toEqual({ outcome: 'absent' })
  })

  it('fails on a loop, and stops after eight aliases', async () => {
    expect(await lookUp('round.test')).toEqual({
      outcome: 'failed',
      error: 'more than 8 aliases (CNAME) in a row, or a loop of them',
    })
    expect(server.questions.length).toBeLessThanOrEqual(18)
  })
})

describe('dns: failures are outcomes', () => {
  it.each([
    ['broken.test', 'the name server answered SERVFAIL'],
    ['refused.test', 'the name server refused the question'],
    ['half.test', 'the name server answered SERVFAIL'],
  ])('%s: %s', async (name, error) => {
    expect(await lookUp(name)).toEqual({ outcome: 'failed', error })
  })

  it('asks a silent server twice and then says so', async () => {
    expect(await createTxtLookup([server.address], hurry)('silent.test')).toEqual({
      outcome: 'failed',
      error: 'the name server did not answer in time',
    })
    expect(server.questions).toEqual(['TXT silent.test udp', 'TXT silent.test udp'])
  })

  it('asks the next server when the first is silent', async () => {
    const silent = await startNameServer(() => undefined)
    const servers = [silent.address, server.address]
    const found = await createTxtLookup(servers, hurry)('one.test')
    expect(found).toEqual({ outcome: 'found', values: ['value'] })
    await silent.close()
  })

  it('says that nothing listens there', async () => {
    const gone = await startNameServer(() => undefined)
    await gone.close()
    expect(await createTxtLookup([gone.address])('one.test')).toEqual({
      outcome: 'failed',
      error: 'the name server could not be reached',
    })
  })

  it.each(['', '.', `${'a'.repeat(64)}.test`, `${'a.'.repeat(200)}test`, 'a..test', '\u0000.test'])(
    'does not throw for the name %j',
    async name => {
      expect((await lookUp(name)).outcome).toMatch(/^(absent|failed)$/)
    },
  )

  it('does not throw for a server that is none', async () => {
    expect((await createTxtLookup(['not an address'])('one.test')).outcome).toBe('failed')
  })
})
