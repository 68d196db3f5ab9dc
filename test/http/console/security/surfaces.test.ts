// Every surface of the server: no answer of it can be framed, kept, sniffed or read by another site.
import { beforeAll, describe, expect, it } from 'vitest'
import { onSqlite } from '../../../database.ts'
import { openWorld, type World } from '../../saml/world.ts'
import { createSigner } from '../../sign/signer.ts'
import { type Door, openDoor } from './door.ts'

describe('surfaces', () => {
  onSqlite(open => {
    let world: World
    let door: Door
    beforeAll(async () => {
      world = await openWorld(await open(), { publicRateLimit: 0 })
      door = openDoor(world.ctx)
    })

    const places: readonly (readonly [method: string, path: string])[] = [
      ...['/', '/members', '/operator', '/nothing', '/login', '/login/link/x', '/invites/x', '/sign/x'],
      ...['/first-run/x', '/set-up', '/set-up/x', '/saml/x/metadata', '/saml/x/login', '/login/saml?email=x'],
      ...[
        '/files/x',
        '/docs',
        '/openapi.json',
        '/healthz',
        '/readyz',
        '/.well-known/jwks.json',
        '/favicon.ico',
      ],
      ...[
        '/api/organizations',
        '/api/nothing',
        '/scim/v2/x/Users',
        '/scim/v2/x',
        '/assets/x.js',
        '//',
        '/%00',
        '/%ff',
      ],
    ].flatMap(path => ['GET', 'POST', 'OPTIONS', 'PURGE'].map(method => [method, path] as const))

    it('let no answer be framed, sniffed, or read by another site', async () => {
      for (const [method, path] of places) {
        const headers = { Origin: 'https://evil.test', 'Access-Control-Request-Method': 'POST' }
        const answer = await door.request(path, { method, headers })
        const got = (name: string) => answer.headers.get(name)
        const shown = [
          path,
          got('x-frame-options'),
          got('x-content-type-options'),
          got('access-control-allow-origin'),
        ]
        expect([method, ...shown]).toEqual([method, path, 'DENY', 'nosniff', null])
        expect([path, got('content-security-policy')]).toEqual([
          path,
          expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
        ])
        expect([path, answer.status < 500]).toEqual([path, true])
      }
    })

    it('let nobody keep an answer that is about somebody', async () => {
      const public_ = new Set(['/docs', '/openapi.json', '/.well-known/jwks.json'])
      for (const [method, path] of places.filter(([, each]) => !public_.has(each))) {
        const answer = await door.request(path, { method })
        expect([method, path, answer.headers.get('cache-control')]).toEqual([method, path, 'no-store'])
      }
    })

    it('take a signature from the page of the agreement, and from no other site', async () => {
      const signer = createSigner(world)
      const { path } = await signer.submit(world.owner, world.organizationId)
      for (const headers of [{ Origin: 'https://evil.test' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
        expect((await signer.sign(path, undefined, headers)).status).toBe(403)
      }
      const documents = await world.ctx.db.selectFrom('legal_documents').select('status').execute()
      expect(documents).toEqual([{ status: 'submitted_for_signature' }])
      expect((await signer.sign(path, undefined, { Origin: world.ctx.config.baseUrl })).status).toBe(200)
    })
  })
})
