import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunningServer } from '../../src/commands/server.ts'
import { onSqlite } from '../database.ts'
import { startGatehouse } from '../running-server.ts'

onSqlite((_, makeUrl) => {
  let server: RunningServer

  beforeAll(async () => {
    server = await startGatehouse(await makeUrl())
  })
  afterAll(() => server.stop())

  it('R53 hands on a filter that is as long as one may be, however it is encoded, so that it gets its own answer', async () => {
    const encoded = encodeURIComponent(`displayName eq "${'ж'.repeat(8_000)}"`)
    const response = await fetch(
      `${server.ctx.config.baseUrl}/scim/v2/${crypto.randomUUID()}/Users?filter=${encoded}`,
    )
    expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/scim+json'])
  })
})
