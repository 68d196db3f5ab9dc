// The road of a SCIM request: version, endpoint, token, rate, media type and size, and the form of every refusal.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { createScimApp } from '../../../src/http/scim/app.ts'
import { Recorder } from '../../../src/provision/log/recorder.ts'
import { closeDatabase } from '../../../src/store/db.ts'
import { deleteDomain } from '../../../src/store/domain/domains.ts'
import { eachDatabase } from '../../database.ts'
import { type Answer, ada, addToken, openSurface, person, type Surface, setActive } from './surface.ts'

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error'

function expectError({ status, headers, body }: Answer, expected: number): void {
  expect(status).toBe(expected)
  expect(headers.get('content-type')).toBe('application/scim+json')
  expect(body).toMatchObject({ schemas: [errorSchema], status: String(expected), detail: expect.any(String) })
}

describe('the SCIM surface', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
    })

    describe('media types (§3.8)', () => {
      it('R1 accepts application/scim+json and application/json, with or without a charset', async () => {
        const types = [
          'application/scim+json',
          'application/json',
          'application/scim+json; charset=utf-8',
          'APPLICATION/JSON;charset=UTF-8',
        ]
        for (const [index, type] of types.entries()) {
          const answer = await ask('POST', '/Users', {
            body: person(`typed${index}`),
            headers: { 'Content-Type': type },
          })
          expect([type, answer.status]).toEqual([type, 201])
        }
      })

      it('R1 refuses any other type with 415', async () => {
        for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', '']) {
          expectError(await ask('POST', '/Users', { body: ada, headers: { 'Content-Type': type } }), 415)
        }
      })

      it('R1 refuses a body that is compressed with 415, and takes one that says it is not', async () => {
        const encoded = (encoding: string) =>
          ask('POST', '/Users', { body: person('encoded'), headers: { 'Content-Encoding': encoding } })
        for (const encoding of ['gzip', 'br', 'identity, gzip']) expectError(await encoded(encoding), 415)
        expect((await encoded('identity')).status).toBe(201)
      })

      it('R2 answers with the bare type, and with plain JSON to whoever prefers it', async () => {
        const typeFor = async (accept: string) =>
          (await ask('GET', '/Users', { headers: { Accept: accept } })).headers.get('content-type')
        for (const accept of [
          '',
          '*/*',
          'application/scim+json',
          'application/*',
          'text/html',
          'application/json;q=0.5, application/scim+json',
          'application/json, application/scim+json',
        ]) {
          expect([accept, await typeFor(accept)]).toEqual([accept, 'application/scim+json'])
        }
        for (const accept of [
          'application/json',
          'application/scim+json;q=0.3, application/json;q=0.8',
          'application/json, */*;q=0.1',
        ]) {
          expect([accept, await typeFor(accept)]).toEqual([accept, 'application/json'])
        }
      })

      it('takes and gives UTF-8, and refuses bytes that are none', async () => {
        expectError(await ask('GET', '/Users?filter=userName%20eq%20"andr%E9"'), 400)
        const made = await ask('POST', '/Users', { body: person('utf', { displayName: 'Zoë 🦋 Ωmega' }) })
        expect(made.body.displayName).toBe('Zoë 🦋 Ωmega')
        const bytes = new Uint8Array([...new TextEncoder().encode('{"userName":"'), 0xff, 0xfe, 0x22, 0x7d])
        expectError(await ask('POST', '/Users', { text: bytes }), 400)
      })
    })

    describe('the token (§2)', () => {
      const bearer = (Authorization: string) => ({ token: null, headers: { Authorization } })

      it('R3 R5 answers 401 with WWW-Authenticate and one body, whatever is wrong with the token', async () => {
        const { db } = surface.ctx
        const { domain, token } = surface.tenant
        const other = await surface.addTenant('other.test')
        const off = await surface.addTenant('off.test', { scimEnabled: false })
        const gone = await surface.addTenant('gone.test')
        await deleteDomain(db, gone.organizationId, gone.domain.id)
        const expired = await addToken(db, domain.id, {
          expiresAt: new Date(surface.ctx.now().getTime() - 1).toISOString(),
        })
        const answers = [
          await ask('GET', '/Users', { token: null }),
          await ask('GET', '/Users', { token: 'unknown' }),
          await ask('GET', '/Users', bearer(token)),
          await ask('GET', '/Users', bearer(`Basic ${btoa('a:b')}`)),
          await ask('GET', '/Users', bearer('Bearer')),
          await ask('GET', '/Users', { token: `${token}x` }),
          await ask('GET', '/Users', { token: expired }),
          await ask('GET', '/Users', { token: other.token }),
          await surface.as(off).ask('GET', '/Users'),
          await surface.as(gone).ask('GET', '/Users'),
          await surface.askAt('GET', `/scim/v2/${newId()}/Users`),
          await ask('POST', '/Users', { token: null, body: ada }),
        ]
        for (const answer of answers) {
          expectError(answer, 401)
          expect(answer.text).toBe(answers[0]?.text)
          expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="scim"')
        }
      })

      it('R3 takes the scheme in any case', async () => {
        for (const scheme of ['bearer', 'BEARER', 'Bearer ']) {
          expect((await ask('GET', '/Users', bearer(`${scheme} ${surface.tenant.token}`))).status).toBe(200)
        }
      })

      it('R4 lets a token in until it expires, and two at once while they overlap', async () => {
        const expiresAt = new Date(surface.ctx.now().getTime() + 60_000).toISOString()
        const old = await addToken(surface.ctx.db, surface.tenant.domain.id, { expiresAt })
        expect((await ask('GET', '/Users', { token: old })).status).toBe(200)
        expect((await ask('GET', '/Users')).status).toBe(200)
        surface.ctx.clock.advance(60_000)
        expect((await ask('GET', '/Users', { token: old })).status).toBe(401)
        expect((await ask('GET', '/Users')).status).toBe(200)
      })

      it('R9 hides what another tenant has from every verb, and keeps it as it was', async () => {
        const other = await surface.addTenant('hidden.test')
        const { body: theirs } = await surface
          .as(other)
          .ask('POST', '/Users', { body: person('theirs', { externalId: 'secret' }) })
        const path = `/Users/${theirs.id}`
        const any = { 'If-Match': '*' }
        expectError(await ask('GET', path), 404)
        expectError(await ask('PUT', path, { body: person('theirs'), headers: any }), 404)
        expectError(await ask('PATCH', path, { body: setActive(false), headers: any }), 404)
        expectError(await ask('DELETE', path, { headers: any }), 404)
        for (const filter of [
          `id eq "${theirs.id}"`,
          'externalId eq "secret"',
          'userName eq "theirs@acme.test"',
          'emails.value eq "theirs@acme.test"',
          'emails[value co "theirs"]',
          'not (userName eq "x")',
        ]) {
          const { body } = await ask('GET', `/Users?count=200&filter=${encodeURIComponent(filter)}`)
          expect([filter, body.Resources.filter(({ id }: { id: string }) => id === theirs.id)]).toEqual([
            filter,
            [],
          ])
        }
        for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'POST']) {
          const at = `/scim/v2/${other.domain.id}${method === 'POST' ? '/Users' : path}`
          const body = method === 'PATCH' ? setActive(false) : person('intruder')
          const answer = await surface.askAt(method, at, {
            token: surface.tenant.token,
            ...(method === 'GET' ? {} : { body }),
          })
          expectError(answer, 401)
        }
        expect((await surface.as(other).ask('GET', path)).body).toEqual(theirs)
        expect((await ask('POST', '/Users', { body: person('theirs') })).status).toBe(201)
      })
    })

    describe('paths', () => {
      it('R8 takes v2 or no version, and refuses others with invalidVers', async () => {
        const { id } = surface.tenant.domain
        expect((await surface.askAt('GET', `/scim/${id}/Users`)).status).toBe(200)
        expect((await surface.askAt('GET', `/scim/V2/${id}/Users`)).status).toBe(200)
        for (const version of ['v1', 'v3', 'v2.1', 'V1']) {
          const answer = await surface.askAt('GET', `/scim/${version}/${id}/Users`)
          expectError(answer, 400)
          expect(answer.body.scimType).toBe('invalidVers')
        }
      })

      it('R8 takes a slash at the end and an endpoint in any case, and a domain id in capitals', async () => {
        const { body } = await ask('POST', '/users/', { body: person('slashed') })
        for (const path of [
          '/Users/?count=1',
          '/users',
          '/USERS/',
          `/users/${body.id}/`,
          `/Users/${body.id.toUpperCase()}`,
          '//Users',
        ]) {
          expect([path, (await ask('GET', path)).status]).toEqual([path, 200])
        }
        const capitals = surface.tenant.domain.id.toUpperCase()
        expect((await surface.askAt('GET', `/scim/v2/${capitals}/Users`)).status).toBe(200)
      })

      it('R5 answers 404 in SCIM form where nothing is', async () => {
        for (const path of ['/Nothing', '/Users/a/b', '/constructor', '/__proto__', '/%2e%2e/Users']) {
          expectError(await ask('GET', path), 404)
        }
        for (const path of [
          '/scim',
          '/scim/',
          '/scim/v2',
          '/scim/v2/Users',
          '/scim/v2/not-an-id/Users',
          '/scim/v2/%',
        ]) {
          expectError(await surface.askAt('GET', path), 404)
        }
      })

      it('R10 answers 405 with Allow to a method that a known endpoint does not have, without a look at the token', async () => {
        for (const [method, path, allow] of [
          ['PUT', '/Users', 'GET, HEAD, POST'],
          ['DELETE', '/Users', 'GET, HEAD, POST'],
          ['POST', `/Users/${newId()}`, 'GET, HEAD, PUT, PATCH, DELETE'],
          ['OPTIONS', '/Users', 'GET, HEAD, POST'],
          ['POST', '/Schemas', 'GET, HEAD'],
        ] as const) {
          const answer = await ask(method, path, { token: null })
          expectError(answer, 405)
          expect(answer.headers.get('allow')).toBe(allow)
        }
      })

      it('R10 answers 501 to what nobody can do here', async () => {
        expectError(await ask('POST', '/Me', { body: ada }), 501)
      })
    })

    describe('discovery (§4)', () => {
      const core = 'urn:ietf:params:scim:schemas:core:2.0'

      it('R84 shows configuration, resource types and schemas without a token, in list form where there are several', async () => {
        const config = await ask('GET', '/ServiceProviderConfig', { token: null })
        expect(config.status).toBe(200)
        expect(config.body.schemas).toEqual([`${core}:ServiceProviderConfig`])
        const types = await ask('GET', '/ResourceTypes?startIndex=7&count=0&sortBy=x', { token: null })
        expect(types.body).toMatchObject({
          totalResults: 2,
          Resources: [
            { id: 'User', endpoint: '/Users' },
            { id: 'Group', endpoint: '/Groups' },
          ],
        })
        const schemas = await ask('GET', '/Schemas', { token: null })
        for (const { id, meta } of schemas.body.Resources) {
          const one = await surface.askAt('GET', new URL(meta.location).pathname, { token: null })
          expect(one.body.id).toBe(id)
        }
        expect((await ask('GET', '/ResourceTypes/User', { token: null })).body.schema).toBe(`${core}:User`)
        expectError(await ask('GET', '/ResourceTypes/Nothing'), 404)
        expectError(await ask('GET', '/Schemas/urn:nothing'), 404)
      })

      it('R84 refuses a filter there with 403', async () => {
        for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig', '/Schemas/x']) {
          const answer = await ask('GET', `${path}?Filter=id%20eq%20"x"`, { token: null })
          expect([path, answer.status]).toEqual([path, path === '/Schemas/x' ? 404 : 403])
        }
      })
    })

    describe('limits', () => {
      it('R5 refuses a body of more than 1 MiB with 413, declared or counted', async () => {
        const big = JSON.stringify({ ...person('big'), nickName: 'x'.repeat(2 * 1024 * 1024) })
        expectError(await ask('POST', '/Users', { text: big }), 413)
        expectError(
          await ask('POST', '/Users', { text: big, headers: { 'Content-Length': String(big.length) } }),
          413,
        )
        const fits = { ...person('fits'), padding: 'x'.repeat(1000 * 1000) }
        expect((await ask('POST', '/Users', { body: fits })).status).toBe(201)
      })

      it('R12 refuses a token that is too fast with 429 and Retry-After, and no other one', async () => {
        const limited = await openSurface(await open(), { scimRateLimit: { perMinute: 60, burst: 5 } })
        const other = await addToken(limited.ctx.db, limited.tenant.domain.id)
        const statuses = []
        for (let index = 0; index < 6; index++) statuses.push((await limited.ask('GET', '/Users')).status)
        expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
        const answer = await limited.ask('GET', '/Users')
        expectError(answer, 429)
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
        expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(5)
        expect((await limited.ask('GET', '/Users', { token: other })).status).toBe(200)
      })

      it('R5 answers 500 in SCIM form with the request id and nothing of the cause', async () => {
        const db = await open()
        const broken = await openSurface(db)
        await closeDatabase(db)
        const answer = await broken.ask('GET', '/Users', { headers: { 'X-Request-Id': 'abc-1' } })
        expectError(answer, 500)
        expect(answer.body.detail).toBe('Something went wrong on our side. The request id is abc-1.')
        expect(answer.headers.get('x-request-id')).toBe('abc-1')
      })
    })

    it('guards every answer and names it, whatever it is, and asks for https where that is spoken', async () => {
      const own = await openSurface(await open(), {
        baseUrl: 'https://gatehouse.test',
        scimRateLimit: { perMinute: 1, burst: 8 },
      })
      const made = await own.ask('POST', '/Users', { body: ada })
      const user = `/Users/${made.body.id}`
      const etag = made.headers.get('etag') ?? ''
      const answers = [
        made,
        await own.ask('HEAD', user),
        await own.ask('GET', user, { headers: { 'If-None-Match': etag } }),
        await own.ask('DELETE', user),
        await own.ask('GET', user),
        await own.ask('POST', '/Users', { text: '{' }),
        await own.ask('GET', '/Users', { token: null }),
        await own.ask('PATCH', '/Users'),
        await own.askAt('GET', '/scim/v2/nothing'),
        await own.ask('GET', '/Schemas', { token: null }),
        await own.ask('GET', '/Users'),
        await own.ask('GET', '/Users'),
        await own.ask('GET', '/Users'),
        await own.ask('GET', '/Users'),
      ]
      expect(new Set(answers.map(({ status }) => status))).toEqual(
        new Set([201, 200, 304, 204, 404, 400, 401, 405, 429]),
      )
      for (const { headers, text } of answers) {
        expect(Object.fromEntries(headers)).toMatchObject({
          'cache-control': 'no-store',
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
          'referrer-policy': 'no-referrer',
          'strict-transport-security': 'max-age=31536000',
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
        })
        if (text !== '') expect(headers.get('content-type')).toBe('application/scim+json')
      }
    })

    it('stands as an app of its own that needs only a context and a recorder', async () => {
      const app = createScimApp(surface.ctx, new Recorder(surface.ctx))
      expect((await app.request('/scim/v2/x/Users')).status).toBe(404)
    })
  })
})
