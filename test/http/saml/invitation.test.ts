// The page behind the link of an invite: shown, accepted, refused with a reason and a way on.
import { beforeAll, describe, expect, it } from 'vitest'
import { OutboxWorker } from '../../../src/jobs/outbox.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeOrganization } from '../../../src/manage/organizations/organizations.ts'
import { transact } from '../../../src/store/db.ts'
import { lockDomain, replaceDomain } from '../../../src/store/domain/domains.ts'
import { findMember } from '../../../src/store/organization/members.ts'
import { findPersonByEmail } from '../../../src/store/organization/people.ts'
import { eachDatabase } from '../../database.ts'
import { type Connected, codeOn, openWorld, respond, signIn, type World } from './world.ts'

const day = 24 * 60 * 60 * 1000
let guests = 0

describe('invitation', () => {
  eachDatabase((_, open) => {
    let world: World
    let domains = 0
    beforeAll(async () => {
      world = await openWorld(await open(), { publicRateLimit: 0 })
    })

    const aGuest = () => {
      guests += 1
      return `guest${guests}@elsewhere.test`
    }
    /** The path of the link that was mailed. */
    const invite = async (target_email: string, changes: object = {}) => {
      const path = `/api/organizations/${world.organizationId}/invites`
      expect((await world.owner('POST', path, { body: { target_email, ...changes } })).status).toBe(201)
      await new OutboxWorker(world.ctx).deliverDue()
      const mail = world.ctx.mails.findLast(({ to }) => to === target_email)
      return /\/invites\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? 'no link'
    }
    const connect = (organizationId = world.organizationId) => {
      domains += 1
      return world.connect(`invited${domains}.test`, { jit_provisioning_enabled: true }, organizationId)
    }
    const enforce = ({ id, organizationId }: Connected) =>
      transact(world.ctx.db, async tx => {
        const domain = await lockDomain(tx, organizationId, id)
        if (domain) await replaceDomain(tx, { ...domain, ssoEnforcement: 'saml' })
      })
    const show = (path: string, browser = world.browser()) => browser.ask(path)
    const accept = (path: string, { browser = world.browser(), headers = {} } = {}) =>
      browser.ask(path, { form: {}, headers: { Origin: world.ctx.config.baseUrl, ...headers } })
    const memberOf = async (email: string) => {
      const person = await findPersonByEmail(world.ctx.db, email)
      return person && (await findMember(world.ctx.db, world.organizationId, person.id))
    }

    it('shows organization, inviter and level, escaped; to look changes nothing', async () => {
      const caller = operatorCaller(world.organizationId)
      await changeOrganization(world.ctx, caller, { name: '<b>Acme</b>\u202e' })
      const email = aGuest()
      const path = await invite(email, { level: 8 })
      for (let times = 1; times <= 2; times++) {
        const answer = await show(path)
        const text = await answer.text()
        expect(answer.status).toBe(200)
        expect(text).toContain('<bdi>&lt;b&gt;Acme&lt;/b&gt;\\u{202E}</bdi></strong> as an administrator')
        expect(text).toMatch(/<bdi>owner\d+@acme\.test<\/bdi><\/strong> invited you/)
        expect(text).toContain(email)
        expect(text).not.toMatch(/<b>|<script/)
        expect(text).toContain('<form method="post">')
        expect(answer.headers.get('content-security-policy')).toMatch(
          /^default-src 'none'; style-src 'nonce-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
        )
        expect(answer.headers.get('cache-control')).toBe('no-store')
        expect(answer.headers.get('referrer-policy')).toBe('strict-origin')
        expect(answer.headers.get('x-robots-tag')).toBe('noindex')
      }
      expect(await memberOf(email)).toBeUndefined()
    })

    it('accepts by the button; the link leads nowhere afterwards', async () => {
      const email = aGuest()
      const path = await invite(email, { level: 8 })
      const answer = await accept(path)
      expect([answer.status, (await answer.text()).includes('Welcome')]).toEqual([200, true])
      expect(await memberOf(email)).toMatchObject({ level: 8, origin: 'invite' })
      for (const again of [await accept(path), await show(path)]) {
        expect([again.status, (await again.text()).includes('leads nowhere')]).toEqual([404, true])
      }
    })

    it('of two who press it at once one is welcome', async () => {
      const path = await invite(aGuest())
      const statuses = (await Promise.all([accept(path), accept(path)])).map(({ status }) => status)
      expect(statuses.sort()).toEqual([200, 404])
    })

    it.each([
      { Origin: 'https://evil.test' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ])('%j is another site, whose forms accept nothing', async headers => {
      const email = aGuest()
      const path = await invite(email)
      const answer = await accept(path, { headers })
      expect([answer.status, await codeOn(answer)]).toEqual([403, 'other_origin'])
      expect(await memberOf(email)).toBeUndefined()
    })

    it('what is no link of an invite is 404', async () => {
      const path = await invite(aGuest())
      for (const dead of [`${path}x`, path.slice(0, -1), '/invites/x', '/invites/%00', '/invites/%ff']) {
        expect((await show(dead)).status).toBe(404)
        expect((await accept(dead)).status).toBe(404)
      }
    })

    it('an expired one is `expired`', async () => {
      const path = await invite(aGuest())
      world.ctx.clock.advance(3 * day)
      for (const answer of [await show(path), await accept(path)])
        expect([answer.status, await codeOn(answer)]).toEqual([400, 'expired'])
    })

    it('somebody else who is signed in is `invalid_recipient` and can sign out; the recipient is welcome', async () => {
      const elsewhere = await connect((await world.another()).organizationId)
      const email = `ada@${elsewhere.name}`
      const path = await invite(email)
      const { browser: other } = await signIn(world, elsewhere, { email: `bob@${elsewhere.name}` })
      for (const answer of [await show(path, other), await accept(path, { browser: other })]) {
        const text = await answer.clone().text()
        expect([answer.status, await codeOn(answer)]).toEqual([400, 'invalid_recipient'])
        expect(text).toContain('action="/logout"')
      }
      const { browser } = await signIn(world, elsewhere, { email })
      expect((await accept(path, { browser })).status).toBe(200)
      expect(await memberOf(email)).toBeDefined()
    })

    it('a member by then is `user_already_member`', async () => {
      const email = aGuest()
      const path = await invite(email)
      await world.addMember(world.organizationId, email)
      const answer = await accept(path)
      expect([answer.status, await codeOn(answer)]).toEqual([400, 'user_already_member'])
    })

    describe('where single sign-on is enforced for the address', () => {
      const wayOn = async (answer: Response) =>
        /href="(\/login\/saml[^"]*)"/.exec(await answer.text())?.[1]?.replaceAll('&amp;', '&') ?? 'none'

      it('`sso_enforced` offers it in place of the button, and it takes the invite along', async () => {
        const domain = await connect()
        await enforce(domain)
        const email = `ada@${domain.name}`
        const path = await invite(email, { level: 8 })
        const shown = await show(path)
        expect(await shown.clone().text()).not.toContain('<form')
        expect(await shown.clone().text()).toContain('sso_enforced')
        const refused = await accept(path)
        expect([shown.status, refused.status]).toEqual([200, 400])
        const way = await wayOn(shown)
        expect(await wayOn(refused)).toBe(way)
        expect(await memberOf(email)).toBeUndefined()
        const { response } = await signIn(world, domain, { email, path: way })
        expect(response.headers.get('location')).toBe('/')
        expect(await memberOf(email)).toMatchObject({ level: 8, origin: 'invite' })
      })

      it('by another organization, the sign-in leads back to the page', async () => {
        const domain = await connect((await world.another()).organizationId)
        await enforce(domain)
        const email = `ada@${domain.name}`
        const path = await invite(email)
        const browser = world.browser()
        const { requestId, relayState } = await browser.start(await wayOn(await show(path)))
        const SAMLResponse = respond(world, domain, { email, requestId })
        const response = await browser.answer(domain, { SAMLResponse, RelayState: relayState })
        expect(response.headers.get('location')).toBe(path)
        expect(await (await show(path, browser)).text()).toContain('<form')
        expect((await accept(path, { browser })).status).toBe(200)
      })
    })
  })
})
