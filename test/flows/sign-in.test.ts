// One person between SCIM and SAML, through the whole server: what the directory says of them holds at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type Fetch } from '../../src/http/app.ts'
import { JudgeThread } from '../../src/login/saml/judge.ts'
import { operatorCaller } from '../../src/manage/caller.ts'
import { changeDomain } from '../../src/manage/domains/domains.ts'
import { Recorder } from '../../src/provision/log/recorder.ts'
import { eachDatabase } from '../database.ts'
import { type Connected, codeOn, openWorld, respond, signIn, type World } from '../http/saml/world.ts'

describe('signing in', () => {
  eachDatabase((_, open) => {
    let world: World
    let domain: Connected
    let scimToken: string | null
    let server: Fetch
    const judges = new JudgeThread()
    let recorder: Recorder
    beforeAll(async () => {
      world = await openWorld(await open(), {}, judges.judge)
      domain = await world.connect('acme.test')
      const operator = operatorCaller(domain.organizationId)
      const changed = await changeDomain(world.ctx, operator, {
        id: domain.id,
        patch: { scim_enabled: true },
      })
      scimToken = changed.scim_bearer_token
      recorder = new Recorder(world.ctx)
      const lifecycle = { draining: false }
      server = createApp(world.ctx, { lifecycle, recorder, judge: judges.judge, version: 'test' })
    })
    afterAll(async () => {
      await recorder.stop()
      await judges.stop()
    })

    const scim = async (method: string, path: string, body?: object) => {
      const request = new Request(`http://127.0.0.1:3000/scim/v2/${domain.id}${path}`, {
        method,
        headers: { Authorization: `Bearer ${scimToken}`, 'Content-Type': 'application/scim+json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      const response = await server(request)
      const text = await response.text()
      return {
        status: response.status,
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      }
    }
    const setActive = (id: unknown, active: boolean) =>
      scim('PATCH', `/Users/${id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'active', value: active }],
      })
    const statusOf = async (cookie: string | undefined) => {
      const headers = { Cookie: `gatehouse=${cookie}` }
      return (await server(new Request('http://127.0.0.1:3000/api/users/@me', { headers }))).status
    }
    const arrive = async (email: string) => {
      const { response, browser } = await signIn(world, domain, { email })
      return {
        code: response.status === 303 ? 'in' : await codeOn(response),
        cookie: browser.cookies.get('gatehouse'),
      }
    }

    it('ends with the deactivation, in its very transaction, and comes back with the activation alone', async () => {
      const { body: user } = await scim('POST', '/Users', { userName: 'ada@acme.test' })
      const first = await arrive('ada@acme.test')
      expect([first.code, await statusOf(first.cookie)]).toEqual(['in', 200])
      await setActive(user.id, false)
      expect(await statusOf(first.cookie)).toBe(401)
      expect((await arrive('ada@acme.test')).code).toBe('saml_user_deactivated')
      await setActive(user.id, true)
      expect(await statusOf(first.cookie)).toBe(401)
      const second = await arrive('ada@acme.test')
      expect([second.code, await statusOf(second.cookie)]).toEqual(['in', 200])
      await scim('DELETE', `/Users/${user.id}`)
      expect(await statusOf(second.cookie)).toBe(401)
      expect((await arrive('ada@acme.test')).code).toBe('saml_jit_disabled')
    })

    it('at the moment of the deactivation leaves no session behind', async () => {
      for (let round = 0; round < 8; round++) {
        const email = `eve${round}@acme.test`
        const { body: user } = await scim('POST', '/Users', { userName: email })
        const browser = world.browser()
        const { requestId, relayState } = await browser.start(`/saml/${domain.id}/login`)
        const SAMLResponse = respond(world, domain, { requestId, email })
        await Promise.all([
          browser.answer(domain, { SAMLResponse, RelayState: relayState }),
          setActive(user.id, false),
        ])
        const open = await world.ctx.db
          .selectFrom('sessions')
          .innerJoin('people', 'people.id', 'sessions.person_id')
          .select('sessions.id')
          .where('people.email', '=', email)
          .execute()
        expect(open).toEqual([])
      }
    })

    it('ends with the domain', async () => {
      await scim('POST', '/Users', { userName: 'zoe@acme.test' })
      const { cookie } = await arrive('zoe@acme.test')
      expect(await statusOf(cookie)).toBe(200)
      const path = `/api/organizations/${domain.organizationId}/domains/${domain.id}`
      expect((await world.owner('GET', path)).body).toMatchObject({ has_saml: true, has_scim: true })
      expect((await world.owner('DELETE', path)).status).toBe(204)
      expect(await statusOf(cookie)).toBe(401)
    })
  })
})
