// GET /domains/{id}/scim/logs (section 3.1) and GET /audit_log (section 8): filters, pages, streams.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { transact } from '../../../src/store/db.ts'
import { insertScimLog, type ScimLogRow } from '../../../src/store/domain/scim-log.ts'
import { eachDatabase } from '../../database.ts'
import { type Client, errorOf, type Installation, install, invalid } from './client.ts'

const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z`

const row = (domainId: string, minute: number, differing: Partial<ScimLogRow> = {}): ScimLogRow => ({
  domain_id: domainId,
  id: newId(),
  created_at: at(minute),
  request_id: `request-${minute}`,
  request_method: 'GET',
  request_path: '/scim/v2/Users?filter=userName eq "a***a@acme.test"',
  request_headers: '{"authorization":"***"}',
  request_body: null,
  response_status: 200,
  response_body: '{"totalResults":0}',
  identity_provider: 'okta',
  duration_ms: 1.5,
  scim_type: null,
  token_hint: 'abcd',
  resource_type: 'User',
  resource_id: null,
  outcome: 'Nobody matched.',
  accommodations: '[]',
  ...differing,
})

describe('logs', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    let path: string
    let resourceId: string
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
      const operator = operatorCaller(installation.organizationId)
      const { id } = await addDomain(installation.ctx, operator, { name: 'acme.test', verified: true })
      const other = await addDomain(installation.ctx, operator, { name: 'other.test', verified: true })
      path = `/api/organizations/${installation.organizationId}/domains/${id}/scim/logs`
      resourceId = newId()
      const rows = [
        row(id, 1),
        row(id, 2, {
          request_method: 'POST',
          response_status: 201,
          resource_id: resourceId,
          request_body: '{"userName":"a***a@acme.test"}',
        }),
        row(id, 3, {
          response_status: 401,
          outcome: 'The token is not known.',
          token_hint: null,
          identity_provider: 'entra_id',
        }),
        row(id, 4, { response_status: 500, request_body: '{"displayName":"G***e"}' }),
        row(other.id, 5),
      ]
      await transact(installation.ctx.db, tx => insertScimLog(tx, rows))
    })
    const minutes = async (query: string) => {
      const { body } = await owner('GET', `${path}?${query}`)
      return (body.results as { created_at: string }[]).map(({ created_at }) =>
        Number(created_at.slice(14, 16)),
      )
    }

    it('GET /domains/{id}/scim/logs: newest first, this domain’s alone, every field of a row', async () => {
      const { status, body } = await owner('GET', path)
      expect(status).toBe(200)
      expect(body).toMatchObject({ count: 4, next: null, previous: null })
      expect((body.results as object[])[2]).toEqual({
        id: expect.any(String),
        request_method: 'POST',
        request_path: '/scim/v2/Users?filter=userName eq "a***a@acme.test"',
        request_headers: { authorization: '***' },
        request_body: { userName: 'a***a@acme.test' },
        response_status: 201,
        response_body: { totalResults: 0 },
        identity_provider: 'okta',
        duration_ms: 1.5,
        created_at: at(2),
        request_id: 'request-2',
        scim_type: null,
        token_hint: 'abcd',
        resource_type: 'User',
        resource_id: resourceId,
        outcome: 'Nobody matched.',
        accommodations: [],
      })
      expect(await minutes('')).toEqual([4, 3, 2, 1])
    })

    it.each([
      ['status_min=400', [4, 3]],
      ['status_max=201', [2, 1]],
      ['status_min=401&status_max=401', [3]],
      ['status_min=999999999999999', []],
      ['status_max=999999999999999', [4, 3, 2, 1]],
      ['after=0001-01-01T00:00:00Z&before=9999-12-31T23:59:59.999Z', [4, 3, 2, 1]],
      [`after=${at(3)}`, [4, 3]],
      [`before=${at(2)}`, [2, 1]],
      [`after=${encodeURIComponent('2026-03-01T12:02:00+02:00')}&before=${at(3)}`, [3, 2]],
      ['method=post', [2]],
      ['identity_provider=entra_id', [3]],
      ['request_id=request-4', [4]],
      ['search=not%20known', [3]],
      ['search=NOT+KNOWN', [3]],
      ['search=ada@acme.test', [4, 3, 2, 1]],
      ['search=eve@acme.test', []],
      ['search=Grace', [4]],
      ['search=100%25', []],
      ['search=_', []],
      ['search=ab', []],
    ])('GET /domains/{id}/scim/logs: ?%s', async (query, expected) => {
      expect(await minutes(query)).toEqual(expected)
    })

    it('GET /domains/{id}/scim/logs: resource_id in any case', async () => {
      expect(await minutes(`resource_id=${resourceId.toUpperCase()}`)).toEqual([2])
    })

    it('GET /domains/{id}/scim/logs: pages keep the filters; one past the end is 404; page_size is capped', async () => {
      const { body } = await owner('GET', `${path}?status_max=401&page_size=2`)
      expect(body).toMatchObject({ count: 3, previous: null })
      expect(body.next).toBe(`http://127.0.0.1:3000${path}?status_max=401&page_size=2&page=2`)
      const next = String(body.next).slice('http://127.0.0.1:3000'.length)
      const { body: second } = await owner('GET', next)
      expect(second).toMatchObject({ next: null, results: [{ created_at: at(1) }] })
      expect(second.previous).toBe(`http://127.0.0.1:3000${path}?status_max=401&page_size=2&page=1`)
      expect((await owner('GET', `${path}?page=3&page_size=2`)).status).toBe(404)
      expect((await owner('GET', `${path}?page=1&status_min=599`)).body).toMatchObject({
        count: 0,
        results: [],
      })
      expect((await owner('GET', `${path}?page_size=999999999999999`)).status).toBe(200)
      expect((await owner('GET', `${path}?page=999999999999999&page_size=100`)).status).toBe(404)
    })

    it.each([
      ['page=0', 'invalid_input', 'page'],
      ['page=', 'invalid_input', 'page'],
      ['page=x', 'invalid_input', 'page'],
      ['page_size=0', 'invalid_input', 'page_size'],
      ['status_min=-1', 'invalid_input', 'status_min'],
      ['status_max=2.5', 'invalid_input', 'status_max'],
      ['search=', 'invalid_input', 'search'],
      ['search=%00', 'invalid_input', 'search'],
      ['after=yesterday', 'invalid_input', 'after'],
      ['before=2026-13-01T00:00:00Z', 'invalid_input', 'before'],
      ['before=2026-02-30T00:00:00Z', 'invalid_input', 'before'],
      ['before=2026-02-01T24:00:00Z', 'invalid_input', 'before'],
      ['before=2026-02-01T00:00:00', 'invalid_input', 'before'],
      ['before=9999-12-31T23:59:59-10:00', 'invalid_input', 'before'],
      ['after=0000-01-01T00:00:00Z', 'invalid_input', 'after'],
      ['after=0001-01-01T00:00:00%2B10:00', 'invalid_input', 'after'],
      [`search=${'x'.repeat(1001)}`, 'max_length', 'search'],
      ['page', 'invalid_input', 'page'],
      ['page=9999999999999999', 'invalid_input', 'page'],
      ['identity_provider=nobody', 'invalid_choice', 'identity_provider'],
      ['format=xml', 'invalid_choice', 'format'],
    ])('GET /domains/{id}/scim/logs: ?%s is 400', async (query, code, attr) => {
      expect(errorOf(await owner('GET', `${path}?${query}`))).toEqual(invalid(code, attr))
    })

    it('GET /domains/{id}/scim/logs: format=ndjson streams all that match, one object a line', async () => {
      const answer = await owner('GET', `${path}?format=ndjson&status_min=201&page_size=1`)
      expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
      const lines = String(answer.body.text).trimEnd().split('\n')
      expect(lines.map(line => (JSON.parse(line) as { created_at: string }).created_at)).toEqual([
        at(4),
        at(3),
        at(2),
      ])
    })

    it('GET /domains/{id}/scim/logs: format=ndjson goes past one batch', async () => {
      const operator = operatorCaller(installation.organizationId)
      const { id } = await addDomain(installation.ctx, operator, { name: 'busy.test', verified: true })
      const rows = Array.from({ length: 1100 }, (_, index) => row(id, index % 60))
      await transact(installation.ctx.db, tx => insertScimLog(tx, rows))
      const busy = `/api/organizations/${installation.organizationId}/domains/${id}/scim/logs?format=ndjson`
      const ids = String((await owner('GET', busy)).body.text)
        .trimEnd()
        .split('\n')
        .map(line => (JSON.parse(line) as { id: string }).id)
      expect(ids).toEqual(rows.map(({ id }) => id).reverse())
    })

    it('GET /audit_log: newest first, with actor, target, changes, and filters', async () => {
      const { owner, organizationId } = await installation.another()
      const base = `/api/organizations/${organizationId}`
      await owner('PATCH', base, { body: { name: 'Renamed' }, headers: { 'X-Request-Id': 'rename-1' } })
      await owner('POST', `${base}/domains`, { body: { domain: 'log.test' } })
      const { body } = await owner('GET', `${base}/audit_log`)
      expect(body).toMatchObject({
        count: 4,
        next: null,
        previous: null,
        results: [
          { action: 'domain.created', target: { type: 'domain', label: 'log.test' } },
          {
            id: expect.any(String),
            created_at: expect.stringMatching(/Z$/),
            actor: { type: 'api_key', id: expect.any(String), label: expect.stringContaining('bootstrap') },
            action: 'organization.updated',
            target: { type: 'organization', id: organizationId, label: 'Renamed' },
            changes: { name: { before: expect.any(String), after: 'Renamed' } },
            ip: '',
            request_id: 'rename-1',
          },
          { action: 'api_key.created', actor: { type: 'operator' } },
          { action: 'organization.created', actor: { type: 'operator' } },
        ],
      })
      const count = async (query: string) => (await owner('GET', `${base}/audit_log?${query}`)).body.count
      expect(await count('action=domain.created')).toBe(1)
      expect(await count('actor_type=operator')).toBe(2)
      expect(await count('target_type=organization')).toBe(2)
      expect(await count('request_id=rename-1')).toBe(1)
      expect(await count('search=LOG.T')).toBe(1)
      expect(await count('after=2099-01-01T00:00:00Z')).toBe(0)
      const stream = await owner('GET', `${base}/audit_log?format=ndjson&action=domain.created`)
      expect(stream.body).toMatchObject({ action: 'domain.created' })
      expect(errorOf(await owner('GET', `${base}/audit_log?search=${'%25'.repeat(60_000)}`))).toEqual(
        invalid('max_length', 'search'),
      )
      expect(errorOf(await owner('GET', `${base}/audit_log?actor_type=god`))).toEqual(
        invalid('invalid_choice', 'actor_type'),
      )
    })
  })
})
