// All surfaces behind one door: which of them answers a path.
import { beforeAll, expect, it } from 'vitest'
import { createApp, type Fetch } from '../../src/http/app.ts'
import type { Judge } from '../../src/login/saml/judge.ts'
import { Recorder } from '../../src/provision/log/recorder.ts'
import { testContext } from '../context.ts'
import { onSqlite } from '../database.ts'

onSqlite(open => {
  let answer: Fetch

  beforeAll(async () => {
    const ctx = testContext(await open())
    const judge: Judge = () => Promise.reject(new Error('nobody is judged here'))
    answer = createApp(ctx, {
      lifecycle: { draining: false },
      recorder: new Recorder(ctx),
      judge,
      version: '1',
    })
  })

  it('sends a path to its surface by its first part, however many slashes are in front of it', async () => {
    for (const [path, type] of [
      ['/scim/v2/x/Users', 'application/scim+json'],
      ['//scim/v2/x/Users', 'application/scim+json'],
      ['/api/nothing', 'application/json'],
      ['/scimitar', 'application/json'],
    ] as const) {
      const response = await answer(new Request(`http://localhost${path}`))
      expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 404, type])
    }
  })
})
