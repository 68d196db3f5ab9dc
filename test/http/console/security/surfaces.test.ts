// Every surface of the server: no answer of it can be framed, kept, sniffed or read by another site.
import { beforeAll, describe, expect, it } from 'vitest'
import { signInRoutes } from '../../../../src/http/saml/app.ts'
import { createOwnerLink } from '../../../../src/login/link.ts'
import { operatorCaller } from '../../../../src/manage/caller.ts'
import { issueInvites } from '../../../../src/manage/invites.ts'
import { offerFirstRun } from '../../../../src/manage/operators/first-run.ts'
import { createSetUpLink } from '../../../../src/manage/set-up-links.ts'
import { testContext } from '../../../context.ts'
import { onSqlite } from '../../../database.ts'
import { dumpDatabase } from '../../../database-dump.ts'
import { openWorld, type World } from '../../saml/world.ts'
import { createSigner } from '../../sign/signer.ts'
import { browserAt, type Door, openDoor } from './door.ts'

const otherSites: readonly Record<string, string>[] = [
  { Origin: 'https://evil.test' },
  { Origin: 'null' },
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'Sec-Fetch-Site': 'same-site' },
]

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

    it('take no form of another site, but for what identity providers answer', async () => {
      const { ctx, organizationId, addMember } = world
      await addMember(organizationId, 'owner@mail.test', 15)
      const caller = operatorCaller(organizationId)
      const pathOf = (url: string | null | undefined) => new URL(url ?? '').pathname
      const ownerLink = async () => pathOf((await createOwnerLink(ctx, 'owner@mail.test')).url)
      const browser = browserAt(door, ctx)
      await browser.ask(await ownerLink(), { form: {}, headers: { Origin: ctx.config.baseUrl } })
      const wish = { target_email: 'new@mail.test', first_name: '', level: 1, message: '', send_email: false }
      const invites = await issueInvites(ctx, caller, [
        { ...wish, private_project_access: [], combine_pending_invites: false },
      ])
      const setUp = { domainId: null, label: 'IT', sendTo: '', parts: ['verify'], days: 1 }
      const live = new Map([
        ['/login', '/login'],
        ['/logout', '/logout'],
        ['/login/link/:token', await ownerLink()],
        ['/invites/:token', pathOf(invites[0]?.url)],
        ['/set-up/:secret', pathOf((await createSetUpLink(ctx, caller, setUp)).url)],
        ['/sign/:secret', (await createSigner(world).submit(world.owner, organizationId)).path],
      ])
      const routes = signInRoutes.filter(([method]) => method === 'POST')
      const open = routes.filter(([, , from]) => from === 'anywhere').map(([, path]) => path)
      expect(open).toEqual(['/saml/:domain/acs'])
      expect(routes.map(([, path]) => path).filter(path => !live.has(path))).toEqual(open)

      const before = await dumpDatabase(ctx.db)
      for (const [name, path] of live) {
        for (const headers of otherSites) {
          const form = { email: 'owner@mail.test', name: 'Eve', title: 'CEO', agree: 'yes' }
          const answer = await browser.ask(path, { form, headers })
          expect([name, answer.status, answer.headers.getSetCookie()]).toEqual([name, 403, []])
        }
      }
      expect(await dumpDatabase(ctx.db)).toEqual(before)
      await world.ctx.db.deleteFrom('legal_documents').execute()
    })

    it('make no first organization for another site', async () => {
      const ctx = testContext(await open(), { publicRateLimit: 0 })
      const path = new URL((await offerFirstRun(ctx))?.url ?? '').pathname
      const form = { organization: 'Evil', email: 'eve@evil.test' }
      for (const headers of otherSites)
        expect((await browserAt(openDoor(ctx), ctx).ask(path, { form, headers })).status).toBe(403)
      expect(await ctx.db.selectFrom('organizations').selectAll().execute()).toEqual([])
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
