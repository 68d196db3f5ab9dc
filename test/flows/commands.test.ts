// The command line as an operator and a script use it: real processes, one JSON object on stdout, sentences on stderr.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../database.ts'
import { startProcess } from '../processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-commands-'))
const env = { GATEHOUSE_DATA_DIR: folder, GATEHOUSE_PORT: '0' }
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function gatehouse(args: readonly string[], more: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    cwd: join(import.meta.dirname, '..', '..'),
    env: { PATH: process.env.PATH ?? '', ...env, ...more },
  })
  const texts = { stdout: '', stderr: '' }
  child.stdout.on('data', chunk => (texts.stdout += chunk))
  child.stderr.on('data', chunk => (texts.stderr += chunk))
  const [code] = await once(child, 'close')
  return { code, ...texts }
}

/** Runs a command that must succeed with exactly one line of JSON on stdout. */
async function readJson(...args: readonly string[]): Promise<ReturnType<typeof JSON.parse>> {
  const { code, stdout, stderr } = await gatehouse([...args, '--json'])
  expect(code, stderr).toBe(0)
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(stdout)
}

const bootstrap = () => readJson('bootstrap', '--organization', 'Acme', '--owner', 'Owner@acme.test')

describe('bootstrap', () => {
  it('makes what is missing, and a fresh key each time', async () => {
    const first = await bootstrap()
    const second = await bootstrap()
    expect(Object.keys(first)).toEqual(['organization_id', 'owner_id', 'api_key'])
    expect(second.organization_id).toBe(first.organization_id)
    expect(second.owner_id).toBe(first.owner_id)
    expect(second.api_key).not.toBe(first.api_key)
  })

  eachDatabase((kind, _, makeUrl) => {
    it('makes one organization when several processes begin on an empty database at once', async () => {
      const words = ['bootstrap', '--organization', 'Rush', '--owner', 'owner@acme.test', '--json']
      const data = { GATEHOUSE_DATABASE_URL: await makeUrl(), GATEHOUSE_DATA_DIR: join(folder, kind) }
      const runs = await Promise.all([1, 2, 3].map(() => gatehouse(words, data)))
      expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
        runs.map(() => ({ code: 0, stderr: '' })),
      )
      const made = runs.map(({ stdout }) => JSON.parse(stdout))
      expect(new Set(made.map(({ organization_id }) => organization_id)).size).toBe(1)
      expect(new Set(made.map(({ api_key }) => api_key)).size).toBe(3)
    })
  })

  it('says which option is missing', async () => {
    const { code, stdout, stderr } = await gatehouse(['bootstrap', '--owner', 'owner@acme.test'])
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('--organization')
  })
})

describe('domain add', () => {
  it('prints the domain object of the API, with the token when --scim made one', async () => {
    const { organization_id } = await bootstrap()
    const domain = await readJson(
      ...['domain', 'add', 'ACME.test', '--organization', organization_id],
      ...['--verified', '--scim', '--jit'],
    )
    expect(domain).toMatchObject({
      domain: 'acme.test',
      is_verified: true,
      jit_provisioning_enabled: true,
      scim_enabled: true,
      has_scim: true,
      scim_base_url: expect.stringContaining(`/scim/v2/${domain.id}`),
      scim_bearer_token: expect.any(String),
    })
  })

  it('refuses an organization that is not there, in one sentence', async () => {
    const { code, stdout, stderr } = await gatehouse([
      'domain',
      'add',
      'other.test',
      '--organization',
      'nobody',
    ])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.trim()).toBe('There is no organization with the id nobody.')
  })

  it('refuses a name that another organization holds verified', async () => {
    const other = await readJson('bootstrap', '--organization', 'Other', '--owner', 'owner@other.test')
    const words = ['domain', 'add', 'acme.test', '--organization', other.organization_id]
    expect(await gatehouse([...words, '--verified'])).toMatchObject({ code: 1, stdout: '' })
  })
})

describe('api-key', () => {
  it('is made for a member, limited to the organization, and revoked', async () => {
    const { organization_id } = await bootstrap()
    const key = await readJson(
      ...['api-key', 'create', '--organization', organization_id, '--owner', 'owner@acme.test'],
      ...['--scopes', 'organization:read,organization_member:write'],
    )
    expect(key).toMatchObject({
      value: expect.stringMatching(/^gth_/),
      scopes: ['organization:read', 'organization_member:write'],
      organizations: [organization_id],
    })
    expect(await readJson('api-key', 'revoke', key.id.toUpperCase())).toMatchObject({ id: key.id })
    expect(await gatehouse(['api-key', 'revoke', key.id])).toMatchObject({ code: 1 })
  })
})

describe('owner-link', () => {
  it('prints a link for an owner, and refuses anybody else in one sentence', async () => {
    await bootstrap()
    const link = await readJson('owner-link', 'Owner@acme.test')
    expect(Object.keys(link)).toEqual(['url', 'expires_at'])
    expect(link.url).toMatch(/\/login\/link\/[\w-]{43}$/)
    const { code, stdout, stderr } = await gatehouse(['owner-link', 'nobody@acme.test', '--json'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.trim()).toBe('nobody@acme.test is the owner of no organization.')
  })
})

describe('keys rotate', () => {
  it('makes a new key that signs later than it is shown', async () => {
    for (const purpose of ['token', 'saml']) {
      const key = await readJson('keys', 'rotate', purpose)
      expect(key).toMatchObject({ id: expect.any(String), purpose })
      expect(key.active_at > key.created_at).toBe(true)
    }
  })
})

describe('serve', () => {
  it('says in one line where it listens, is ready, and stops at SIGTERM', async () => {
    const server = await startProcess(['src/main.ts', 'serve'], env)
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(`${server.url}/readyz`)).text()).toBe('ready\n')
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${server.url}/login`)).status).toBe(200)
    expect(await (await fetch(`${server.url}/.well-known/jwks.json`)).json()).toMatchObject({
      keys: expect.arrayContaining([expect.objectContaining({ kty: 'EC', alg: 'ES256', use: 'sig' })]),
    })
    expect((await fetch(`${server.url}/saml/nothing/metadata`)).status).toBe(404)
    await server.stop()
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
  })

  eachDatabase((kind, _, makeUrl) => {
    it('shows one key when several processes begin on an empty database at once', async () => {
      const data = {
        GATEHOUSE_DATABASE_URL: await makeUrl(),
        GATEHOUSE_DATA_DIR: join(folder, `keys-${kind}`),
      }
      const servers = await Promise.all(
        [1, 2].map(() => startProcess(['src/main.ts', 'serve'], { ...env, ...data })),
      )
      const read = async ({ url }: { url: string }) =>
        (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
      const shown = (await Promise.all(servers.map(read))).map(({ keys }) => keys.map(({ kid }) => kid))
      await Promise.all(servers.map(server => server.stop()))
      expect(shown[0]).toHaveLength(1)
      expect(shown[1]).toEqual(shown[0])
    })
  })

  it('answers a health check that speaks HTTP/1.0 and names no host', async () => {
    const server = await startProcess(['src/main.ts', 'serve'], env)
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.write('GET /healthz HTTP/1.0\r\n\r\n')
    const answer = await text(socket)
    await server.stop()
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/)
  })

  it('does not start on a bad or unknown setting, and names each', async () => {
    const { code, stderr } = await gatehouse(['serve'], { GATEHOUSE_PORT: 'many', GATEHOUSE_PROT: '1' })
    expect(code).toBe(1)
    expect(stderr).toContain('GATEHOUSE_PORT')
    expect(stderr).toContain('GATEHOUSE_PROT')
  })
})

describe('what every command stops at', () => {
  const stops = async (args: readonly string[], more: Record<string, string>) => {
    const { code, stdout, stderr } = await gatehouse(args, more)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).not.toMatch(/^ +at /m)
    return stderr
  }

  it('says in a sentence that a file cannot be read', async () => {
    const { organization_id } = await bootstrap()
    const words = ['domain', 'add', 'file.test', '--organization', organization_id, '--saml-cert', 'none.pem']
    expect(await stops(words, {})).toMatch(/^The certificates cannot be read: ENOENT.*none\.pem'\n$/)
  })

  it('says in a sentence that the port is taken', async () => {
    const server = await startProcess(['src/main.ts', 'serve'], env)
    const { port } = new URL(server.url)
    const said = await stops(['serve'], { GATEHOUSE_PORT: port })
    await server.stop()
    expect(said).toContain(`GATEHOUSE_PORT: listen EADDRINUSE: address already in use 127.0.0.1:${port}`)
  })

  it('says in a sentence that the database is not there', async () => {
    const said = await stops(['migrate'], { GATEHOUSE_DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' })
    expect(said).toContain('GATEHOUSE_DATABASE_URL: cannot open the database postgres://127.0.0.1:1/x')
    expect(said).not.toContain('hidden')
  })
})

describe('demo', () => {
  it('pushes 25 people and 4 groups in two dialects, prints the log with the wrong token and the duplicate in it, and signs one in', async () => {
    const { code, stdout, stderr } = await gatehouse(['demo', '--exit'])
    expect(code, stderr).toBe(0)
    expect(stdout.match(/POST {4}201 .*Created the user/g)).toHaveLength(25)
    expect(stdout.match(/POST {4}201 .*Created the group/g)).toHaveLength(4)
    expect(stdout).toMatch(/okta .*GET {5}401/)
    expect(stdout).toMatch(/okta .*POST {4}409/)
    expect(stdout).toMatch(/entra_id .*PATCH {3}200/)
    expect(stdout).toContain('SCIM bearer token')
    expect(stdout).toMatch(/Ada Lovelace was signed in through SAML/)
    expect(stdout).toMatch(/sign in as Ada +http:\/\/127/)
  })

  it('runs on this machine only', async () => {
    const { code, stderr } = await gatehouse(['demo', '--exit'], {
      GATEHOUSE_BASE_URL: 'https://gatehouse.example',
    })
    expect(code).toBe(1)
    expect(stderr).toContain('gatehouse.example')
  })
})
