// A typed client, generated from what the running server says of itself, lives the whole life of an organization.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Answer } from 'dns-packet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NameServer, startNameServer } from '../outside/name-server.ts'
import { type Running, runCommand, startProcess } from '../processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-client-'))
const clientFolder = join(import.meta.dirname, '..', 'client')
const run = promisify(execFile)
const bin = (name: string) => join(import.meta.dirname, '..', '..', 'node_modules', '.bin', name)

/** What the program needs of the world around it; it is not imported before its client is generated. */
type Life = {
  live(world: {
    url: string
    apiKey: string
    publish(record: { name: string; value: string }): void
    mailTo(address: string): Promise<string>
  }): Promise<Record<string, unknown>>
}

describe('a generated client', () => {
  const records = new Map<string, string>()
  let names: NameServer
  let server: Running
  let apiKey: string
  beforeAll(async () => {
    names = await startNameServer(({ name, type }) => {
      const data = type === 'TXT' ? records.get(name) : undefined
      if (data === undefined) return { rcode: 'NXDOMAIN' }
      const answer: Answer = { type: 'TXT', name, ttl: 1, data: [data] }
      return { answers: [answer] }
    })
    const env = {
      GATEHOUSE_DATA_DIR: folder,
      GATEHOUSE_PORT: '0',
      GATEHOUSE_DNS_SERVERS: names.address,
      GATEHOUSE_LOG_LEVEL: 'error',
    }
    const words = ['bootstrap', '--organization', 'Acme', '--owner', 'owner@acme.test', '--json']
    apiKey = JSON.parse(await runCommand(words, env)).api_key
    server = await startProcess(['src/main.ts', 'serve'], env)
  })
  afterAll(async () => {
    await server?.stop()
    await names?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is made from /openapi.json, and its types hold a program to what the server takes', async () => {
    const document = join(folder, 'openapi.json')
    await writeFile(document, await (await fetch(`${server.url}/openapi.json`)).text())
    await mkdir(join(clientFolder, 'generated'), { recursive: true })
    await run(process.execPath, [bin('oazapfts'), document, join(clientFolder, 'generated', 'api.ts')])
    const { stdout } = await run(process.execPath, [bin('tsc'), '-p', clientFolder]).catch(error => error)
    expect(stdout).toBe('')
  }, 60_000)

  it('creates, proves a domain, pushes people, invites, accepts, signs, downloads, and gives it all up', async () => {
    const program = join(clientFolder, 'life.ts')
    const { live }: Life = await import(program)
    const life = await live({
      url: server.url,
      apiKey,
      publish: ({ name, value }) => records.set(name, value),
      mailTo,
    })
    expect(life).toMatchObject({
      domain: { domain: 'lovelace.test', is_verified: true, verification_check: { outcome: 'verified' } },
      pushed: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), hadToken: true },
      guest: { level: 8, invitedTo: 'Lovelace', found: ['charles@babbage.test'] },
      pdf: { early: 404, status: 'signed' },
      left: { results: [{ user: { email: 'ada@lovelace.test' } }, { level: 15 }] },
      after: { status: 404, data: { type: 'invalid_request', code: 'not_found', attr: null } },
    })
    const { bytes } = life.pdf as { bytes: Buffer }
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    const { results } = life.log as { results: { action: string }[] }
    expect(results.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'organization.created',
        'domain.verified',
        'scim.token_rotated',
        'member.joined',
        'member.level_changed',
        'legal_document.submitted',
      ]),
    )
  }, 60_000)

  /** Without SMTP, mails lie in a folder. */
  async function mailTo(address: string): Promise<string> {
    const outbox = join(folder, 'outbox')
    for (let tries = 0; tries < 300; tries++) {
      const files = existsSync(outbox) ? readdirSync(outbox) : []
      const mails = files.map(name => readFileSync(join(outbox, name), 'utf8'))
      const mail = mails.find(text => text.includes(`To: ${address}`))
      if (mail) return mail.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    throw new Error(`No mail came to ${address}.`)
  }
})
