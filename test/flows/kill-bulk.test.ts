// A bulk that nobody waits for is cut off by `kill -9`: the next server goes on with it, and nothing is doubled.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { type Running, startProcess } from '../processes.ts'
import { makePushTarget, personCalled } from '../push-target.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-kill-bulk-'))
const env = { GATEHOUSE_DATA_DIR: folder, GATEHOUSE_PORT: '0', GATEHOUSE_LOG_LEVEL: 'silent' }
const running: Running[] = []
const serve = async (more = {}) => {
  const server = await startProcess(['src/main.ts', 'serve'], { ...env, ...more })
  running.push(server)
  return server
}

afterAll(async () => {
  for (const server of running) await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const size = 1_000
/** Past the lease of the worker that died. */
const later = { GATEHOUSE_CLOCK_OFFSET: '600' }

describe('kill -9 in the middle of a bulk', () => {
  it('R89 is gone on with after the start, and does nothing twice', async () => {
    const target = await makePushTarget(env)
    const headers = { Authorization: `Bearer ${target.token}`, 'Content-Type': 'application/scim+json' }
    const first = await serve()
    const accepted = await fetch(`${first.url}/scim/v2/${target.domainId}/Bulk`, {
      method: 'POST',
      headers: { ...headers, Prefer: 'respond-async' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: Array.from({ length: size }, (_, index) => ({
          method: 'POST',
          path: '/Users',
          bulkId: `b${index}`,
          data: personCalled(`bulk-${index}`),
        })),
      }),
    })
    expect(accepted.status).toBe(202)
    while ((await target.match(first.url, 'bulk-20')).length === 0) await sleep(5)
    await first.stop('SIGKILL')

    const second = await serve(later)
    const half = await target.listIds(second.url)
    expect(half.length).toBeGreaterThan(20)
    expect(half.length).toBeLessThan(size)
    const path = new URL(accepted.headers.get('location') ?? '').pathname
    let answer = await fetch(second.url + path, { headers })
    for (; answer.status === 202; answer = await fetch(second.url + path, { headers })) await sleep(50)
    const { Operations: done } = (await answer.json()) as {
      Operations: { status: string; bulkId: string; location: string }[]
    }
    expect(done.map(({ status }) => status)).toEqual(done.map(() => '201'))
    expect(done.map(({ bulkId }) => bulkId)).toEqual(Array.from({ length: size }, (_, index) => `b${index}`))
    const everyone = await target.listIds(second.url)
    expect(everyone.sort()).toEqual(done.map(({ location }) => location.split('/').at(-1)).sort())
    expect(everyone).toEqual(expect.arrayContaining(half))
  }, 60_000)
})
