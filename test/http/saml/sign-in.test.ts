// The public pages: the way in for an address, mailed links, the operator's link, signing out, and who may post to them.
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unseal } from '../../../src/base/seal.ts'
import { createOwnerLink, requestLink } from '../../../src/login/link.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeDomain } from '../../../src/manage/domains/domains.ts'
import type { Mail } from '../../../src/outside/mail/message.ts'
import { updateMember } from '../../../src/store/organization/members.ts'
import { mailKind, outboxPurpose } from '../../../src/store/records/outbox.ts'
import { eachDatabase } from '../../database.ts'
import { type Connected, codeOn, openWorld, signIn, type World } from './world.ts'

describe('sign-in', () => {
  eachDatabase((_, open) => {
    let world: World
    let acme: Connected
    beforeAll(async () => {
      world = await openWorld(await open(), { publicRateLimit: 0 })
      acme = await world.connect('acme.test')
      await world.addMember(acme.organizationId, 'ada@acme.test')
      await world.addMember(acme.organizationId, 'guest@elsewhere.test')
    })
    beforeEach(async () => {
      await world.ctx.db.deleteFrom('outbox').execute()
      await world.ctx.db.deleteFrom('sessions').execute()
      await world.ctx.db.deleteFrom('sign_in_links').execute()
    })
    const sessions = () => world.ctx.db.selectFrom('sessions').selectAll().execute()
    /** What waits in the outbox, at least so many; mails are written beside the answer. */
    const mails = async (count = 0): Promise<Mail[]> => {
      const { db, config } = world.ctx
      for (let tries = 0; ; tries++) {
        const items = await db.selectFrom('outbox').selectAll().where('kind', '=', mailKind).execute()
        if (items.length >= count || tries === 100) {
          return items.map(item => JSON.parse(unseal(config.secrets, item.sealed, outboxPurpose)) as Mail)
        }
        await sleep(10)
      }
    }
    const mailed = async (count = 1) =>
      (await mails(count)).map(mail => /(\/login\/link\/[\w-]+)/.exec(mail.text)?.[1] ?? '')
    const ask = (email: string, next?: string) =>
      world.browser().ask('/login', { form: { email, ...(next !== undefined && { next }) } })
    const linkFor = async (email: string, next?: string) => {
      await ask(email, next)
      const [link = ''] = await mailed()
      await world.ctx.db.deleteFrom('outbox').execute()
      return link
    }
    const enforce = (how: 'saml' | '') =>
      changeDomain(world.ctx, operatorCaller(acme.organizationId), {
        id: acme.id,
        patch: { sso_enforcement: how },
      })

    describe('GET, POST /login', () => {
      it('asks for the address, and keeps where it is going', async () => {
        const response = await world.browser().ask('/login?next=%2Fa%22%3E%3Cb')
        expect(response.status).toBe(200)
        const page = await response.text()
        expect(page).toContain('name="email"')
        expect(page).toContain('value="/a&quot;&gt;&lt;b"')
      })

      it('goes on to SAML where the address has it', async () => {
        const response = await ask('ada@acme.test', '/a')
        expect(response.status).toBe(303)
        expect(response.headers.get('location')).toBe('/login/saml?email=ada%40acme.test&next=%2Fa')
      })

      it('mails a link otherwise, with the same page for somebody unknown', async () => {
        const known = await (await ask('guest@elsewhere.test')).text()
        expect(await mailed()).toHaveLength(1)
        expect(await mails()).toMatchObject([{ to: 'guest@elsewhere.test' }])
        const unknown = await (await ask('ghost@elsewhere.test')).text()
        const plain = (page: string) => page.replaceAll(/guest|ghost/g, '').replaceAll(/nonce="[^"]*"/g, '')
        expect(plain(unknown)).toBe(plain(known))
        await sleep(50)
        expect(await mails()).toHaveLength(1)
      })

      it('does not fill a mailbox', async () => {
        for (let times = 0; times < 8; times++) await ask('guest@elsewhere.test')
        await mailed(5)
        await sleep(50)
        expect(world.ctx.mails.length).toBeLessThanOrEqual(8)
        const links = await world.ctx.db.selectFrom('sign_in_links').selectAll().execute()
        expect(links.length).toBeGreaterThan(0)
        await ask('guest@elsewhere.test')
        await sleep(50)
        expect(await world.ctx.db.selectFrom('sign_in_links').selectAll().execute()).toHaveLength(
          links.length,
        )
      })

      it('refuses what is no address, and a way to elsewhere', async () => {
        expect((await ask('nobody')).status).toBe(400)
        expect((await ask('guest@elsewhere.test', '//evil.test')).status).toBe(400)
        expect(await mails()).toEqual([])
      })
    })

    describe('/login/link/{token}', () => {
      it('shows first, signs in at a press, once', async () => {
        const link = await linkFor('guest@elsewhere.test', '/a')
        const browser = world.browser()
        const shown = await browser.ask(link)
        expect(shown.status).toBe(200)
        expect(await shown.text()).toContain('guest@elsewhere.test')
        expect(await sessions()).toEqual([])
        const entered = await browser.ask(link, { method: 'POST' })
        expect(entered.status).toBe(303)
        expect(entered.headers.get('location')).toBe('/a')
        expect(await sessions()).toMatchObject([{ method: 'email', domain_id: null }])
        expect((await browser.ask(link, { method: 'POST' })).status).toBe(404)
        expect((await browser.ask(link)).status).toBe(404)
        expect((await browser.ask('/login?next=/b')).headers.get('location')).toBe('/b')
      })

      it('of two presses at once, one signs in', async () => {
        const link = await linkFor('guest@elsewhere.test')
        const answers = await Promise.all([1, 2].map(() => world.browser().ask(link, { method: 'POST' })))
        expect(answers.map(each => each.status).sort()).toEqual([303, 404])
        expect(await sessions()).toHaveLength(1)
      })

      it('is dead after 15 minutes, made up, or for somebody who has been suspended', async () => {
        const link = await linkFor('guest@elsewhere.test')
        const last = await linkFor('guest@elsewhere.test')
        world.ctx.clock.advance(15 * 60_000 + 1)
        expect((await world.browser().ask(link, { method: 'POST' })).status).toBe(404)
        expect((await world.browser().ask(`${last}x`)).status).toBe(404)
        const fresh = await linkFor('guest@elsewhere.test')
        const { person_id: personId } = await world.ctx.db
          .selectFrom('sign_in_links')
          .select('person_id')
          .executeTakeFirstOrThrow()
        const now = world.ctx.now().toISOString()
        const change = { personId, updated_at: now }
        await updateMember(world.ctx.db, acme.organizationId, { ...change, status: 'suspended' })
        expect((await world.browser().ask(fresh, { method: 'POST' })).status).toBe(404)
        await updateMember(world.ctx.db, acme.organizationId, { ...change, status: 'active' })
      })

      it('ends the session that the browser had', async () => {
        const browser = world.browser()
        await browser.ask(await linkFor('guest@elsewhere.test'), { method: 'POST' })
        await browser.ask(await linkFor('guest@elsewhere.test'), { method: 'POST' })
        expect(await sessions()).toHaveLength(1)
      })

      it('stored as a digest alone', async () => {
        const link = await linkFor('guest@elsewhere.test')
        const rows = await world.ctx.db.selectFrom('sign_in_links').selectAll().execute()
        expect(JSON.stringify(rows)).not.toContain(link.split('/').at(-1))
      })
    })

    describe('enforcement', () => {
      it('closes mailed links for the domain, those that are out already too, and points to SAML', async () => {
        await signIn(world, acme)
        const { url } = await createOwnerLinkFor('ada@acme.test')
        await requestLink(world.ctx, { email: 'ada@acme.test' })
        const [link = ''] = await mailed()
        await enforce('saml')
        const response = await ask('ada@acme.test')
        expect(response.headers.get('location')).toContain('/login/saml?email=')
        const closed = await world.browser().ask(link, { method: 'POST' })
        expect([closed.status, await codeOn(closed)]).toEqual([400, 'sso_enforced'])
        await expect(requestLink(world.ctx, { email: 'Ada@acme.test' })).rejects.toMatchObject({
          code: 'sso_enforced',
          message: expect.stringContaining('/login/saml?email=ada%40acme.test'),
        })
        const entered = await world.browser().ask(new URL(url).pathname, { method: 'POST' })
        expect(entered.status).toBe(303)
        expect((await sessions()).map(each => each.method).sort()).toEqual(['owner', 'saml'])
        await enforce('')
      })
    })

    const createOwnerLinkFor = async (email: string) => {
      const { person_id: personId } = await world.ctx.db
        .selectFrom('members')
        .innerJoin('people', 'people.id', 'members.person_id')
        .select('members.person_id')
        .where('people.email', '=', email)
        .executeTakeFirstOrThrow()
      const now = world.ctx.now().toISOString()
      await updateMember(world.ctx.db, acme.organizationId, { personId, level: 15, updated_at: now })
      return createOwnerLink(world.ctx, email)
    }

    describe('the operator’s link', () => {
      it('is for owners alone, works once, within 15 minutes, and is in the audit log', async () => {
        await expect(createOwnerLink(world.ctx, 'guest@elsewhere.test')).rejects.toThrow(
          'owner of no organization',
        )
        await expect(createOwnerLink(world.ctx, 'nobody@acme.test')).rejects.toThrow()
        const { url, expires_at } = await createOwnerLinkFor('ada@acme.test')
        expect(Date.parse(expires_at) - world.ctx.now().getTime()).toBeLessThanOrEqual(15 * 60_000)
        const { pathname } = new URL(url)
        expect((await world.browser().ask(pathname, { method: 'POST' })).status).toBe(303)
        expect((await world.browser().ask(pathname, { method: 'POST' })).status).toBe(404)
        const audit = await world.ctx.db
          .selectFrom('audit')
          .select('action')
          .where('organization_id', '=', acme.organizationId)
          .where('actor_type', '=', 'operator')
          .where('action', '=', 'owner_link.created')
          .execute()
        expect(audit.length).toBeGreaterThan(0)
      })
    })

    describe('POST /logout', () => {
      it('ends the session here, and takes the cookie', async () => {
        const { browser } = await signIn(world, acme)
        const isSignedIn = async () => (await browser.ask('/login?next=%2F')).status === 303
        expect(await isSignedIn()).toBe(true)
        const response = await browser.ask('/logout', { method: 'POST' })
        expect(response.status).toBe(303)
        expect(browser.cookies.has('gatehouse')).toBe(false)
        expect(await sessions()).toEqual([])
        expect(await isSignedIn()).toBe(false)
        expect((await browser.ask('/logout', { method: 'POST' })).status).toBe(303)
      })

      it('is not for GET', async () => {
        expect((await world.browser().ask('/logout')).status).toBe(404)
      })
    })

    describe('other sites', () => {
      it.each([
        { Origin: 'https://evil.test' },
        { Origin: 'null' },
        { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
        { Origin: 'http://127.0.0.1:3001' },
      ])('may not post to our forms: %j', async headers => {
        const { browser } = await signIn(world, acme)
        const link = await linkFor('guest@elsewhere.test')
        for (const [path, form] of [
          ['/login', { email: 'guest@elsewhere.test' }],
          ['/logout', {}],
          [link, {}],
        ] as const) {
          const response = await browser.ask(path, { form, headers })
          expect(response.status).toBe(403)
          expect(await codeOn(response)).toBe('other_origin')
        }
        expect(await sessions()).toHaveLength(1)
      })

      it('our own pages may, with a hidden origin too', async () => {
        for (const headers of [
          { Origin: 'http://127.0.0.1:3000' },
          { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' },
        ] as const) {
          expect((await world.browser().ask('/logout', { method: 'POST', headers })).status).toBe(303)
        }
      })
    })

    it('a page that is not there is one of ours, and says so', async () => {
      const response = await world.browser().ask('/login/nowhere')
      expect(response.status).toBe(404)
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    })
  })
})

describe('the public limit', () => {
  eachDatabase((_, open) => {
    it('counts forms and links by address', async () => {
      const world = await openWorld(await open(), {
        publicRateLimit: { perMinute: 60, burst: 2 },
        trustedProxies: 1,
      })
      const from = (ip: string) =>
        world.browser().ask('/login', {
          form: { email: 'nobody@elsewhere.test' },
          headers: { 'X-Forwarded-For': ip },
        })
      const statuses = []
      for (let times = 0; times < 3; times++) statuses.push((await from('192.0.2.1')).status)
      expect(statuses).toEqual([200, 200, 429])
      expect((await from('192.0.2.2')).status).toBe(200)
      expect((await from('192.0.2.1')).headers.get('retry-after')).toMatch(/^\d+$/)
    })
  })
})
