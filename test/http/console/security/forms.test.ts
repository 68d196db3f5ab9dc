// Every form of ours, sent by somebody else: by other sites, with another session's token, without a right to it.
import { beforeAll, describe, expect, it } from 'vitest'
import { operatorRoutes, organizationRoutes, personRoutes } from '../../../../src/http/console/routes.ts'
import { csrfTokenOf } from '../../../../src/http/own-pages.ts'
import { createSetUpApp } from '../../../../src/http/set-up/app.ts'
import { grantOperator } from '../../../../src/manage/operators/rights.ts'
import { eachDatabase } from '../../../database.ts'
import { dumpDatabase } from '../../../database-dump.ts'
import { openSetUpWorld, type SetUpWorld } from '../../set-up/guest.ts'
import type { Visitor } from '../visitor.ts'
import { type Furnished, furnish } from './furnished.ts'

const formsOf = (routes: readonly (readonly unknown[])[]) =>
  routes.flatMap(([method, path]) => (method === 'POST' ? [String(path)] : []))
const organizationForms = formsOf(organizationRoutes)
const allForms = [...new Set([...formsOf(personRoutes), ...formsOf(operatorRoutes), ...organizationForms])]

describe('forms of the console', () => {
  eachDatabase((_, open) => {
    let world: SetUpWorld
    let owner: Visitor
    let own: Furnished
    let other: Furnished
    beforeAll(async () => {
      world = await openSetUpWorld(await open(), { publicRateLimit: 0, apiRateLimit: 0 })
      const { surface, enter } = world
      owner = await enter(surface.tenant.organizationId, 15, 'owner')
      await grantOperator(surface.ctx, owner.email)
      own = await furnish(world, surface.tenant, owner)
      const tenant = await surface.addTenant('other.test')
      other = await furnish(world, tenant, await enter(tenant.organizationId, 15, 'other-owner'))
    }, 60_000)

    /** When a session was seen last is no change. */
    const dump = async () =>
      JSON.stringify(await dumpDatabase(world.surface.ctx.db)).replaceAll(
        /\\"last_(?:seen|used)_at\\":(?:null|\\"[^\\]*\\")/g,
        '',
      )
    const unchanged = async (attempts: () => Promise<unknown>) => {
      const before = await dump()
      await attempts()
      expect(await dump()).toBe(before)
    }

    const here = () => world.surface.ctx.config.baseUrl
    const port = () => new URL(here()).port
    const goodToken = (secret: string) => ({ csrf: csrfTokenOf(secret) })
    type Attempt = readonly [
      name: string,
      fields: Record<string, string>,
      headers: Record<string, string>,
      query?: string,
    ]
    /** Of somebody with this session, or with this link. */
    const forgeries = (secret: string): readonly Attempt[] => [
      ['no token', { csrf: '' }, {}],
      ['the token of another session', goodToken('of another session'), {}],
      ['the token in the address', { csrf: '' }, {}, `?csrf=${csrfTokenOf(secret)}`],
      ['the session itself as the token', { csrf: secret }, {}],
      ['another site', {}, { Origin: 'https://evil.test' }],
      ['a name that begins like ours', {}, { Origin: `${here()}.evil.test` }],
      ['another port', {}, { Origin: here().replace(port(), '1') }],
      ['another scheme', {}, { Origin: here().replace('http:', 'https:') }],
      ['a page without an origin', {}, { Origin: 'null' }],
      ['another site by its metadata', {}, { 'Sec-Fetch-Site': 'cross-site' }],
      ['a sister site', {}, { 'Sec-Fetch-Site': 'same-site' }],
      ['neither origin nor metadata', {}, { Origin: '' }],
      ['text that looks like a form', {}, { 'Content-Type': 'text/plain', Origin: 'https://evil.test' }],
      ['JSON', { csrf: '' }, { 'Content-Type': 'application/json' }],
    ]

    it('is refused at every address to other sites, and to pages that do not know the token', async () => {
      await unchanged(async () => {
        for (const path of allForms) {
          for (const [name, fields, headers, query = ''] of forgeries(owner.secret)) {
            const { status } = await owner.submit(own.pathTo(path) + query, fields, headers)
            expect([path, name, status]).toEqual([path, name, 403])
          }
        }
      })
      expect(allForms.length).toBeGreaterThan(45)
    })

    it('is refused at every address behind a set-up link', async () => {
      const guest = await world.follow(await world.makeLink())
      const routes = createSetUpApp(world.surface.ctx, world.lifecycle).routes
      const paths = routes.flatMap(({ method, path }) =>
        method === 'POST' && !path.endsWith('/:secret') ? [path.replace(/^\/set-up/, '')] : [],
      )
      expect(paths.length).toBeGreaterThan(8)
      await unchanged(async () => {
        for (const path of paths) {
          const at = path.replace(':token', own.pathTo('/scim-tokens/:token').split('/')[2] ?? '')
          for (const [name, fields, headers, query = ''] of forgeries(guest.secret)) {
            const { status } = await guest.submit(at + query, fields, headers)
            expect([path, name, status]).toEqual([path, name, 403])
          }
          const ofSession = await guest.submit(at, goodToken(owner.secret))
          expect([path, ofSession.status]).toEqual([path, 403])
        }
      })
    })

    it('leads whoever is not signed in to the sign-in, whatever they send', async () => {
      await unchanged(async () => {
        for (const path of allForms) {
          for (const secret of ['', 'nonsense', csrfTokenOf(owner.secret)]) {
            const headers = secret === '' ? {} : { Cookie: `gatehouse=${secret}` }
            const answer = await world.stranger.submit(own.pathTo(path), goodToken(secret), headers)
            expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, '/login'])
          }
        }
      })
    })

    it('is refused below its level, and no page of it is shown', async () => {
      const { organizationId } = own.tenant
      for (const [held, level] of [
        ['member', 1],
        ['admin', 8],
      ] as const) {
        const visitor = await world.enter(organizationId, level)
        await unchanged(async () => {
          for (const [method, path, wanted] of organizationRoutes) {
            if (wanted === 'member' || wanted === held) continue
            if (held === 'admin' && wanted === 'admin') continue
            const at = own.pathTo(path)
            const { status } = await (method === 'GET' ? visitor.open(at) : visitor.submit(at))
            expect([method, path, held, status]).toEqual([method, path, held, 403])
          }
          for (const [method, path] of operatorRoutes) {
            const at = own.pathTo(path)
            const { status } = await (method === 'GET' ? visitor.open(at) : visitor.submit(at))
            expect([method, path, held, status]).toEqual([method, path, held, 404])
          }
        })
      }
    })

    it("finds nothing of another organization's, at any address, alone or within one's own", async () => {
      const admin = await world.enter(own.tenant.organizationId, 15)
      const typed = { level: '8', overlap: '0', label: 'x', days: '7', parts: 'verify', production: '1' }
      const mixed = (path: string) =>
        own.pathTo(path.slice(0, path.lastIndexOf(':'))) +
        other.pathTo(path).slice(own.pathTo(path.slice(0, path.lastIndexOf(':'))).length)
      await unchanged(async () => {
        for (const [method, path] of organizationRoutes.filter(([, each]) => each.includes(':'))) {
          const places = path.split(':').length > 2 ? [other.pathTo(path), mixed(path)] : [other.pathTo(path)]
          for (const at of places) {
            const answer = await (method === 'GET' ? admin.open(at) : admin.submit(at, typed))
            // The address of a form's answer leads back to the page of the domain that it names.
            const back = method === 'GET' ? answer.headers.get('location') : null
            if (back?.endsWith(own.tenant.domain.id)) continue
            const { status } = back === null ? answer : await admin.open(back)
            expect([method, path, at, status]).toEqual([method, path, at, 404])
          }
        }
        const organization = other.tenant.organizationId
        expect((await admin.submit('/organization', { organization })).status).toBe(404)
      })
    })

    it('is taken with the token of its session from a page of ours: nothing but that was missing', async () => {
      for (const path of [...allForms].reverse()) {
        const answer = await owner.submit(own.pathTo(path))
        const text = await answer.text()
        expect([path, answer.status === 403 || /csrf_failed|other_origin/.test(text)]).toEqual([path, false])
        expect([path, answer.status < 500]).toEqual([path, true])
      }
    })
  })
})
