// What is shown once: in one answer that nobody keeps, and nowhere else — no address, no log, no table has it in clear.
import { beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../../../src/base/log.ts'
import { createOwnerLink } from '../../../../src/login/link.ts'
import { offerFirstRun } from '../../../../src/manage/operators/first-run.ts'
import { testContext } from '../../../context.ts'
import { eachDatabase } from '../../../database.ts'
import { dumpDatabase } from '../../../database-dump.ts'
import { openSetUpWorld, type SetUpWorld } from '../../set-up/guest.ts'
import type { Fields, Visitor } from '../visitor.ts'
import { browserAt, openDoor } from './door.ts'

interface Shown {
  readonly name: string
  readonly path: string
  readonly fields: Fields
  /** The secret in the page. */
  readonly form: RegExp
  /** Where one might look for it afterwards. */
  readonly lists: readonly string[]
}

describe('secrets', () => {
  eachDatabase((_, open) => {
    let world: SetUpWorld
    let owner: Visitor
    let shown: readonly Shown[]
    const logged: string[] = []
    beforeAll(async () => {
      world = await openSetUpWorld(await open(), { publicRateLimit: 0, apiRateLimit: 0 })
      const { ctx, tenant } = world.surface
      Object.assign(ctx, { log: createLog('trace', { write: line => logged.push(line) }) })
      owner = await world.enter(tenant.organizationId, 15, 'owner')
      const { id, name } = tenant.domain
      const domain = `/domains/${id}`
      shown = [
        {
          ...{
            name: 'a SCIM token of a domain',
            path: `${domain}/scim-tokens`,
            fields: { overlap: '0', confirm: name },
          },
          ...{ form: /gts_[\w-]{20,}/, lists: [domain, '/tokens', '/audit'] },
        },
        {
          ...{
            name: 'a rotated SCIM token',
            path: '/tokens',
            fields: { domain: id, overlap: '3600', confirm: name },
          },
          ...{ form: /gts_[\w-]{20,}/, lists: [domain, '/tokens', '/audit'] },
        },
        {
          ...{
            name: 'an API key',
            path: '/keys',
            fields: { label: 'A program', expiry: '30', scope: ['organization:read'] },
          },
          ...{ form: /gth_[\w-]{20,}/, lists: ['/keys', '/audit'] },
        },
        {
          ...{
            name: 'the link of an invite',
            path: '/pending-invites',
            fields: { address: 'guest@mail.test', level: '1' },
          },
          ...{ form: /(?<=\/invites\/)[\w-]{43}/, lists: ['/pending-invites', '/audit'] },
        },
        {
          ...{
            name: 'the links of several invites',
            path: '/pending-invites/several',
            fields: { addresses: 'a@mail.test\nb@mail.test', level: '1' },
          },
          ...{ form: /(?<=\/invites\/)[\w-]{43}/, lists: ['/pending-invites', '/audit'] },
        },
        {
          ...{
            name: 'a set-up link of a domain',
            path: `${domain}/set-up-links`,
            fields: { label: 'IT', days: '7', parts: ['scim'] },
          },
          ...{ form: /(?<=\/set-up\/)[\w-]{43}/, lists: [`${domain}/set-up-links`, '/audit'] },
        },
        {
          ...{
            name: 'a set-up link',
            path: '/set-up-links',
            fields: { label: 'IT', days: '7', parts: ['verify'] },
          },
          ...{ form: /(?<=\/set-up\/)[\w-]{43}/, lists: ['/set-up-links', '/audit'] },
        },
      ]
    })

    const kept = async (): Promise<string> =>
      JSON.stringify(await dumpDatabase(world.surface.ctx.db)) + logged.join('')
    const make = async ({ path, fields, form }: Shown) => {
      const answer = await owner.submit(path, fields)
      const secret = form.exec(await answer.text())?.[0] ?? ''
      return { answer, secret }
    }

    it('are in the answer to their form, which nobody keeps, and whose address says nothing', async () => {
      for (const each of shown) {
        const { answer, secret } = await make(each)
        expect([each.name, answer.status, secret.length > 20]).toEqual([each.name, 200, true])
        const { headers } = answer
        expect([headers.get('cache-control'), headers.get('location')]).toEqual(['no-store', null])
        expect(headers.get('referrer-policy')).toBe('same-origin')
      }
    })

    it('are on no page afterwards: neither at the same address nor in a list', async () => {
      for (const each of shown) {
        const { secret } = await make(each)
        for (const path of [each.path, ...each.lists]) {
          const again = await owner.open(path)
          const text = await again.text()
          expect([each.name, path, text.includes(secret), again.status < 500]).toEqual([
            each.name,
            path,
            false,
            true,
          ])
        }
      }
    })

    it('are never shown a second time: whoever sends the form again gets another one', async () => {
      for (const each of shown) {
        const first = await make(each)
        const second = await make(each)
        expect([each.name, second.secret === first.secret]).toEqual([each.name, false])
        expect(await (await owner.submit(each.path, each.fields)).text()).not.toContain(first.secret)
      }
    })

    it('stand in clear in no table, no line of the audit log, and no line of our own log', async () => {
      const secrets: (readonly [string, string])[] = [['the session', owner.secret]]
      for (const each of shown) secrets.push([each.name, (await make(each)).secret])
      const guest = await world.follow(await world.makeLink())
      secrets.push(['a followed set-up link', guest.secret])
      const rotated = await guest.submit('/scim-tokens', {
        overlap: '0',
        confirm: world.surface.tenant.domain.name,
      })
      secrets.push(['a token behind it', /gts_[\w-]{20,}/.exec(await rotated.text())?.[0] ?? ''])
      const { ctx } = world.surface
      const link = new URL((await createOwnerLink(ctx, owner.email)).url).pathname
      const browser = browserAt(openDoor(ctx), ctx)
      await browser.ask(link)
      await browser.ask(link, { form: {}, headers: { Origin: ctx.config.baseUrl } })
      secrets.push(['an owner link', link.split('/').at(-1) ?? ''])
      secrets.push(['the session after it', browser.cookies.get('gatehouse') ?? ''])
      for (const path of ['/invites/', '/sign/', '/set-up/', '/first-run/', '/login/link/']) {
        const secret = `wrong${'x'.repeat(38)}`
        await browser.ask(`${path}${secret}`)
        secrets.push([`a wrong one at ${path}`, secret])
      }
      const all = await kept()
      expect(all).toContain('guest@mail.test')
      expect(logged.length).toBeGreaterThan(30)
      for (const [name, secret] of secrets) {
        expect([name, secret.length > 20, all.includes(secret)]).toEqual([name, true, false])
        const hidden = [Buffer.from(secret).toString('base64').slice(0, 24), encodeURIComponent(secret)]
        expect([name, hidden.some(each => all.includes(each))]).toEqual([name, false])
      }
    })

    it('of failures are not in our own log either', async () => {
      const { ctx } = world.surface
      const before = logged.length
      const broken = {
        ...ctx,
        db: new Proxy(ctx.db, {
          get: () => {
            throw new Error('the database is gone')
          },
        }),
      }
      const secret = `broken${'y'.repeat(37)}`
      const door = openDoor(broken)
      for (const path of [
        `/invites/${secret}`,
        `/set-up/${secret}`,
        `/sign/${secret}`,
        `/login/link/${secret}`,
        `/first-run/${secret}`,
      ]) {
        const answer = await door.request(path, {
          headers: { Cookie: `gatehouse=${owner.secret}`, Authorization: `Bearer ${secret}` },
        })
        expect([path, answer.status]).toEqual([path, 500])
        expect(await answer.text()).not.toContain('the database is gone')
      }
      const lines = logged.slice(before).join('')
      expect(lines).toContain('the database is gone')
      expect([lines.includes(secret), lines.includes(owner.secret)]).toEqual([false, false])
    })

    it('in the address of a page are told to no other page, and to no search engine', async () => {
      const ctx = testContext(await open(), { publicRateLimit: 0 })
      const firstRun = new URL((await offerFirstRun(ctx))?.url ?? '').pathname
      const pages = [
        [openDoor(ctx), firstRun],
        [openDoor(world.surface.ctx), `/set-up/${await world.makeLink()}`],
        [
          openDoor(world.surface.ctx),
          new URL((await createOwnerLink(world.surface.ctx, owner.email)).url).pathname,
        ],
      ] as const
      for (const [door, path] of pages) {
        const { status, headers } = await door.request(path)
        expect([path.split('/')[1], status]).toEqual([path.split('/')[1], 200])
        expect(headers.get('referrer-policy')).toBe('strict-origin')
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.get('x-robots-tag')).toBe('noindex')
      }
    })
  })
})
