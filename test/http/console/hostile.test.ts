// Whatever identity providers and people put into what is shown: every page of ours shows it as text, and stays what it is.
import { beforeAll, describe, expect, it } from 'vitest'
import { operatorRoutes, organizationRoutes, personRoutes } from '../../../src/http/console/routes.ts'
import { createFirstRunApp } from '../../../src/http/first-run/app.ts'
import { offerFirstRun } from '../../../src/manage/operators/first-run.ts'
import { testContext } from '../../context.ts'
import { eachDatabase } from '../../database.ts'
import { type Crawled, crawl, listen } from './hostile/crawl.ts'
import { sendForms } from './hostile/forms.ts'
import { type Allowed, inspect, inspectPart } from './hostile/inspection.ts'
import { hostile, planted } from './hostile/values.ts'
import { type HostileWorld, openHostileWorld } from './hostile/world.ts'

const routes = [...personRoutes, ...operatorRoutes, ...organizationRoutes]
const patternsOf = (wanted: 'GET' | 'POST') => [
  ...new Set(routes.filter(([method]) => method === wanted).map(([, path]) => path)),
]
/** Where two fit, the one with fewer parameters is the route. */
const byRoute = [...new Set(routes.map(([, path]) => path))]
  .toSorted((a, b) => a.split(':').length - b.split(':').length)
  .map(pattern => [pattern, new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}$`)] as const)
const patternOf = (pathname: string): string =>
  byRoute.find(([, form]) => form.test(pathname))?.[0] ?? pathname.replace(/[\w-]{30,}/g, ':id')

/** Shown on no page: what is a digest or sealed, what a mail has, what is not kept or was masked before its user went. */
const neverShown = new Set([
  ...[
    'RelayState',
    'RequestId',
    'MailTo',
    'Message',
    'MemberDisplay',
    'InvalidJson',
    'LoginEmail',
    'GoneName',
  ],
])

/** Sites of identity providers that our guides link to. */
const guides = new Set([
  ...['help.okta.com', 'learn.microsoft.com', 'support.google.com', 'developers.onelogin.com'],
  ...['jumpcloud.com', 'docs.pingidentity.com', 'www.keycloak.org'],
])

const query = new URLSearchParams(
  [
    ...[
      'q',
      'who',
      'what',
      'person',
      'status',
      'method',
      'provider',
      'token',
      'within',
      'from',
      'to',
      'page',
    ],
    ...['action', 'request', 'before', 'after', 'done', 'guide', 'idp', 'tested', 'since', 'kind', 'outcome'],
    ...['code', 'next', 'email', 'domain', 'level', 'origin', 'order', 'error', 'group', 'state', 'ip'],
  ].map((name): [string, string] => [name, hostile('Query', 400)]),
).toString()

describe('the eye that looks at pages', () => {
  const page = (body: string) => ({
    path: '/',
    status: 200,
    headers: new Headers({ 'Content-Type': 'text/html; charset=UTF-8' }),
    text: `<!doctype html><html><body>${body}</body></html>`,
  })
  const faultsIn = (body: string): number =>
    inspect(page(body), { here: 'http://here.test', elsewhere: () => false }).complaints.size
  const missingHeaders = faultsIn('<p>&lt;script&gt;</p>')

  it.each([
    ...[
      '<script>alert(1)</script>',
      '<p onclick="x()"></p>',
      '<p style="x"></p>',
      '<a href="javascript:x">a</a>',
    ],
    ...[
      '<a href="//evil.test">a</a>',
      '<zq-planted></zq-planted>',
      '<img src="/x">',
      '<p>a < b</p>',
      '<p>&zq;</p>',
    ],
    ...[
      '<p title=x></p>',
      "<p title='x'></p>",
      '<p>',
      '</p>',
      '<!-- x -->',
      '<p>\u202e</p>',
      '<p title="\u200b"></p>',
    ],
    ...[
      '<p id="a"></p><p id="a"></p>',
      '<iframe src="/x"></iframe>',
      '<form action="https://evil.test"></form>',
    ],
    ...['<p title="<"></p>', '<p a="1" a="2"></p>', `<p>${'x'.repeat(60_000)}</p>`],
  ])('sees %s', body => {
    expect(faultsIn(body)).toBeGreaterThan(missingHeaders)
  })
})

describe('hostile text', () => {
  eachDatabase((kind, open) => {
    // Pages are the same on both; that text is stored and found as well.
    const isThorough = kind === 'sqlite'
    let world: HostileWorld
    let allowed: Allowed
    const crawls = new Map<string, Crawled>()
    beforeAll(async () => {
      world = await openHostileWorld(await open())
      allowed = {
        here: world.ctx.config.baseUrl,
        elsewhere: url => url.protocol === 'https:' && (url.host === 'idp.test' || guides.has(url.host)),
      }
    }, 120_000)

    const ownerCookie = () => `gatehouse=${world.owner.secret}`
    const guestCookie = () => `gatehouse-set-up=${world.setUp}`
    const headersOf = (cookie: string) => ({ Cookie: cookie })
    const crawlAs = async (who: string, cookie: string, start: readonly string[]) => {
      const crawled = await crawl({
        ...{ app: world.app, allowed, headers: headersOf(cookie), start, query, patternOf },
        ...{ mostByPattern: isThorough ? 120 : 12, most: 2500 },
      })
      crawls.set(who, crawled)
      expect([...new Set(crawled.complaints)]).toEqual([])
      return crawled
    }

    it('is text on every page of an organization', { timeout: 240_000 }, async () => {
      await crawlAs('owner', `gatehouse=${world.owner.secret}`, [
        '/',
        '/domains',
        '/organizations',
        ...world.startPaths,
      ])
    })

    it('is text on the pages of operators', { timeout: 240_000 }, async () => {
      await crawlAs('operator', `gatehouse=${world.operator.secret}`, ['/operator', '/operator/system'])
    })

    it('is text behind a set-up link', { timeout: 240_000 }, async () => {
      await crawlAs('guest', `gatehouse-set-up=${world.setUp}`, ['/set-up', '/set-up/scim-log'])
    })

    it('is text on the pages that anybody opens', { timeout: 240_000 }, async () => {
      await crawlAs('anybody', 'gatehouse=nonsense', world.publicPaths)
    })

    it('was met on the way on every page of the console', () => {
      const seen = [...crawls.values()].flatMap(({ patterns }) => [...patterns.keys()])
      expect(patternsOf('GET').filter(pattern => !seen.includes(pattern))).toEqual([])
      const count = ({ patterns }: Crawled) => [...patterns.values()].reduce((sum, each) => sum + each, 0)
      const pages = [...crawls].map(([who, crawled]) => `${count(crawled)} as ${who}`).join(', ')
      const weights = [...crawls.values()].flatMap(crawled => [...crawled.weights])
      const [heaviest] = weights.filter(([path]) => !path.endsWith('/dry-run')).sort(([, a], [, b]) => b - a)
      process.stdout.write(`\n${kind}: pages crawled: ${pages}; the heaviest: ${heaviest?.join(' ')} bytes\n`)
    })

    if (isThorough)
      it('was met on the way from every field', () => {
        const met = new Set([...crawls.values()].flatMap(({ fields }) => [...fields]))
        process.stdout.write(`\n${met.size} hostile fields were met\n`)
        expect([...planted.difference(met).difference(neverShown)]).toEqual([])
      })

    it('is text in rows that come while one looks', async () => {
      const since = 'since=00000000-0000-7000-8000-000000000000'
      const feeds = [...crawls].flatMap(([who, { patterns }]) =>
        [...patterns.keys()].filter(pattern => pattern.endsWith('/live')).map(pattern => [who, pattern]),
      )
      expect(feeds.length).toBeGreaterThan(3)
      const paths: readonly (readonly [cookie: string, path: string, rows: number])[] = [
        [ownerCookie(), `/domains/${world.domainId}/scim-log/live?${since}`, 25],
        [ownerCookie(), `/sign-ins/live?${since}`, 12],
        [ownerCookie(), '/checklist/live', 1],
        [guestCookie(), `/set-up/scim-log/live?${since}`, 25],
      ]
      for (const [cookie, path, rows] of paths) {
        const all = await listen(world.app, world.ctx.config.baseUrl + path, {
          headers: { Cookie: cookie },
          rows,
        })
        expect([path, all.length]).toEqual([path, rows])
        for (const html of all) expect([path, [...inspectPart(html, allowed)]]).toEqual([path, []])
      }
    })

    it('is text where a name server said it', async () => {
      const { id, name } = world.unverified
      const { dns } = world.ctx
      for (const at of [`_gatehouse-challenge.${name}`, name]) {
        dns.set(at, { outcome: 'found', values: [hostile('DnsAnswer'), hostile('DnsAnswer', 100), ''] })
      }
      const path = `/domains/${id}/verify`
      const check = async () => {
        world.ctx.clock.advance(60_000)
        const answer = await world.owner.submit(path)
        const seen = { path, status: answer.status, headers: answer.headers, text: await answer.text() }
        expect([...inspect(seen, allowed).complaints]).toEqual([])
        return seen.text
      }
      expect(await check()).toContain('zqDnsAnswer')
      dns.set(`_gatehouse-challenge.${name}`, { outcome: 'failed', error: hostile('DnsError') })
      expect(await check()).toContain('zqDnsError')
    })

    it('is text in every answer to a form that it was typed into', { timeout: 240_000 }, async () => {
      const cookies = {
        owner: `gatehouse=${world.owner.secret}`,
        operator: `gatehouse=${world.operator.secret}`,
        guest: `gatehouse-set-up=${world.setUp}`,
      }
      const sent: string[] = []
      for (const [who, cookie] of Object.entries(cookies)) {
        const forms = crawls.get(who)?.forms ?? []
        const answered = await sendForms(forms, {
          app: world.app,
          allowed,
          headers: headersOf(cookie),
          patternOf,
        })
        expect(answered.complaints).toEqual([])
        sent.push(...answered.sent)
      }
      const forms = patternsOf('POST')
      const unsent = forms.filter(pattern => !sent.includes(pattern))
      process.stdout.write(`\n${kind}: ${forms.length - unsent.length} of ${forms.length} forms were sent\n`)
      expect(unsent.length, unsent.join(' ')).toBeLessThan(forms.length / 4)
    })

    it('is text on the page of the first run, in its fields and in its address', async () => {
      const ctx = testContext(await open(), { publicRateLimit: 0 })
      const path = new URL((await offerFirstRun(ctx))?.url ?? '').pathname
      const place = { here: ctx.config.baseUrl, elsewhere: () => false }
      const typed = Object.fromEntries(
        ['organization', 'first_name', 'last_name', 'email'].map(name => [name, hostile('Typed')]),
      )
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Host: '"><script>' }
      for (const origin of [ctx.config.baseUrl, 'https://evil.test/"><script>']) {
        const answer = await createFirstRunApp(ctx).request(path, {
          method: 'POST',
          headers: { ...headers, Origin: origin },
          body: new URLSearchParams(typed).toString(),
        })
        const { status } = answer
        const seen = { path, status, headers: answer.headers, text: await answer.text() }
        expect([status < 500, ...inspect(seen, place).complaints]).toEqual([true])
      }
    })
  })
})
