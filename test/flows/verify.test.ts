// An administrator proves a domain to a running server, which asks a real name server over the wire.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from 'dns-packet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NameServer, type Reply, startNameServer } from '../outside/name-server.ts'
import { type Running, runCommand, startProcess } from '../processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-verify-'))
const replies = new Map<string, Reply>()
const txt = (name: string, data: string[]): Answer => ({ type: 'TXT', name, ttl: 1, data })

describe('POST /domains/{id}/verify', () => {
  let names: NameServer
  let server: Running
  let ask: (method: string, path: string, body?: object) => Promise<{ status: number; body: DomainAnswer }>
  beforeAll(async () => {
    names = await startNameServer(({ name, type }) => {
      const { answers = [], ...reply } = replies.get(name) ?? { rcode: 'NXDOMAIN' }
      return { ...reply, answers: answers.filter(answer => answer.type === type) }
    })
    const env = {
      GATEHOUSE_DATA_DIR: folder,
      GATEHOUSE_PORT: '0',
      GATEHOUSE_DNS_SERVERS: names.address,
      GATEHOUSE_CHALLENGE_PREFIX: 'acme',
    }
    const words = ['bootstrap', '--organization', 'Acme', '--owner', 'owner@acme.test', '--json']
    const { organization_id, api_key } = JSON.parse(await runCommand(words, env))
    server = await startProcess(['src/main.ts', 'serve'], env)
    ask = async (method, path, body) => {
      const response = await fetch(`${server.url}/api/organizations/${organization_id}/domains${path}`, {
        method,
        headers: { Authorization: `Bearer ${api_key}`, 'Content-Type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: (await response.json()) as DomainAnswer }
    }
  })
  afterAll(async () => {
    await server.stop()
    await names.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Claims a domain whose name server answers so, and tries to verify it. */
  async function verify(domain: string, reply: (record: DomainRecord) => Reply) {
    const { body } = await ask('POST', '', { domain })
    const record = body.verification_record
    expect(record.name).toBe(`_acme-challenge.${domain}`)
    replies.set(record.name, reply(record))
    return { id: body.id, ...(await ask('POST', `/${body.id}/verify`)) }
  }

  it('finds the record among others, its chunks joined', async () => {
    const { id, status, body } = await verify('found.test', ({ name, value }) => ({
      answers: [txt(name, ['v=spf1 -all']), txt(name, [value.slice(0, 20), value.slice(20)])],
    }))
    expect(status).toBe(200)
    expect(body).toMatchObject({ is_verified: true, verification_check: { outcome: 'verified', hint: null } })
    const again = await ask('POST', `/${id}/verify`)
    expect(again).toMatchObject({ status: 400, body: { code: 'already_verified', attr: null } })
  })

  it('follows an alias', async () => {
    const { body } = await verify('alias.test', ({ name, value }) => {
      replies.set('elsewhere.test', { answers: [txt('elsewhere.test', [value])] })
      return { answers: [{ type: 'CNAME', name, data: 'elsewhere.test' }] }
    })
    expect(body.is_verified).toBe(true)
  })

  it.each<[string, (record: DomainRecord) => Reply, object]>([
    ['absent', () => ({ rcode: 'NXDOMAIN' }), { outcome: 'not_found', found: [], resolver_error: null }],
    [
      'quoted',
      ({ name, value }) => ({ answers: [txt(name, [`"${value}"`])] }),
      { outcome: 'mismatch', hint: expect.stringContaining('quotes'), resolver_error: null },
    ],
    [
      'broken',
      () => ({ rcode: 'SERVFAIL' }),
      { outcome: 'resolver_error', resolver_error: expect.stringContaining('SERVFAIL'), found: [] },
    ],
  ])('a failed check is 200 and says what was seen: %s', async (name, reply, check) => {
    const { id, status, body } = await verify(`${name}.test`, reply)
    expect(status).toBe(200)
    expect(body).toMatchObject({ is_verified: false, verification_check: check })
    expect(await ask('POST', `/${id}/verify`)).toMatchObject({ status: 429, body: { code: 'throttled' } })
  })
})

interface DomainRecord {
  readonly name: string
  readonly value: string
}

interface DomainAnswer {
  readonly id: string
  readonly is_verified: boolean
  readonly verification_record: DomainRecord
}
