// Sessions that somebody else has put into a browser: every way of signing in replaces them, and they open nothing afterwards.
import { beforeAll, describe, expect, it } from 'vitest'
import { newSecret } from '../../../../src/base/secret.ts'
import { OutboxWorker } from '../../../../src/jobs/outbox.ts'
import { createOwnerLink, requestLink } from '../../../../src/login/link.ts'
import { operatorCaller } from '../../../../src/manage/caller.ts'
import { issueInvites } from '../../../../src/manage/invites.ts'
import { offerFirstRun } from '../../../../src/manage/operators/first-run.ts'
import { createSetUpLink } from '../../../../src/manage/set-up-links.ts'
import { type TestContext, testContext } from '../../../context.ts'
import { eachDatabase, type Open } from '../../../database.ts'
import { type Browser, type Connected, openWorld, signIn, type World } from '../../saml/world.ts'
import { browserAt, type Door, openDoor } from './door.ts'

const cookie = 'gatehouse'

interface Way {
  readonly name: string
  /** Signs the browser in, which holds whatever was put into it. */
  readonly take: (browser: Browser) => Promise<Response>
}

describe('a session that was planted in a browser', () => {
  eachDatabase((_, open) => {
    let world: World
    let ctx: TestContext
    let door: Door
    let domain: Connected
    let ways: Way[]
    beforeAll(async () => {
      world = await openWorld(await open(), { publicRateLimit: 0 })
      ctx = world.ctx
      door = openDoor(ctx)
      domain = await world.connect('acme.test')
      for (const email of ['victim@acme.test', 'owner@mail.test'])
        await world.addMember(world.organizationId, email, 15)
      ways = [
        {
          name: 'SAML',
          take: async browser =>
            (await signIn(world, domain, { browser, email: 'victim@acme.test' })).response,
        },
        {
          name: 'a mailed link',
          take: async browser => follow(browser, await mailedLink('victim@acme.test')),
        },
        {
          name: 'an owner link',
          take: async browser => follow(browser, (await createOwnerLink(ctx, 'owner@mail.test')).url),
        },
      ]
    })
    const follow = (browser: Browser, url: string) =>
      browser.ask(new URL(url).pathname, { form: {}, headers: { Origin: ctx.config.baseUrl } })
    async function mailedLink(email: string): Promise<string> {
      ctx.mails.splice(0)
      await requestLink(ctx, { email })
      await expect
        .poll(async () => {
          await new OutboxWorker(ctx).deliverDue()
          return ctx.mails.at(-1)?.text
        })
        .toMatch(/\/login\/link\//)
      return /https?:\S+\/login\/link\/[\w-]+/.exec(ctx.mails.at(-1)?.text ?? '')?.[0] ?? ''
    }
    /** Where the console leads whoever has this session. */
    const openedBy = async (secret: string) => {
      const browser = browserAt(door, ctx)
      browser.cookies.set(cookie, secret)
      const answer = await browser.ask('/')
      return answer.headers.get('location') ?? /<span>([^<@]+@[^<]+)<\/span>/.exec(await answer.text())?.[1]
    }
    const begin = (secret: string): Browser => {
      const browser = browserAt(door, ctx)
      browser.cookies.set(cookie, secret)
      return browser
    }

    it('is replaced by every way in, and is no session of the person who came in', async () => {
      for (const { name, take } of ways) {
        const planted = newSecret()
        const browser = begin(planted)
        const answer = await take(browser)
        const fresh = browser.cookies.get(cookie) ?? ''
        expect([name, answer.status, fresh === planted, fresh.length]).toEqual([name, 303, false, 43])
        expect([name, await openedBy(planted)]).toEqual([name, '/login'])
        expect([name, await openedBy(fresh)]).toEqual([
          name,
          expect.stringMatching(/^(?:victim@acme|owner@mail)\.test$/),
        ])
      }
    })

    it('ends with the next one when it was a real one', async () => {
      for (const { name, take } of ways) {
        const attacker = begin('')
        await follow(attacker, (await createOwnerLink(ctx, 'owner@mail.test')).url)
        const planted = attacker.cookies.get(cookie) ?? ''
        expect(await openedBy(planted)).toBe('owner@mail.test')
        const browser = begin(planted)
        await take(browser)
        expect([name, await openedBy(planted)]).toEqual([name, '/login'])
        expect(browser.cookies.get(cookie)).not.toBe(planted)
      }
    })

    it('is not let into an organization by an invite that its browser accepts', async () => {
      const [link] = await issueInvites(ctx, operatorCaller(world.organizationId), [
        {
          ...{ target_email: 'new@mail.test', first_name: '', level: 1, message: '' },
          ...{ private_project_access: [], send_email: false, combine_pending_invites: false },
        },
      ])
      const planted = newSecret()
      const browser = begin(planted)
      const answer = await follow(browser, link?.url ?? '')
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
      expect(await openedBy(planted)).toBe('/login')
    })

    it('is replaced by the first run', async () => {
      const empty = testContext(await open(), { publicRateLimit: 0 })
      const browser = browserAt(openDoor(empty), empty)
      const planted = newSecret()
      browser.cookies.set(cookie, planted)
      const url = (await offerFirstRun(empty))?.url ?? ''
      const form = { organization: 'Acme', first_name: '', last_name: '', email: 'first@acme.test' }
      const headers = { Origin: empty.config.baseUrl }
      expect((await browser.ask(new URL(url).pathname, { form, headers })).status).toBe(303)
      const fresh = browser.cookies.get(cookie)
      expect([fresh === planted, (await browser.ask('/')).status]).toEqual([false, 200])
      browser.cookies.set(cookie, planted)
      expect((await browser.ask('/')).headers.get('location')).toBe('/login')
    })

    it('ends with signing out, in this browser and wherever it was copied to', async () => {
      const browser = begin('')
      await follow(browser, (await createOwnerLink(ctx, 'owner@mail.test')).url)
      const secret = browser.cookies.get(cookie) ?? ''
      await browser.ask('/logout', { form: {}, headers: { Origin: ctx.config.baseUrl } })
      expect([browser.cookies.has(cookie), await openedBy(secret)]).toEqual([false, '/login'])
    })

    it('is no set-up link either: the one that is followed replaces it, and it opens nothing', async () => {
      const { url } = await createSetUpLink(ctx, operatorCaller(world.organizationId), {
        ...{ domainId: domain.id, label: 'IT', sendTo: '', parts: ['verify'], days: 1 },
      })
      const planted = newSecret()
      const browser = browserAt(door, ctx)
      browser.cookies.set('gatehouse-set-up', planted)
      expect((await browser.ask('/set-up')).status).toBe(404)
      expect((await follow(browser, url)).status).toBe(303)
      expect(browser.cookies.get('gatehouse-set-up')).not.toBe(planted)
      expect((await browser.ask('/set-up')).status).toBe(200)
      expect((await browser.ask('/')).headers.get('location')).toBe('/login')
      browser.cookies.set('gatehouse-set-up', planted)
      expect((await browser.ask('/set-up')).status).toBe(404)
    })
  })
})

describe('cookies over https', () => {
  eachDatabase((_, open) => {
    const openSecurely = async (open: Open) => {
      const ctx = testContext(await open(), { publicRateLimit: 0, baseUrl: 'https://gatehouse.test' })
      const door = openDoor(ctx)
      const path = new URL((await offerFirstRun(ctx))?.url ?? '').pathname
      const body = new URLSearchParams({ organization: 'Acme', email: 'first@acme.test' }).toString()
      const headers = { Origin: ctx.config.baseUrl, 'Content-Type': 'application/x-www-form-urlencoded' }
      return { door, answer: await door.request(path, { method: 'POST', headers, body }) }
    }

    it('are for this host alone, out of the reach of scripts, and not sent along by other sites', async () => {
      const { answer } = await openSecurely(open)
      const [set = ''] = answer.headers.getSetCookie()
      expect(set).toMatch(
        /^__Host-gatehouse=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      )
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
    })

    it('are not taken from whoever can set them for the whole domain', async () => {
      const { door, answer } = await openSecurely(open)
      const secret = /__Host-gatehouse=([\w-]+)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1]
      const at = (name: string) => door.request('/', { headers: { Cookie: `${name}=${secret}` } })
      expect((await at('__Host-gatehouse')).status).toBe(200)
      expect((await at('gatehouse')).headers.get('location')).toBe('/login')
    })
  })
})
