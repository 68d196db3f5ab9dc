// The worst pages in a real browser: nothing of a stranger's runs, opens, loads or sticks out, in rows that come live neither.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { hostile, longWord } from '../http/console/hostile/values.ts'
import { type HostileWorld, openHostileWorld } from '../http/console/hostile/world.ts'
import { onEmptySite, type Site } from './site.ts'

/** What a page must never do. */
interface Watched {
  readonly page: Page
  readonly deeds: string[]
}

async function watch(
  site: Site,
  path: string,
  { secret, setUp }: { readonly secret?: string; readonly setUp?: string },
): Promise<Watched> {
  const { baseUrl } = site.ctx.config
  const page = await site.openPage('about:blank', { viewport: { width: 390, height: 900 } })
  const deeds: string[] = []
  page.on('dialog', async dialog => {
    deeds.push(`a dialog: ${dialog.message()}`)
    await dialog.dismiss()
  })
  page.on('popup', () => deeds.push('a window'))
  page.on('download', () => deeds.push('a download'))
  page.on('request', request => {
    const { origin } = new URL(request.url())
    if (origin !== baseUrl) deeds.push(`a request to ${request.url()}`)
  })
  await page.exposeFunction('noteBreach', (what: string) => deeds.push(`against the policy: ${what}`))
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', event => noteBreach(event.violatedDirective + ' ' + event.blockedURI))",
  )
  const cookies = [
    { name: 'gatehouse', value: secret },
    { name: 'gatehouse-set-up', value: setUp },
  ].flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value, url: baseUrl }]))
  await page.context().addCookies(cookies)
  await page.goto(baseUrl + path, { waitUntil: 'load' })
  return { page, deeds }
}

const tooWide = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
const planted = (page: Page) =>
  page.evaluate<number>(
    "document.querySelectorAll('zq-planted, [onload], [onclick], [onerror], iframe, img').length",
  )

onEmptySite('hostile text', site => {
  let world: HostileWorld
  const pathsOf = async (): Promise<string[]> => {
    const { db } = site.ctx
    const { organizationId, domain } = world.console.surface.tenant
    const log = `/domains/${domain.id}/scim-log`
    const entries = await db
      .selectFrom('scim_log')
      .select(['id', 'outcome'])
      .where('domain_id', '=', domain.id)
      .execute()
    const heavy = entries.filter(({ outcome }) => /zq|100|Big|deep/i.test(outcome)).slice(0, 3)
    const signIns = await db
      .selectFrom('sign_ins')
      .select(['domain_id', 'id'])
      .where('organization_id', '=', organizationId)
      .orderBy('id', 'desc')
      .limit(3)
      .execute()
    const [user] = await db.selectFrom('users').select('id').where('domain_id', '=', domain.id).execute()
    const [group] = await db.selectFrom('groups').select('id').where('domain_id', '=', domain.id).execute()
    const [paper] = await db.selectFrom('legal_documents').select('id').execute()
    const [integration] = await db.selectFrom('integrations').select('id').execute()
    return [
      ...[
        '/',
        '/members',
        '/groups',
        '/pending-invites',
        '/sign-ins',
        '/audit',
        '/keys',
        '/tokens',
        '/set-up-links',
      ],
      ...[log, ...heavy.map(({ id }) => `${log}/${id}`), `${log}/${heavy[0]?.id}/dry-run`],
      ...signIns.map(each => `/sign-ins/${each.domain_id}/${each.id}`),
      ...[`/domains/${signIns[0]?.domain_id}`, `/people/${user?.id}`, `/groups/${domain.id}/${group?.id}`],
      ...[`/documents/${paper?.id}`, `/integrations/${integration?.id}`, '/operator', '/operator/system'],
    ]
  }

  it('does nothing and fits on the narrowest screen, on every page that shows it', async () => {
    world = await openHostileWorld(site.ctx.db)
    for (const path of await pathsOf()) {
      const who = path.startsWith('/operator') ? world.operator : world.owner
      const { page, deeds } = await watch(site, path, who)
      await page.waitForTimeout(100)
      expect([path, deeds, await planted(page), await tooWide(page)]).toEqual([path, [], 0, 0])
      expect([path, await page.title()]).toEqual([path, expect.stringContaining('Gatehouse')])
      await page.context().close()
    }
  })

  it('does nothing on the pages of people without an account', async () => {
    const { setUp, publicPaths } = world
    for (const path of [
      '/set-up',
      '/set-up/scim-log',
      ...publicPaths.filter(each => /^\/(?:sign|invites|set-up)\//.test(each)),
    ]) {
      const { page, deeds } = await watch(site, path, { setUp })
      expect([path, deeds, await planted(page), await tooWide(page)]).toEqual([path, [], 0, 0])
      await page.context().close()
    }
  })

  it('does nothing in rows that come while somebody looks', async () => {
    const { domain, token } = world.console.surface.tenant
    const { page, deeds } = await watch(site, `/domains/${domain.id}/scim-log`, {
      secret: world.owner.secret,
    })
    await page.getByRole('button', { name: 'Live: on' }).waitFor()
    for (const displayName of [hostile('Live', 1000), longWord('LiveLong', 900)]) {
      const answer = await fetch(`${site.ctx.config.baseUrl}/scim/v2/${domain.id}/Users`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
        body: JSON.stringify({ userName: `${displayName.slice(2, 8)}@acme.test`.toLowerCase(), displayName }),
      })
      expect(answer.status).toBe(201)
    }
    await page.locator('tr.fresh').nth(1).waitFor()
    expect(await page.locator('tr.fresh').allTextContents()).toEqual([
      expect.stringContaining('zqLiveLong'),
      expect.stringContaining('zqLive"\'><script>zqAlert(1)</script>\\u{202E}'),
    ])
    await page.waitForTimeout(200)
    expect([deeds, await planted(page), await tooWide(page)]).toEqual([[], 0, 0])
  })
})
