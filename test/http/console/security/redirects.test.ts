// Addresses that want to lead elsewhere, given to everything that redirects: all of them end here, or nowhere.
import { beforeAll, describe, expect, it } from 'vitest'
import { OutboxWorker } from '../../../../src/jobs/outbox.ts'
import { createOwnerLink } from '../../../../src/login/link.ts'
import type { TestContext } from '../../../context.ts'
import { eachDatabase } from '../../../database.ts'
import {
  type Browser,
  type Connected,
  openWorld,
  readRedirect,
  respond,
  signIn,
  type World,
} from '../../saml/world.ts'
import { browserAt, type Door, openDoor } from './door.ts'

const here = 'http://127.0.0.1:8000'
const elsewhere = [
  ...['//evil.test', '///evil.test', '////evil.test', '\\\\evil.test', '/\\evil.test', '\\/evil.test'],
  ...['https://evil.test', 'https:evil.test', 'https:/evil.test', 'https:\\\\evil.test', 'HTTPS:evil.test'],
  ...[
    '/\t/evil.test',
    '/\n/evil.test',
    '/\r/evil.test',
    '\t//evil.test',
    ' //evil.test',
    '\u0000//evil.test',
  ],
  ...['/%2f%2fevil.test', '%2f%2fevil.test', '%2F/evil.test', '/%5cevil.test', '/%09/evil.test'],
  ...['@evil.test', '/@evil.test', `${here}@evil.test`, `${here}.evil.test`, `${here}:1@evil.test/`],
  ...['/..//evil.test', '/.//evil.test', '/a/..//evil.test', '/%2e%2e//evil.test', '/a/%2e%2e//evil.test'],
  ...[
    'javascript:alert(1)',
    'JavaScript:alert(1)//',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
  ],
  ...['/\u2028/evil.test', '/\u202e/evil.test', '／／evil.test', '。evil.test', 'evil.test', '?//evil.test'],
  ...['//evil.test%2f..', '//evil%E3%80%82test', '//[::1]', '/login?next=//evil.test', '/;//evil.test'],
  ...[
    `https://evil.test#${here}`,
    `https://evil.test?${here}`,
    '/x\r\nLocation: //evil.test',
    '/'.repeat(3000),
  ],
]

describe('redirects', () => {
  eachDatabase((_, open) => {
    let world: World
    let ctx: TestContext
    let door: Door
    let domain: Connected
    beforeAll(async () => {
      world = await openWorld(await open(), { publicRateLimit: 0, apiRateLimit: 0, baseUrl: here })
      ctx = world.ctx
      door = openDoor(ctx)
      domain = await world.connect('acme.test', { saml_idp_initiated_enabled: true })
      for (const email of ['ada@acme.test', 'owner@mail.test'])
        await world.addMember(world.organizationId, email, 15)
    })
    /** Where a browser goes that is sent there from our pages; undefined where it stays. */
    const goes = (answer: Response, from: string): string | undefined => {
      const to = answer.headers.get('location')
      return to === null ? undefined : new URL(to, here + from).href
    }
    const staysHere = (place: string | undefined) => place === undefined || new URL(place).origin === here
    const form = (fields: Record<string, string>) => ({ form: fields, headers: { Origin: here } })
    const enter = async (): Promise<Browser> => {
      const browser = browserAt(door, ctx)
      const { url } = await createOwnerLink(ctx, 'owner@mail.test')
      await browser.ask(new URL(url).pathname, form({}))
      return browser
    }
    const query = (next: string) => new URLSearchParams({ next }).toString()

    it('of somebody who is signed in already stay here', async () => {
      const browser = await enter()
      for (const next of elsewhere) {
        const answer = await browser.ask(`/login?${query(next)}`)
        expect([next, answer.status < 500, staysHere(goes(answer, '/login'))]).toEqual([next, true, true])
      }
    })

    it('after a mailed link stay here', async () => {
      for (const next of elsewhere) {
        const browser = browserAt(door, ctx)
        ctx.mails.splice(0)
        const asked = await browser.ask('/login', form({ email: 'owner@mail.test', next }))
        expect([next, asked.status < 500, staysHere(goes(asked, '/login'))]).toEqual([next, true, true])
        if (asked.status !== 200) continue
        await ctx.db.updateTable('sign_in_links').set({ created_at: '2000-01-01T00:00:00.000Z' }).execute()
        await expect
          .poll(async () => {
            await new OutboxWorker(ctx).deliverDue()
            return ctx.mails.length
          })
          .toBe(1)
        const [path = ''] = /\/login\/link\/[\w-]+/.exec(ctx.mails[0]?.text ?? '') ?? []
        const answer = await browser.ask(path, form({}))
        expect([next, answer.status, staysHere(goes(answer, path))]).toEqual([next, 303, true])
      }
    })

    it('after SAML stay here, by whichever way it began', async () => {
      for (const next of elsewhere) {
        for (const path of [`/saml/${domain.id}/login?`, '/login/saml?email=ada%40acme.test&']) {
          const browser = world.browser()
          const start = await browser.ask(path + query(next))
          if (start.status !== 302) {
            expect([next, start.status]).toEqual([next, 400])
            continue
          }
          expect(new URL(start.headers.get('location') ?? '').origin).toBe('https://idp.test')
          const { requestId, relayState } = readRedirect(start)
          const SAMLResponse = respond(world, domain, { requestId })
          const answer = await browser.answer(domain, { SAMLResponse, RelayState: relayState })
          expect([next, answer.status, staysHere(goes(answer, '/'))]).toEqual([next, 303, true])
        }
        const unsolicited = await world.browser().answer(domain, {
          SAMLResponse: respond(world, domain, { requestId: null }),
          RelayState: next,
        })
        expect([next, unsolicited.status < 500, staysHere(goes(unsolicited, '/'))]).toEqual([
          next,
          true,
          true,
        ])
      }
    })

    it('of refused forms of signing in lead nowhere else: the way to begin anew is here', async () => {
      for (const next of elsewhere) {
        const browser = world.browser()
        const { response } = await signIn(world, domain, {
          ...{ browser, path: `/saml/${domain.id}/login`, changes: { issuer: 'https://other.test' } },
        })
        expect(response.status).toBe(400)
        const answer = await browser.ask(`/login?${query(next)}`)
        const links = [...(await answer.text()).matchAll(/(?:href|action|src)="([^"]*)"/g)]
        expect(links.filter(([, place = '']) => !staysHere(new URL(place, `${here}/login`).href))).toEqual([])
      }
    })

    it('to the sign-in, and back to a page of the console, stay here', async () => {
      const browser = await enter()
      for (const next of elsewhere) {
        const path = `/members?${query(next)}`
        const answer = await browserAt(door, ctx).ask(path)
        const kept = path.length > 2048 ? '/members' : path
        expect(goes(answer, path)).toBe(`${here}/login?${query(kept)}`)
        const back = await browser.ask(`/login?${query(kept)}`)
        expect(goes(back, '/login')).toBe(`${here}${kept}`)
      }
    })

    it('of paths with too many slashes, or with another host in the request, stay here', async () => {
      const browser = await enter()
      for (const path of [
        '//evil.test',
        '//evil.test/members',
        '//members//evil.test',
        '/members/%2f%2fevil.test',
        '//login?next=//evil.test',
      ]) {
        for (const visitor of [browser, browserAt(door, ctx)]) {
          const answer = await visitor.ask(path, {
            headers: { Host: 'evil.test', 'X-Forwarded-Host': 'evil.test' },
          })
          expect([path, answer.status < 500, staysHere(goes(answer, '/'))]).toEqual([path, true, true])
        }
      }
      for (const path of ['/', '/members', '/login', '/set-up-links', '/pending-invites']) {
        const answer = await browser.ask(path, {
          headers: { Host: 'evil.test', 'X-Forwarded-Host': 'evil.test' },
        })
        expect(await answer.text()).not.toContain('evil.test')
      }
    })

    it('of what carries where it came from stay here', async () => {
      const browser = await enter()
      const csrf = /name="csrf" value="([^"]+)"/.exec(await (await browser.ask('/keys')).text())?.[1] ?? ''
      const person = (
        await ctx.db
          .selectFrom('people')
          .select('id')
          .where('email', '=', 'ada@acme.test')
          .executeTakeFirstOrThrow()
      ).id
      for (const evil of elsewhere) {
        const fields = { csrf, back: evil, next: evil, level: '15', organization: evil, domain: evil }
        for (const path of [
          `/members/${person}/level`,
          '/organization',
          '/operator/leave',
          `/people/${person}/level`,
        ]) {
          const answer = await browser.ask(path, form(fields))
          expect([path, evil, answer.status < 500, staysHere(goes(answer, path))]).toEqual([
            path,
            evil,
            true,
            true,
          ])
        }
        const guided = new URLSearchParams({ guide: evil, idp: evil, code: 'x', next: evil })
        for (const path of [`/domains/${domain.id}/saml`, '/integrations/vercel', `/domains/${domain.id}`]) {
          const answer = await browser.ask(`${path}?${guided}`)
          expect([path, evil, staysHere(goes(answer, path))]).toEqual([path, evil, true])
          const links = [...(await answer.text()).matchAll(/(?:href|action|src)="([^"]*)"/g)].map(
            ([, place = '']) => new URL(place.replaceAll('&amp;', '&'), here + path),
          )
          expect(
            links.filter(({ host, protocol }) => host.includes('evil') || !/^https?:$/.test(protocol)),
          ).toEqual([])
        }
      }
    })
  })
})
