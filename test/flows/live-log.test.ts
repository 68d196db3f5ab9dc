// The live log where two servers share a database: a request that one of them answers is seen at the other.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { owner, setUpDemo } from '../../src/commands/demo-setup.ts'
import type { RunningServer } from '../../src/commands/server.ts'
import type { RunningProvider } from '../../src/demo/server.ts'
import { createOwnerLink } from '../../src/login/link.ts'
import { onPostgres } from '../database.ts'
import { signInBy } from '../owner-session.ts'
import { type Running, startProcess } from '../processes.ts'
import { startGatehouse } from '../running-server.ts'

onPostgres((_, makeUrl) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-live-'))
  let here: RunningServer
  let demo: RunningProvider
  let there: Running
  beforeAll(async () => {
    const url = await makeUrl()
    here = await startGatehouse(url)
    demo = await setUpDemo(here)
    there = await startProcess(['src/main.ts', 'serve'], {
      GATEHOUSE_DATABASE_URL: url,
      GATEHOUSE_DATA_DIR: folder,
      GATEHOUSE_PORT: '0',
      GATEHOUSE_LOG_LEVEL: 'error',
    })
  }, 60_000)
  afterAll(async () => {
    await there.stop()
    await demo.stop()
    await here.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('shows in the live log of one server what another one was sent', async () => {
    const cookie = await signInBy((await createOwnerLink(here.ctx, owner)).url)
    const { baseUrl, token } = demo.provider.application.scim
    const domainId = baseUrl.split('/').at(-1)
    const live = await fetch(`${there.url}/domains/${domainId}/scim-log/live`, {
      headers: { Cookie: cookie },
    })
    expect(live.status).toBe(200)
    const push = await fetch(`${baseUrl}/Users`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
      body: JSON.stringify({ userName: 'far.away@acme.test', displayName: 'Far Away' }),
    })
    expect(push.status).toBe(201)
    let text = ''
    for await (const piece of live.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece
      if (text.includes('event: row')) break
    }
    expect(text).toContain('Created the user Far Away')
  }, 30_000)
})
