// The page of the first run: once, for whoever has the link that was printed last, and for nobody afterwards.
import { beforeEach, describe, expect, it } from 'vitest'
import { createConsoleApp } from '../../../src/http/console/app.ts'
import { createFirstRunApp } from '../../../src/http/first-run/app.ts'
import { createSignInApp } from '../../../src/http/saml/app.ts'
import { offerFirstRun } from '../../../src/manage/operators/first-run.ts'
import { bootstrap } from '../../../src/manage/organizations/bootstrap.ts'
import { type TestContext, testContext } from '../../context.ts'
import { eachDatabase } from '../../database.ts'

const ada = {
  organization: 'Acme',
  first_name: 'Ada',
  last_name: 'Lovelace',
  email: 'Ada@Acme.test',
}

describe('the first run', () => {
  eachDatabase((_, open) => {
    let ctx: TestContext
    let path: string
    beforeEach(async () => {
      ctx = testContext(await open(), { publicRateLimit: 0 })
      path = await printed()
    })
    const printed = async () => new URL((await offerFirstRun(ctx))?.url ?? '').pathname
    const host = () => ({ Host: new URL(ctx.config.baseUrl).host })
    const look = async (at = path, headers: Record<string, string> = host()) =>
      createFirstRunApp(ctx).request(at, { headers })
    const send = async (fields: Record<string, string>, headers: Record<string, string> = {}, at = path) =>
      createFirstRunApp(ctx).request(at, {
        method: 'POST',
        headers: {
          ...host(),
          Origin: ctx.config.baseUrl,
          'Content-Type': 'application/x-www-form-urlencoded',
          ...headers,
        },
        body: new URLSearchParams(fields).toString(),
      })
    const count = async (table: 'organizations' | 'people' | 'sessions' | 'first_run') =>
      (await ctx.db.selectFrom(table).selectAll().execute()).length

    it('makes organization, owner and operator, and signs the browser in', async () => {
      const response = await send(ada)
      expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
      const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
      const home = await createConsoleApp(ctx, { draining: false }).request('/', {
        headers: { ...host(), Cookie: cookie },
      })
      expect(await home.text()).toContain('ada@acme.test')
      const people = await ctx.db.selectFrom('people').selectAll().execute()
      expect(people).toMatchObject([
        { email: 'ada@acme.test', first_name: 'Ada', is_operator: 1, is_email_verified: 1 },
      ])
      const members = await ctx.db.selectFrom('members').selectAll().execute()
      expect(members).toMatchObject([{ level: 15, status: 'active', origin: 'founder' }])
    })

    it('says in the logs who it was', async () => {
      await send(ada)
      const audit = await ctx.db.selectFrom('audit').selectAll().orderBy('id').execute()
      expect(audit).toMatchObject([
        { action: 'organization.created', actor_type: 'operator', actor_label: 'ada@acme.test' },
        { action: 'session.created', actor_label: 'ada@acme.test' },
      ])
      const log = await ctx.db.selectFrom('operator_log').selectAll().execute()
      expect(log).toMatchObject([{ action: 'operator.granted', target: 'ada@acme.test' }])
    })

    it('does nothing when it is looked at', async () => {
      const response = await look()
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(await response.text()).toContain('Name of the organization')
      expect(await count('organizations')).toBe(0)
      expect((await send(ada)).status).toBe(303)
    })

    it('lets one of two in who send it at once', async () => {
      const answers = await Promise.all([send(ada), send({ ...ada, email: 'eve@acme.test' })])
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
      expect([await count('organizations'), await count('people'), await count('sessions')]).toEqual([
        1, 1, 1,
      ])
    })

    it('is dead for everybody afterwards, and says so', async () => {
      await send(ada)
      for (const response of [await look(), await send(ada)]) {
        expect(response.status).toBe(404)
        expect(await response.text()).toContain('This server is set up already')
      }
      expect(await offerFirstRun(ctx)).toBeUndefined()
    })

    it('is dead once bootstrap has made an organization', async () => {
      await bootstrap(ctx, { organization: 'Scripted', owner: 'owner@acme.test' })
      expect(await (await look()).text()).toContain('This server is set up already')
      expect((await send(ada)).status).toBe(404)
      expect([await count('organizations'), await count('first_run')]).toEqual([1, 0])
    })

    it('makes one organization when it meets a bootstrap', async () => {
      await Promise.all([send(ada), bootstrap(ctx, { organization: 'Acme', owner: 'owner@acme.test' })])
      const names = await ctx.db.selectFrom('organizations').select('name').execute()
      expect(names.length).toBeLessThanOrEqual(2)
      expect((await look()).status).toBe(404)
    })

    it('follows the link alone that was printed last', async () => {
      const newer = await printed()
      expect(await (await look()).text()).toContain('This link leads nowhere')
      expect((await send(ada)).status).toBe(404)
      expect((await send(ada, {}, newer)).status).toBe(303)
    })

    it('has one link however many servers begin at once', async () => {
      const links = await Promise.all([printed(), printed(), printed()])
      const alive = await Promise.all(links.map(async at => (await look(at)).status))
      expect(alive.filter(status => status === 200)).toHaveLength(1)
      expect(await count('first_run')).toBe(1)
    })

    it('ends after a day', async () => {
      ctx.clock.advance(24 * 60 * 60 * 1000 + 1)
      expect((await look()).status).toBe(404)
      expect((await send(ada)).status).toBe(404)
      expect((await look(await printed())).status).toBe(200)
    })

    it('keeps what was typed when it is refused, and says what was expected', async () => {
      for (const [field, value, words] of [
        ['organization', ' ', 'got nothing'],
        ['organization', 'x'.repeat(65), 'at most 64'],
        ['email', 'nobody', 'an e-mail address'],
        ['email', `${'x'.repeat(250)}@acme.test`, 'at most 254'],
        ['first_name', 'x'.repeat(101), 'at most 100'],
      ] as const) {
        const response = await send({ ...ada, [field]: value })
        const page = await response.text()
        expect([field, response.status]).toEqual([field, 400])
        expect(page).toContain(words)
        expect(page).toContain('value="Lovelace"')
      }
      expect(await count('people')).toBe(0)
      expect((await send(ada)).status).toBe(303)
    })

    it('shows hostile text inert', async () => {
      const response = await send({ ...ada, organization: '"><script>alert(1)</script>', email: '\u202e<b>' })
      const page = await response.text()
      expect(page).not.toContain('<script>alert')
      expect(page).not.toContain('<b>')
      expect(page).toContain('\\u{202E}')
    })

    it('refuses forms of other sites', async () => {
      for (const headers of [
        { Origin: 'https://evil.test' },
        { Origin: 'null' },
        { 'Sec-Fetch-Site': 'cross-site' },
      ]) {
        expect((await send(ada, headers)).status).toBe(403)
      }
      expect(await count('organizations')).toBe(0)
    })

    it('says when it was opened under another name than it should have', async () => {
      const page = await (await look(path, { Host: 'other.test:3000' })).text()
      expect(page).toContain('other.test:3000')
      expect(page).toContain(`href="${ctx.config.baseUrl}${path}"`)
      expect(await (await look()).text()).not.toContain('GATEHOUSE_BASE_URL')
      const refused = await (await send(ada, { Origin: 'http://other.test:3000' })).text()
      expect(refused).toContain('Open the page there')
    })

    it('is what the sign-in leads to on an empty server', async () => {
      const judge = () => Promise.reject(new Error('nobody is judged here'))
      const signIn = async () => (await createSignInApp(ctx, judge).request('/login')).text()
      expect(await signIn()).toContain('This server is not set up yet')
      await send(ada)
      expect(await signIn()).toContain('Your e-mail address')
    })

    it('is not asked without end', async () => {
      const app = createFirstRunApp({
        ...ctx,
        config: { ...ctx.config, publicRateLimit: { perMinute: 1, burst: 2 } },
      })
      const statuses: number[] = []
      for (let time = 0; time < 3; time++) statuses.push((await app.request('/first-run/wrong')).status)
      expect(statuses).toEqual([404, 404, 429])
    })
  })
})
