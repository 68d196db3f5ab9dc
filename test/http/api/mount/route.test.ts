// Section 9, the order of refusals: each case breaks everything that comes later too, and the first is told.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../../src/base/id.ts'
import { operatorCaller } from '../../../../src/manage/caller.ts'
import { addDomain } from '../../../../src/manage/domains/claim.ts'
import { deleteMember, updateMember } from '../../../../src/store/organization/members.ts'
import { eachDatabase } from '../../../database.ts'
import { type Client, errorOf, type Installation, install } from '../client.ts'

const huge = { raw: 'x'.repeat(2 * 1024 * 1024), headers: { 'Content-Type': 'text/plain' } }
const stranger = newId()

/** Every route below an organization, with the level it needs. */
const routes: [method: string, path: string, needs: 'member' | 'admin' | 'owner', write: boolean][] = [
  ['GET', '', 'member', false],
  ['PATCH', '', 'admin', true],
  ['GET', '/projects', 'member', false],
  ['POST', '/projects', 'admin', true],
  ['GET', '/audit_log', 'admin', false],
  ['GET', '/domains', 'member', false],
  ['POST', '/domains', 'admin', true],
  ['GET', '/domains/{id}', 'member', false],
  ['PATCH', '/domains/{id}', 'admin', true],
  ['POST', '/domains/{id}/verify', 'admin', true],
  ['POST', '/domains/{id}/scim/token', 'admin', true],
  ['DELETE', '/domains/{id}/scim/tokens/{token}', 'admin', true],
  ['GET', '/domains/{id}/scim/logs', 'admin', false],
  ['DELETE', '/domains/{id}', 'admin', true],
  ['DELETE', '', 'owner', true],
]
const ofDomain = routes.filter(([, path]) => path.includes('{id}'))

describe('route', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let base: string
    let readOnly: Client
    let member: Client
    let admin: Client
    let nobody: Client
    beforeAll(async () => {
      installation = await install(await open())
      const { organizationId } = installation
      base = `/api/organizations/${organizationId}`
      readOnly = await installation.memberOf(organizationId, 1, ['legal_document:read'])
      member = await installation.memberOf(organizationId, 1)
      admin = await installation.memberOf(organizationId, 8)
      nobody = installation.clientWith()
    })
    const missing = { status: 404, type: 'invalid_request', code: 'not_found', attr: null }
    const denied = { status: 403, type: 'authentication_error', code: 'permission_denied', attr: null }

    it('400 for a path that cannot be decoded, before everything', async () => {
      for (const path of ['/api/%', '/api/organizations/%ff', `${base}/domains/%E0%A4%A`])
        expect(errorOf(await nobody('PATCH', path, huge))).toEqual({
          ...missing,
          status: 400,
          code: 'bad_request',
        })
    })

    it('404 for an unknown route, without a look at the key', async () => {
      for (const path of [
        '/api',
        '/api/',
        '/api/nonsense',
        `${base}/nonsense`,
        `${base}/domains/x/y/z/w`,
        `${base}//domains`,
      ])
        expect(errorOf(await nobody('POST', path, huge))).toEqual(missing)
    })

    it('405 with Allow for a method that the route has not, without a look at the key', async () => {
      const answer = await nobody('PUT', `${base}/domains/x/`, huge)
      expect(errorOf(answer)).toEqual({ ...missing, status: 405, code: 'method_not_allowed' })
      expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH')
      expect((await nobody('OPTIONS', '/api/personal_api_keys/x')).headers.get('allow')).toBe('DELETE')
    })

    it('401 for no key and for a bad one, before the organization', async () => {
      const bad = ['nonsense', 'gth_', `gth_${'a'.repeat(49)}`, 'x'.repeat(10_000)]
      const answers = await Promise.all(
        [nobody, ...bad.map(installation.clientWith)].map(one =>
          one('PATCH', `/api/organizations/${stranger}`, huge),
        ),
      )
      const codes = ['not_authenticated', ...bad.map(() => 'authentication_failed')]
      const expected = codes.map(code => ({ status: 401, type: 'authentication_error', code, attr: null }))
      expect(answers.map(errorOf)).toEqual(expected)
      expect(answers[0]?.headers.get('www-authenticate')).toBe('Bearer realm="api"')
      const basic = await nobody('GET', base, { headers: { Authorization: 'Basic eDp5' } })
      expect(basic.body.code).toBe('authentication_failed')
    })

    it('404 for an organization that is not there or not the caller’s, the same body for both', async () => {
      const { organizationId: theirs } = await installation.another()
      const bodies = []
      for (const id of [stranger, theirs, 'nonsense', theirs.toUpperCase()]) {
        const answer = await readOnly('DELETE', `/api/organizations/${id}`, huge)
        expect(errorOf(answer)).toEqual(missing)
        bodies.push(answer.body)
      }
      expect(new Set(bodies.map(body => JSON.stringify(body))).size).toBe(1)
    })

    it('403 for a missing scope, before the level; the detail names it', async () => {
      for (const [method, path, , write] of routes) {
        const answer = await readOnly(method, base + path.replace(/\{\w+\}/g, 'x'))
        expect([method, path, errorOf(answer)]).toEqual([method, path, denied])
        expect(answer.body.detail).toContain(write ? 'organization:write' : 'organization:read')
      }
    })

    it('403 for the level, before the resource and the body', async () => {
      for (const [method, path, needs] of routes) {
        const address = base + path.replace(/\{\w+\}/g, stranger)
        if (needs !== 'member') expect([path, errorOf(await member(method, address))]).toEqual([path, denied])
        if (needs === 'owner') expect([path, errorOf(await admin(method, address))]).toEqual([path, denied])
      }
    })

    it('writing includes reading, reading does not include writing', async () => {
      const writer = await installation.memberOf(installation.organizationId, 15, ['organization:write'])
      const reader = await installation.memberOf(installation.organizationId, 15, ['organization:read'])
      expect((await writer('GET', base)).status).toBe(200)
      expect((await reader('PATCH', base, { body: {} })).status).toBe(403)
    })

    it('404 for the resource, verb by verb, before the body: not there, malformed, another organization’s', async () => {
      const other = await installation.another()
      const operator = operatorCaller(other.organizationId)
      const theirs = await addDomain(installation.ctx, operator, {
        name: 'theirs.test',
        verified: true,
        scim: true,
      })
      const [token] = theirs.scim_tokens
      for (const [method, path] of ofDomain) {
        for (const id of [stranger, 'nonsense', theirs.id]) {
          const address = base + path.replace('{id}', id).replace('{token}', token?.id ?? '')
          const body = method === 'GET' || method === 'DELETE' ? {} : huge
          expect([path, id, errorOf(await installation.owner(method, address, body))]).toEqual([
            path,
            id,
            missing,
          ])
        }
      }
      const path = `/api/organizations/${other.organizationId}/domains/${theirs.id}`
      expect((await other.owner('GET', path)).body).toMatchObject({ is_verified: true, has_scim: true })
    })

    it('another organization’s key opens nothing here, verb by verb', async () => {
      const { owner: theirs } = await installation.another()
      const mine = await addDomain(installation.ctx, operatorCaller(installation.organizationId), {
        name: 'mine.test',
      })
      for (const [method, path] of routes) {
        const address = base + path.replace('{id}', mine.id).replace('{token}', stranger)
        expect([path, errorOf(await theirs(method, address))]).toEqual([path, missing])
      }
    })

    it('whoever is not, or no longer, within the organization opens nothing in it, verb by verb', async () => {
      const { ctx, owner, clientWith, memberOf, organizationId } = installation
      const mine = await addDomain(ctx, operatorCaller(organizationId), {
        name: 'guarded.test',
        verified: true,
        scim: true,
      })
      const keyOf = async (client: Client, more: object) => {
        const body = { label: 'key', scopes: ['*'], ...more }
        return clientWith(String((await client('POST', '/api/personal_api_keys', { body })).body.value))
      }
      const personOf = async (client: Client) => String((await client('GET', '/api/users/@me')).body.id)
      const { body: elsewhere } = await owner('POST', '/api/organizations', { body: { name: 'Elsewhere' } })
      const expires_at = new Date(ctx.now().getTime() + 1000).toISOString()
      const suspended = await memberOf(organizationId, 15)
      const removed = await memberOf(organizationId, 15)
      const outsiders: [string, Client, number][] = [
        ['limited to another organization', await keyOf(owner, { organizations: [elsewhere.id] }), 404],
        ['of a suspended member', suspended, 404],
        ['of a member who was removed', removed, 404],
        ['expired', await keyOf(owner, { expires_at }), 401],
        ['a SCIM token', clientWith(mine.scim_bearer_token ?? ''), 401],
      ]
      await updateMember(ctx.db, organizationId, { personId: await personOf(suspended), status: 'suspended' })
      await deleteMember(ctx.db, organizationId, await personOf(removed))
      ctx.clock.advance(1000)
      for (const [method, path] of routes) {
        const address = base + path.replace('{id}', mine.id).replace('{token}', mine.scim_tokens[0]?.id ?? '')
        for (const [who, client, status] of outsiders)
          expect([who, method, path, (await client(method, address)).status]).toEqual([
            who,
            method,
            path,
            status,
          ])
      }
    })

    it('415 for another media type, then 413 for a body over 1 MiB, then 400', async () => {
      const send = (contentType: string, raw: string) =>
        installation.owner('POST', `${base}/domains`, { raw, headers: { 'Content-Type': contentType } })
      const over = `"${'x'.repeat(1024 * 1024)}"`
      expect(errorOf(await send('text/plain', over))).toEqual({
        ...missing,
        status: 415,
        code: 'unsupported_media_type',
      })
      expect(errorOf(await send('application/json', over))).toEqual({
        ...missing,
        status: 413,
        code: 'too_large',
      })
      for (const raw of ['{', '[]', '"x"', 'null', '7', '\u0000', '{"domain":"a.test"} x'])
        expect(errorOf(await send('application/json; charset=utf-8', raw))).toEqual({
          ...missing,
          status: 400,
          code: 'parse_error',
        })
      const valid = `{"x":"${'x'.repeat(1024 * 1024 - 64)}"}`
      expect((await send('application/json', valid)).body).toMatchObject({ code: 'required', attr: 'domain' })
    })

    it('a trailing slash is accepted on every path', async () => {
      for (const path of ['/api/organizations/', '/api/users/@me/', `${base}/`, `${base}/domains/`])
        expect((await installation.owner('GET', path)).status).toBe(200)
    })

    it('every answer has the request id, a refusal too', async () => {
      const kept = await nobody('GET', '/api/nonsense', { headers: { 'X-Request-Id': 'mine-1' } })
      expect(kept.headers.get('x-request-id')).toBe('mine-1')
      expect((await nobody('GET', '/api/%')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    })

    it('500 tells the request id and nothing internal', async () => {
      const { ctx, owner } = await install(await open())
      await ctx.db.destroy()
      const answer = await owner('GET', base)
      expect(errorOf(answer)).toEqual({ status: 500, type: 'server_error', code: 'error', attr: null })
      const id = answer.headers.get('x-request-id')
      expect(answer.body.detail).toBe(`Something went wrong on our side. Request id: ${id}.`)
    })
  })
})
