// The first run as an operator has it: servers in processes of their own, a link on stdout, and commands afterwards.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { eachDatabase } from '../database.ts'
import { runCommand } from '../processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-first-run-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const running: ChildProcess[] = []
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue
    child.kill()
    await once(child, 'exit')
  }
})

interface Started {
  readonly url: string
  /** Undefined where none was printed. */
  readonly link: string | undefined
}

async function serve(env: Record<string, string>): Promise<Started> {
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH ?? '', GATEHOUSE_PORT: '0', GATEHOUSE_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', line => lines.push(line))
  const find = (pattern: RegExp) => lines.map(line => pattern.exec(line)?.[1]).find(found => found)
  while (!find(/listens on (\S+)/)) {
    if (child.exitCode !== null) throw new Error('the process ended before it listened')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  await new Promise(resolve => setTimeout(resolve, 100))
  return { url: find(/listens on (\S+)/) ?? '', link: find(/(http\S+\/first-run\/\S+)/) }
}

const form = (email: string) =>
  new URLSearchParams({ organization: 'Acme', first_name: 'Ada', last_name: 'Lovelace', email })

const send = (link: string, email = 'ada@acme.test') =>
  fetch(link, {
    method: 'POST',
    headers: { Origin: new URL(link).origin },
    body: form(email),
    redirect: 'manual',
  })

describe('the first run', { timeout: 60_000 }, () => {
  eachDatabase((kind, _, makeUrl) => {
    const environment = async () => ({
      GATEHOUSE_DATABASE_URL: await makeUrl(),
      GATEHOUSE_DATA_DIR: join(folder, `${kind}-${Math.random()}`),
    })

    it('goes from an empty database to a console, and its link is printed no more', async () => {
      const env = await environment()
      const first = await serve(env)
      expect(first.link?.startsWith(`${first.url}/first-run/`)).toBe(true)
      const entered = await send(first.link ?? '')
      expect(entered.status).toBe(303)
      const [cookie = ''] = (entered.headers.get('set-cookie') ?? '').split(';')
      const home = await (await fetch(`${first.url}/`, { headers: { Cookie: cookie } })).text()
      expect(home).toContain('Get started')
      expect(home).toContain('ada@acme.test')
      expect((await serve(env)).link).toBeUndefined()
    })

    it('has one link that works, though two servers begin at once', async () => {
      const env = await environment()
      const [a, b] = await Promise.all([serve(env), serve(env)])
      const statuses = [(await send(a?.link ?? '')).status, (await send(b?.link ?? '')).status]
      expect(statuses.toSorted()).toEqual([303, 404])
    })

    it('leaves an operator, whom commands make and unmake', async () => {
      const env = await environment()
      await send((await serve(env)).link ?? '')
      const operators = async () => {
        const { operators } = JSON.parse(await runCommand(['operator', 'list', '--json'], env))
        return (operators as { email: string }[]).map(({ email }) => email)
      }
      expect(await operators()).toEqual(['ada@acme.test'])
      await expect(runCommand(['operator', 'grant', 'nobody@acme.test'], env)).rejects.toThrow()
      await runCommand(['bootstrap', '--organization', 'Other', '--owner', 'eve@acme.test', '--json'], env)
      const granted = JSON.parse(await runCommand(['operator', 'grant', 'Eve@acme.test', '--json'], env))
      expect(granted).toMatchObject({ email: 'eve@acme.test', warning: null })
      expect(await operators()).toEqual(['ada@acme.test', 'eve@acme.test'])
      await runCommand(['operator', 'revoke', 'ada@acme.test'], env)
      expect(await operators()).toEqual(['eve@acme.test'])
      expect((await runCommand(['operator', 'list'], env)).trim()).toBe('eve@acme.test')
    })

    it('warns of an operator whose address is on a domain that an organization controls', async () => {
      const env = await environment()
      const { organization_id: id } = JSON.parse(
        await runCommand(['bootstrap', '--organization', 'Other', '--owner', 'eve@acme.test', '--json'], env),
      )
      await runCommand(['domain', 'add', 'acme.test', '--verified', '--organization', id], env)
      const granted = JSON.parse(await runCommand(['operator', 'grant', 'eve@acme.test', '--json'], env))
      expect(granted.warning).toContain('acme.test is a verified domain of Other')
    })
  })
})
