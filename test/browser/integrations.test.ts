// An account at Vercel, as an administrator links it, gives it projects, and deletes it again.
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { clientSecret, type FakeVercel, integrationId, startVercel } from '../vendors/vercel.ts'
import { onSite } from './site.ts'

onSite('integrations', site => {
  let vercel: FakeVercel
  beforeAll(async () => {
    vercel = await startVercel()
  })
  const main = async (page: Page) => (await page.textContent('main')) ?? ''
  const comesTo = (page: Page, words: RegExp) =>
    expect.poll(() => page.reload().then(() => main(page)), { timeout: 20_000, interval: 500 }).toMatch(words)
  const makeProjects = async () => {
    const { api, apiKey } = site.provider.application.logs
    for (const name of ['Web shop', 'Staging']) {
      const made = await fetch(api.replace(/\/domains\/.*/, '/projects'), {
        method: 'POST',
        headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ name }),
      })
      expect(made.status).toBe(201)
    }
  }

  it('say what is to be configured where there is no Vercel', async () => {
    const page = await site.openPage('/')
    await page.getByRole('link', { name: 'Integrations', exact: true }).click()
    expect(await main(page)).toContain('GATEHOUSE_VERCEL_INTEGRATION_ID')
    expect(await page.textContent('#redirect-url')).toBe(`${site.ctx.config.baseUrl}/integrations/vercel`)
    await site.inspect('integrations-unconfigured', '/integrations')
    const configured = {
      vercelIntegrationId: integrationId,
      vercelClientSecret: clientSecret,
      vercelApiUrl: vercel.url,
    }
    Object.assign(site.ctx, { config: { ...site.ctx.config, ...configured } })
    await site.inspect('integrations-none', '/integrations')
  }, 60_000)

  it('are linked by the way back from Vercel, given projects, and pushed again after a failure', async () => {
    await makeProjects()
    vercel.codes.set('a code', 'icfg_browser')
    const query = new URLSearchParams({
      code: 'a code',
      configurationId: 'icfg_browser',
      next: 'https://vercel.com/done',
    })
    await site.inspect('integration-question', `/integrations/vercel?${query}`)
    const page = await site.openPage(`/integrations/vercel?${query}`)
    await page.getByRole('button', { name: 'Link it with Acme' }).click()
    expect(await page.getByRole('status').textContent()).toContain('The account is linked.')
    expect(await page.getByRole('link', { name: 'go on at Vercel' }).getAttribute('href')).toBe(
      'https://vercel.com/done',
    )
    expect(await main(page)).toContain('no projects chosen yet')

    vercel.outage.mode = 'failing'
    await page.getByLabel('Production').selectOption('1 · Web shop')
    await page.getByLabel('Preview').selectOption('2 · Staging')
    await page.getByRole('button', { name: 'Save and push' }).click()
    expect(await page.getByRole('status').textContent()).toContain('The projects are chosen')
    const { pathname } = new URL(page.url())
    await comesTo(page, /push is failing.*1 attempt so far.*503/s)
    await site.inspect('integration-failing', pathname)

    vercel.outage.mode = 'up'
    await page.getByRole('button', { name: 'Try it now' }).click()
    await comesTo(page, /up to date.*The tokens arrived \d+ s ago/s)
    expect(await page.getByLabel('Preview').inputValue()).toBe('2')
    expect(await page.getByLabel('Development').inputValue()).toBe('1')
    await site.inspect('integration', pathname)
    await site.inspect('integrations', '/integrations')

    await page.getByRole('link', { name: /^Delete this integration/ }).click()
    expect(await main(page)).toContain('The token of Web shop is not pushed any more')
    await site.inspect('integration-deletion', new URL(page.url()).pathname)
    await page.getByLabel(/^Type/).fill('icfg_browser')
    await page.getByRole('button', { name: 'Delete the integration' }).click()
    expect(await page.getByRole('status').textContent()).toContain('deleted')
    expect(await main(page)).toContain('no integration yet')
  }, 120_000)
})
