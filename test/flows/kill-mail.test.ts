// A server is cut off by `kill -9` while it mails: every mail goes out, and one that goes out twice can be told by its Message-ID.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailServer, type TestMailServer } from '../outside/smtp-server.ts'
import { type Running, runCommand, startProcess } from '../processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-kill-mail-'))
const running: Running[] = []
let mailServer: TestMailServer
let env: Record<string, string>

beforeAll(async () => {
  mailServer = await startMailServer()
  env = {
    GATEHOUSE_DATA_DIR: folder,
    GATEHOUSE_PORT: '0',
    GATEHOUSE_LOG_LEVEL: 'silent',
    GATEHOUSE_SMTP_URL: mailServer.url,
  }
})

afterAll(async () => {
  for (const server of running) await server.stop()
  await mailServer.close()
  rmSync(folder, { recursive: true, force: true })
})

async function serve(more: Record<string, string> = {}): Promise<Running> {
  const server = await startProcess(['src/main.ts', 'serve'], { ...env, ...more })
  running.push(server)
  return server
}

const arrived = () => new Set(mailServer.arrivals.flatMap(({ to }) => to))

describe('kill -9 while mails go out', () => {
  it('loses none of them', async () => {
    const words = ['bootstrap', '--organization', 'Acme', '--owner', 'owner@acme.test', '--json']
    const made = JSON.parse(await runCommand(words, env))
    const server = await serve()
    const invites = Array.from({ length: 20 }, (_, at) => ({ target_email: `guest${at}@elsewhere.test` }))
    const path = `/api/organizations/${made.organization_id}/invites`
    const headers = { Authorization: `Bearer ${made.api_key}`, 'Content-Type': 'application/json' }
    const response = await fetch(`${server.url}${path}/bulk`, {
      method: 'POST',
      headers,
      body: JSON.stringify(invites),
    })
    expect(response.status).toBe(201)
    await expect.poll(() => arrived().size, { interval: 1, timeout: 10_000 }).toBeGreaterThan(0)
    await server.stop('SIGKILL')

    // So late that what the dead process had in hand is due again.
    const { url } = await serve({ GATEHOUSE_CLOCK_OFFSET: '360' })
    await expect.poll(() => arrived().size, { timeout: 10_000 }).toBe(20)
    const attempts = async () => {
      const { results } = (await (await fetch(url + path, { headers })).json()) as {
        results: { emailing_attempt_made: boolean }[]
      }
      return results.filter(each => each.emailing_attempt_made).length
    }
    await expect.poll(attempts, { timeout: 10_000 }).toBe(20)
    const ids = mailServer.arrivals.map(({ text }) => /^Message-ID: (\S+)/im.exec(text)?.[1])
    expect(new Set(ids).size).toBe(20)
  })
})
