// Idempotency-Key on POSTs of the Organizations API.
import { beforeAll, describe, expect, it } from 'vitest'
import { JobRunner } from '../../../../src/jobs/runner.ts'
import { eachDatabase } from '../../../database.ts'
import { type Client, errorOf, type Installation, install, invalid } from '../client.ts'

const hour = 60 * 60 * 1000

describe('Idempotency-Key', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    let base: string
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
      base = `/api/organizations/${installation.organizationId}`
    })
    const post = (key: string, body: unknown, { path = `${base}/projects`, client = owner } = {}) =>
      client('POST', path, { body, headers: { 'Idempotency-Key': key } })
    const projects = async () => (await owner('GET', `${base}/projects`)).body.count

    it('the same request gets the stored answer, and nothing is done twice', async () => {
      const first = await post('same', { name: 'Once' })
      const count = await projects()
      const second = await post('same', { name: 'Once' })
      expect([first.status, second.status]).toEqual([201, 201])
      expect(second.body).toEqual(first.body)
      expect([first, second].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true'])
      expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
      expect(await projects()).toBe(count)
    })

    it('without the header everything is done', async () => {
      const before = Number(await projects())
      for (let round = 0; round < 2; round++)
        await owner('POST', `${base}/projects`, { body: { name: 'Twice' } })
      expect(await projects()).toBe(before + 2)
    })

    it('another body, or another path, is 422 idempotency_mismatch', async () => {
      await post('body', { name: 'A' })
      const mismatch = { status: 422, type: 'invalid_request', code: 'idempotency_mismatch', attr: null }
      expect(errorOf(await post('body', { name: 'B' }))).toEqual(mismatch)
      expect(errorOf(await post('body', { name: 'A' }, { path: `${base}/domains` }))).toEqual(mismatch)
    })

    it('of several at once one is done, the others are 409 in_progress or get its answer', async () => {
      const before = Number(await projects())
      const answers = await Promise.all(Array.from({ length: 8 }, () => post('rush', { name: 'Rush' })))
      const codes = new Set(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`))
      expect(codes.isSubsetOf(new Set(['201 ', '409 in_progress']))).toBe(true)
      expect(codes).toContain('201 ')
      expect(await projects()).toBe(before + 1)
    })

    it('one under way is 409 in_progress, until no request can be under way any more', async () => {
      await post('dying', { name: 'First' })
      await installation.ctx.db
        .updateTable('idempotency')
        .set({ sealed: null, started_at: installation.ctx.now().toISOString() })
        .execute()
      const running = { status: 409, type: 'invalid_request', code: 'in_progress', attr: null }
      expect(errorOf(await post('dying', { name: 'First' }))).toEqual(running)
      installation.ctx.clock.advance(hour)
      expect((await post('dying', { name: 'First' })).status).toBe(201)
    })

    it('a refusal leaves the key free for a better request', async () => {
      expect(errorOf(await post('better', { name: '' }))).toEqual(invalid('blank', 'name'))
      expect((await post('better', { name: 'Better' })).status).toBe(201)
    })

    it('is each caller’s own: another key of the same person knows nothing of it', async () => {
      const { body } = await owner('POST', '/api/personal_api_keys', { body: { label: 'b', scopes: ['*'] } })
      const other = installation.clientWith(String(body.value))
      const first = await post('mine', { name: 'Mine' })
      const theirs = await post('mine', { name: 'Theirs' }, { client: other })
      expect(theirs.body.id).not.toBe(first.body.id)
    })

    it('comes after everything that says who may call: no answer is shown to somebody who may not any more', async () => {
      const admin = await installation.memberOf(installation.organizationId, 8)
      await post('guarded', { name: 'Guarded' }, { client: admin })
      const { body: me } = await admin('GET', '/api/users/@me')
      await owner('PATCH', `${base}/members/${me.id}`, { body: { level: 1 } })
      expect((await post('guarded', { name: 'Guarded' }, { client: admin })).status).toBe(403)
    })

    it('what is shown once is not stored in clear', async () => {
      const path = '/api/personal_api_keys'
      const { body } = await post('secret', { label: 'c', scopes: ['*'] }, { path })
      expect((await post('secret', { label: 'c', scopes: ['*'] }, { path })).body.value).toBe(body.value)
      const rows = await installation.ctx.db.selectFrom('idempotency').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(String(body.value))
      expect(JSON.stringify(rows)).not.toContain('secret"')
    })

    it('is forgotten after 24 hours, and then swept', async () => {
      const first = await post('day', { name: 'Day' })
      installation.ctx.clock.advance(24 * hour - 1000)
      expect((await post('day', { name: 'Day' })).body.id).toBe(first.body.id)
      installation.ctx.clock.advance(2000)
      expect((await post('day', { name: 'Other day' })).body.id).not.toBe(first.body.id)
      installation.ctx.clock.advance(25 * hour)
      await new JobRunner(installation.ctx).runDue()
      expect(await installation.ctx.db.selectFrom('idempotency').selectAll().execute()).toEqual([])
    })

    it('a body that is no JSON, or too large, is refused in its place', async () => {
      const send = (raw: string, path: string) =>
        owner('POST', path, {
          raw,
          headers: { 'Idempotency-Key': 'odd', 'Content-Type': 'application/json' },
        })
      expect((await send('{', `${base}/projects`)).body.code).toBe('parse_error')
      const large = `"${'x'.repeat(1024 * 1024)}"`
      expect((await send(large, `${base}/projects`)).body.code).toBe('too_large')
      expect((await send(large, `${base}/domains/nonsense/verify`)).body.code).toBe('not_found')
    })

    it.each(['', 'x'.repeat(256), 'ümlaut'])('refuses the key "%s"', async key => {
      expect(errorOf(await post(key, { name: 'A' }))).toEqual(invalid('invalid_input', null))
    })
  })
})
