// The SCIM log as an administrator finds it: every request, masked, told in words, and never in the way of a request.
import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { newSecret } from '../../../src/base/secret.ts'
import { readScimLog } from '../../../src/manage/domains/scim-log/search.ts'
import { closeDatabase } from '../../../src/store/db.ts'
import { deleteDomain } from '../../../src/store/domain/domains.ts'
import { listQuirks } from '../../../src/store/domain/scim-quirks.ts'
import { eachDatabase } from '../../database.ts'
import {
  ada,
  addToken,
  openSurface,
  patchOf,
  person,
  type Surface,
  setActive,
} from '../../http/scim/surface.ts'

describe('the SCIM log', () => {
  eachDatabase((_, open) => {
    /** A surface with an empty log. */
    const openFresh = async (overrides = {}): Promise<Surface> => openSurface(await open(), overrides)

    it('GET /domains/{id}/scim/logs: has a row for every request, with who, what, how long and by which token', async () => {
      const surface = await openFresh()
      const headers = { 'User-Agent': 'Okta SCIM Client 1.0.0', 'X-Request-Id': 'push-1' }
      const { body } = await surface.ask('POST', '/Users', { body: ada, headers })
      const [row] = await surface.log()
      expect(row).toMatchObject({
        domain_id: surface.tenant.domain.id,
        request_id: 'push-1',
        request_method: 'POST',
        request_path: `/scim/v2/${surface.tenant.domain.id}/Users`,
        response_status: 201,
        identity_provider: 'okta',
        scim_type: null,
        token_hint: surface.tenant.token.slice(-4),
        resource_type: 'User',
        resource_id: body.id,
        accommodations: '[]',
      })
      expect(row?.duration_ms).toBeGreaterThan(0)
      expect(row?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    })

    it('masks what is personal in the path, both bodies and the outcome, and every credential', async () => {
      const surface = await openFresh()
      const secrets = { Cookie: 'session=secret-cookie', 'X-Contact': 'ada@acme.test' }
      await surface.ask('POST', '/Users', { body: { ...ada, password: 'Tr0ub4dor' }, headers: secrets })
      await surface.ask('GET', '/Users?filter=userName eq "ada@acme.test"')
      await surface.ask('POST', '/Users', { body: ada })
      const rows = await surface.log()
      const text = JSON.stringify(rows)
      for (const secret of ['ada@', 'Ada', 'Lovelace', 'Tr0ub4dor', 'secret-cookie', surface.tenant.token]) {
        expect(text).not.toContain(secret)
      }
      expect(rows[0]?.request_path).toBe(`/scim/v2/${surface.tenant.domain.id}/Users`)
      expect(JSON.parse(rows[0]?.request_headers ?? '')).toMatchObject({
        authorization: '***',
        'x-contact': 'a***a@acme.test',
      })
      expect(JSON.parse(rows[0]?.request_body ?? '')).toMatchObject({
        userName: 'a***a@acme.test',
        externalId: '00u1',
      })
      expect(JSON.parse(rows[0]?.response_body ?? '')).toMatchObject({ name: { givenName: 'A***a' } })
      expect(rows[1]?.request_path).toContain('?filter=userName eq "a***a@acme.test"')
    })

    it('R11 keeps no name of a filter that is not quoted, in the path, in the search by POST or in what is wrong with it', async () => {
      const surface = await openFresh()
      await surface.ask('GET', '/Users?filter=displayName eq Ada Lovelace')
      await surface.ask('GET', '/Users/ada%40acme.test')
      await surface.ask('POST', '/Users/.search', { body: { filter: 'displayName eq Lovelace' } })
      const text = JSON.stringify(await surface.log())
      for (const secret of ['Ada', 'Lovelace', 'ada%40', 'ada@']) expect(text).not.toContain(secret)
    })

    it('keeps no token that came in the wrong place, masked or not', async () => {
      for (const scimLogMasking of [true, false]) {
        const surface = await openFresh({ scimLogMasking })
        const token = await addToken(surface.ctx.db, surface.tenant.domain.id, { text: newSecret('gts_') })
        const asked = { token: null, headers: { 'X-Api-Key': 'sesame', 'X-Forwarded': token } }
        await surface.ask('GET', `/Users?access_token=sesame&count=1`, asked)
        await surface.ask('GET', `/Users/${token}?x=${token}`, asked)
        await surface.ask('GET', `/Users/${token}`)
        await surface.ask('POST', '/Users', { body: person('lost', { title: token }) })
        const rows = await surface.log()
        expect(rows.map(row => row.response_status)).toEqual([401, 401, 404, 201])
        expect(JSON.stringify(rows)).not.toMatch(new RegExp(`sesame|${token}`))
      }
    })

    it('keeps values as they came where masking is off, and still no credential and no password', async () => {
      const surface = await openFresh({ scimLogMasking: false })
      await surface.ask('POST', '/Users', { body: { ...ada, password: 'Tr0ub4dor' } })
      const made = (await surface.ask('GET', '/Users')).body.Resources[0]
      const password = patchOf(
        { op: 'replace', path: 'password', value: 'Tr0ub4dor' },
        { op: 'add', value: '{"password":"Tr0ub4dor"}' },
      )
      await surface.ask('PATCH', `/Users/${made.id}`, { body: password })
      const text = JSON.stringify(await surface.log())
      expect(text).toContain('ada@acme.test')
      expect(text).not.toContain('Tr0ub4dor')
      expect(text).not.toContain(surface.tenant.token)
    })

    it('tells in one sentence what happened, to whom, and why it failed', async () => {
      const surface = await openFresh()
      const { id } = (await surface.ask('POST', '/Users', { body: ada })).body
      await surface.ask('POST', '/Users', { body: ada })
      await surface.ask('PATCH', `/Users/${id}`, { body: setActive(false) })
      await surface.ask('PATCH', `/Users/${id}`, { body: setActive(false) })
      await surface.ask('PATCH', `/Users/${id}`, { body: setActive(true) })
      await surface.ask('PATCH', `/Users/${id}`, {
        body: patchOf({ op: 'replace', value: { title: 'Countess', 'name.familyName': 'King' } }),
      })
      await surface.ask('GET', '/Users?filter=userName eq "nobody"')
      await surface.ask('GET', '/Users?filter=emails.value eq "ada@acme.test"')
      await surface.ask('GET', '/Users?filter=active eq true&count=0')
      await surface.ask('GET', `/Users?filter=${'active eq true or '.repeat(15)}active eq true`)
      await surface.ask('GET', '/Users?filter=userNam eq "ada@acme.test"')
      await surface.ask('GET', '/Users')
      await surface.ask('PUT', `/Users/${id}`, { body: { schemas: ada.schemas } })
      await surface.ask('DELETE', `/Users/${id}`)
      await surface.ask('GET', `/Users/${id}`)
      await surface.ask('GET', '/Users', { token: 'wrong' })
      const rows = await surface.log()
      expect(rows.map(row => row.outcome)).toEqual([
        'Created the user a***a@acme.test: a new person joined the organization.',
        'Refused to create the user a***a@acme.test: userName must be unique in the domain, regardless of case, but another user has this one.',
        'Deactivated the user a***a@acme.test: the membership is suspended; sessions, keys and invites ended.',
        'Found nothing to change in the user a***a@acme.test.',
        'Reactivated the user a***a@acme.test: the suspended membership is active again.',
        'Updated the user a***a@acme.test: name and title changed, the person was updated.',
        'Looked for userName eq "n***y": nobody.',
        'Looked for emails.value eq "a***a@acme.test": found one user.',
        'Looked for active eq true: found one user.',
        `Looked for ${'active eq true or '.repeat(15).slice(0, 200)}…: found one user.`,
        'Refused to list users: User has no attribute "userNam".',
        'Listed 1 of 1 users.',
        'Refused to replace the user: userName is required, but no value came.',
        'Deleted the user a***a@acme.test: the membership ended, with its sessions, keys and invites.',
        expect.stringMatching(
          /^Refused to read the user: There is no user "[0-9a-f-]{36}" in this domain\.$/,
        ),
        'Refused to list users: the token opens nothing here: it was replaced or revoked, is not whole, or is of another domain.',
      ])
      expect(rows[7]).toMatchObject({ resource_id: id, resource_type: 'User' })
    })

    it('records refused requests too: 401, 404, 405, 413, 415, 429 and what is no JSON', async () => {
      const surface = await openFresh({ scimRateLimit: { perMinute: 1, burst: 4 } })
      await surface.ask('GET', '/Users', { token: null })
      await surface.ask('GET', '/Nothing')
      await surface.ask('PUT', '/Users', { body: {} })
      await surface.ask('POST', '/Users', { text: 'x'.repeat(2 * 1024 * 1024) })
      await surface.ask('POST', '/Users', { text: '{"a":', headers: { 'Content-Type': 'text/plain' } })
      await surface.ask('POST', '/Users', { text: '{"a":' })
      await surface.ask('GET', '/Users')
      await surface.ask('GET', '/Schemas', { token: null })
      const rows = await surface.log()
      expect(rows.map(row => row.response_status)).toEqual([401, 404, 405, 413, 415, 400, 429, 200])
      expect(rows[5]).toMatchObject({ request_body: '{"_unparsed_bytes":5}', scim_type: 'invalidSyntax' })
      expect(JSON.parse(rows[0]?.response_body ?? '')).toMatchObject({ status: '401' })
    })

    it('says why a token was not let in, which the client is not told', async () => {
      const surface = await openFresh()
      const other = await surface.addTenant(`${newId()}.test`)
      const expired = await addToken(surface.ctx.db, surface.tenant.domain.id, {
        expiresAt: '2026-01-01T00:00:00.000Z',
        text: 'expired-wxyz',
      })
      for (const token of [null, 'unknown', other.token, expired])
        await surface.ask('GET', '/Users', { token })
      await surface.ask('GET', '/Users', { token: null, headers: { Authorization: 'Basic x' } })
      await surface.ctx.db
        .updateTable('domains')
        .set({ scim_enabled: 0 })
        .where('id', '=', surface.tenant.domain.id)
        .execute()
      await surface.ask('GET', '/Users')
      expect((await surface.log()).map(row => row.outcome.replace('Refused to list users: ', ''))).toEqual([
        'no token came, there is no Authorization header.',
        'the token opens nothing here: it was replaced or revoked, is not whole, or is of another domain.',
        'the token opens nothing here: it was replaced or revoked, is not whole, or is of another domain.',
        'the token that ends in wxyz expired at 2026-01-01T00:00:00.000Z.',
        'the Authorization header must be "Bearer" and the token, and it is not.',
        'SCIM is switched off for this domain.',
      ])
    })

    it('keeps at most 60 requests a minute without a valid token, and one row that counts the rest', async () => {
      const surface = await openFresh()
      for (let index = 0; index < 75; index++) await surface.ask('GET', '/Users', { token: 'wrong' })
      await surface.ask('GET', '/Users')
      expect(await surface.log()).toHaveLength(61)
      surface.ctx.clock.advance(61_000)
      const rows = await surface.log()
      expect(rows).toHaveLength(62)
      const counted = rows.find(row => row.outcome.startsWith('Left out'))
      expect(counted).toMatchObject({
        response_status: 401,
        outcome: expect.stringMatching(/^Left out 15 more requests .* since 20.*Z\.$/),
      })
      await surface.ask('GET', '/Users', { token: 'wrong' })
      expect(await surface.log()).toHaveLength(63)
    })

    it('records them for a domain that is there while others are made up by the thousand', async () => {
      const surface = await openFresh()
      const { recorder } = surface
      const flood = Array.from({ length: 10_001 }, () => surface.askAt('GET', `/scim/v2/${newId()}/Users`))
      await Promise.all(flood)
      await recorder.flush()
      await surface.ask('GET', '/Users', { token: 'wrong' })
      expect(await surface.log()).toHaveLength(1)
    })

    it('counts what is left out when the server stops, too', async () => {
      const surface = await openFresh()
      for (let index = 0; index < 61; index++) await surface.ask('GET', '/Users', { token: null })
      await surface.recorder.stop()
      const { count } = await readScimLog(surface.ctx, surface.tenant.domain.id, {
        search: {},
        limit: 1,
        offset: 0,
      })
      expect(count).toBe(61)
    })

    it('writes the rows of other domains when one was deleted meanwhile, and none for domains that never were', async () => {
      const surface = await openFresh()
      const gone = await surface.addTenant(`${newId()}.test`)
      await surface
        .as(gone)
        .ask('POST', '/Users', { body: ada, headers: { 'Content-Type': 'application/json' } })
      await surface.askAt('GET', `/scim/v2/${newId()}/Users`)
      await surface.ask('GET', '/Users')
      await deleteDomain(surface.ctx.db, gone.organizationId, gone.domain.id)
      expect(await surface.log()).toHaveLength(1)
      expect(await surface.as(gone).log()).toEqual([])
    })

    it('notes each accommodation on the row and counts it for the domain', async () => {
      const surface = await openFresh()
      const odd = { ...person('odd'), active: 'True' }
      const { id } = (
        await surface.ask('POST', '/Users', { body: odd, headers: { 'Content-Type': 'application/json' } })
      ).body
      await surface.ask('PATCH', `/Users/${id}`, {
        body: patchOf({ op: 'Replace', path: 'active', value: 'False' }),
      })
      await surface.ask('PATCH', `/Users/${id}`, {
        body: patchOf({ op: 'Replace', path: 'active', value: true }),
      })
      const rows = await surface.log()
      expect(rows.map(row => JSON.parse(row.accommodations).sort())).toEqual([
        ['plain_json', 'string_boolean'],
        ['operation_case', 'string_boolean'],
        ['operation_case'],
      ])
      const totals = Object.fromEntries(
        (await listQuirks(surface.ctx.db, surface.tenant.domain.id)).map(({ name, total }) => [name, total]),
      )
      expect(totals).toEqual({ operation_case: 2, plain_json: 1, string_boolean: 2 })
    })

    it('notes who does not say which program it is, in the strict profile too', async () => {
      const surface = await openFresh()
      const strict = surface.as(await surface.addTenant('strict.test', { scimProfile: 'strict' }))
      for (const each of [surface, strict]) {
        for (const agent of ['', 'curl/8'])
          await each.ask('GET', '/Users', { headers: { 'User-Agent': agent } })
        const noted = (await each.log()).map(row => JSON.parse(row.accommodations))
        expect(noted).toEqual([['missing_user_agent'], []])
      }
    })

    it('tells the directory by its User-Agent, and without one by its dialect', async () => {
      const surface = await openFresh()
      for (const agent of ['Azure-AD', 'Google-Auto-Provisioning', 'curl/8'])
        await surface.ask('GET', '/Users', { headers: { 'User-Agent': agent } })
      await surface.ask('POST', '/Users', {
        body: { ...ada, meta: { resourceType: 'User' } },
        headers: { 'User-Agent': '' },
      })
      expect((await surface.log()).map(row => row.identity_provider)).toEqual([
        'entra_id',
        'google',
        'other',
        'entra_id',
      ])
    })

    it('keeps which directory pushes into the domain, unless its profile is strict', async () => {
      const surface = await openFresh()
      const strict = surface.as(await surface.addTenant('strict.test', { scimProfile: 'strict' }))
      const headers = { 'User-Agent': 'Okta SCIM Client 1.0.0' }
      await surface.ask('GET', '/Users', { headers })
      await surface.ask('GET', '/Users', { headers: { 'User-Agent': 'curl/8' } })
      await strict.ask('GET', '/Users', { headers })
      await surface.recorder.flush()
      const rows = await surface.ctx.db
        .selectFrom('domains')
        .select(['name', 'scim_profile'])
        .orderBy('name')
        .execute()
      expect(rows).toEqual([
        { name: 'acme.test', scim_profile: 'okta' },
        { name: 'strict.test', scim_profile: 'strict' },
      ])
    })

    it('marks the last use of a token at most once a minute', async () => {
      const surface = await openFresh()
      const usedAt = async () => {
        await surface.recorder.flush()
        const row = await surface.ctx.db
          .selectFrom('scim_tokens')
          .select('last_used_at')
          .where('domain_id', '=', surface.tenant.domain.id)
          .executeTakeFirstOrThrow()
        return row.last_used_at
      }
      await surface.ask('GET', '/Users')
      const first = await usedAt()
      expect(first).not.toBeNull()
      surface.ctx.clock.advance(30_000)
      await surface.ask('GET', '/Users')
      expect(await usedAt()).toBe(first)
      surface.ctx.clock.advance(31_000)
      await surface.ask('GET', '/Users')
      expect(Date.parse((await usedAt()) ?? '')).toBeGreaterThan(Date.parse(first ?? '') + 60_000)
    })

    it('writes many rows of one burst, newest first for its readers', async () => {
      const surface = await openFresh()
      const count = 300
      for (let index = 0; index < count; index++) await surface.ask('GET', `/Users?count=0&n=${index}`)
      await surface.recorder.flush()
      const { results, count: total } = await readScimLog(surface.ctx, surface.tenant.domain.id, {
        search: {},
        limit: 1000,
        offset: 0,
      })
      expect(total).toBe(count)
      expect(results.map(row => Number(/n=(\d+)/.exec(row.request_path)?.[1]))).toEqual(
        Array.from({ length: count }, (_, index) => count - 1 - index),
      )
    })

    it('is found by the true value though it is masked, in any case', async () => {
      const surface = await openFresh()
      await surface.ask('POST', '/Users', { body: ada })
      await surface.ask('POST', '/Users', { body: person('bob') })
      await surface.recorder.flush()
      const find = async (search: string) =>
        (
          await readScimLog(surface.ctx, surface.tenant.domain.id, {
            search: { search },
            limit: 10,
            offset: 0,
          })
        ).count
      expect(await find('ada@acme.test')).toBe(1)
      expect(await find('BOB@acme.test')).toBe(1)
      expect(await find('/users')).toBe(2)
      expect(await find('100%')).toBe(0)
    })

    it('lets requests be answered while the log cannot be written', async () => {
      const other = await open()
      const surface = await openSurface(other)
      expect((await surface.ask('GET', '/Users')).status).toBe(200)
      await closeDatabase(other)
      await expect(surface.recorder.flush()).resolves.toBeUndefined()
      expect((await surface.ask('GET', '/Schemas', { token: null })).status).toBe(200)
    })

    it('keeps of a long list its first resources only', async () => {
      const surface = await openFresh()
      for (let index = 0; index < 15; index++)
        await surface.ask('POST', '/Users', { body: person(`l${index}`) })
      const { body } = await surface.ask('GET', '/Users')
      expect(body.Resources).toHaveLength(15)
      const kept = JSON.parse((await surface.log()).at(-1)?.response_body ?? '')
      expect(kept).toMatchObject({ totalResults: 15, itemsPerPage: 15 })
      expect(kept.Resources).toHaveLength(10)
    })
  })
})
