// The console as people use it: from the owner's link to the log as it grows, in every width and light, by keyboard too.
import axe from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { owner, setUpDemo } from '../../src/commands/demo-setup.ts'
import type { RunningServer } from '../../src/commands/server.ts'
import type { RunningProvider } from '../../src/demo/server.ts'
import { pushEverybody } from '../../src/demo/story.ts'
import { createOwnerLink } from '../../src/login/link.ts'
import { onSqlite } from '../database.ts'
import { startGatehouse } from '../running-server.ts'
import { chromiumPath, launchChromium } from './chromium.ts'

interface Finding {
  readonly id: string
  readonly impact: string
}

describe.skipIf(chromiumPath === undefined)(
  'the console in Chromium (skipped where it is not installed)',
  () => {
    onSqlite((_, makeUrl) => {
      let server: RunningServer
      let running: RunningProvider
      let browser: Browser
      let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>
      let domain: string
      const contexts: BrowserContext[] = []
      /** What the browser refused to do, and scripts that failed. */
      const complaints: string[] = []

      const openPage = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
        const context = await browser.newContext({ storageState: signedIn, ...options })
        context.setDefaultTimeout(10_000)
        contexts.push(context)
        const page = await context.newPage()
        page.on('pageerror', error => complaints.push(error.message))
        page.on('console', message => {
          const isStatus = message.text().startsWith('Failed to load resource')
          if (message.type() === 'error' && !isStatus) complaints.push(message.text())
        })
        await page.goto(server.ctx.config.baseUrl + path)
        return page
      }
      const push = (body: object, token = running.provider.application.scim.token) =>
        fetch(`${running.provider.application.scim.baseUrl}/Users`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${token}`,
            'Content-Type': 'application/scim+json',
            'User-Agent': 'Okta SCIM Client 1.0.0',
          },
          body: JSON.stringify(body),
        })

      beforeAll(async () => {
        server = await startGatehouse(await makeUrl())
        running = await setUpDemo(server)
        await pushEverybody(running.provider)
        await push({ displayName: 'Nobody' })
        browser = await launchChromium()
        const context = await browser.newContext()
        const page = await context.newPage()
        await page.goto((await createOwnerLink(server.ctx, owner)).url)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.waitForURL(`${server.ctx.config.baseUrl}/`)
        domain = (await page.getByRole('link', { name: 'acme.test' }).getAttribute('href')) ?? ''
        signedIn = await context.storageState()
        await context.close()
      })
      afterEach(async () => {
        for (const context of contexts.splice(0)) await context.close()
        expect(complaints.splice(0)).toEqual([])
      })
      afterAll(async () => {
        await browser.close()
        await running.stop()
        await server.stop()
      })

      it('adds a domain, checks its record, and says what was asked and what came', async () => {
        const page = await openPage('/')
        await page.getByLabel('Name').fill('new-company.com')
        await page.getByRole('button', { name: 'Add domain' }).click()
        await page.waitForURL(/\/domains\//)
        expect(await page.textContent('main')).toContain('_gatehouse-challenge.new-company.com')
        await page.getByRole('button', { name: 'Check now' }).click()
        expect(await page.getByRole('status').textContent()).toContain(
          'TXT _gatehouse-challenge.new-company.com',
        )
      })

      it('finds a refused push, and says why and what to do', async () => {
        const page = await openPage(domain)
        await page.getByRole('link', { name: 'SCIM log', exact: true }).first().click()
        await page.getByLabel('Status').selectOption({ label: 'refused (4xx)' })
        await page.getByRole('button', { name: 'Filter' }).click()
        expect(page.url()).toContain('status=4xx')
        await page.getByRole('link', { name: /userName is required/ }).click()
        expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The user name is missing')
        expect(await page.textContent('main')).toContain('Application username format')
        await page.getByRole('link', { name: 'All requests' }).click()
        expect(page.url()).not.toContain('status')
      })

      it('searches by the slash, and follows one person by their name', async () => {
        const page = await openPage(`${domain}/scim-log`)
        await page.keyboard.press('/')
        await page.keyboard.type('ada.lovelace@acme.test')
        await page.keyboard.press('Enter')
        await page.waitForURL(/q=ada/)
        await page.getByRole('link', { name: 'Ada Lovelace', exact: true }).first().click()
        await page.waitForURL(/person=/)
        expect(await page.textContent('main')).toContain('Only about Ada Lovelace')
      })

      it('shows new requests by itself, and holds them while somebody reads', async () => {
        const page = await openPage(`${domain}/scim-log?status=4xx`)
        const rows = page.locator('#log tbody tr')
        const before = await rows.count()
        await page.getByRole('button', { name: 'Live: on' }).waitFor()
        await push({ userName: '' })
        await rows.nth(before).waitFor()
        await rows.first().hover()
        await push({ userName: '' })
        await page.getByRole('button', { name: '1 new' }).waitFor()
        expect(await rows.count()).toBe(before + 1)
        await page.getByRole('heading', { level: 1 }).hover()
        await rows.nth(before + 1).waitFor()
        await page.getByRole('button', { name: 'Live: on' }).click()
        await push({ userName: '' })
        await page.waitForTimeout(1500)
        expect(await rows.count()).toBe(before + 2)
      })

      it('copies a token that it shows once, and turns green at the first request with it', async () => {
        const page = await openPage(domain, { permissions: ['clipboard-read', 'clipboard-write'] })
        await page.getByLabel('Older tokens').selectOption({ label: 'end at once' })
        await page.getByRole('button', { name: 'Rotate: make a new token' }).click()
        await page.getByRole('button', { name: 'Copy token' }).click()
        const token = await page.evaluate<string>('navigator.clipboard.readText()')
        expect(token).toMatch(/^gts_/)
        expect(await page.textContent('main')).toContain('waiting for the first request')
        expect((await push({ userName: 'late@acme.test' }, token)).status).toBe(201)
        await page.getByText('The first request has come.').waitFor()
      })

      it('works without scripts: filters, entries, tokens', async () => {
        const page = await openPage(`${domain}/scim-log`, { javaScriptEnabled: false })
        expect(await page.getByRole('button', { name: /Live/ }).count()).toBe(0)
        await page.getByLabel('Method').selectOption('PATCH')
        await page.getByRole('button', { name: 'Filter' }).click()
        await page
          .getByRole('link', { name: /Deactivated/ })
          .first()
          .click()
        expect(await page.textContent('main')).toContain('As curl')
        await page.goto(server.ctx.config.baseUrl + domain)
        await page.getByRole('button', { name: 'Rotate: make a new token' }).click()
        expect(await page.textContent('#token')).toMatch(/^gts_/)
      })

      const screens = [1280, 390].flatMap(width =>
        (['light', 'dark'] as const).map(colorScheme => ({ width, colorScheme })),
      )
      it.each(screens)(
        'has no serious finding and nothing that sticks out, $width px, $colorScheme',
        async ({ width, colorScheme }) => {
          const options = { viewport: { width, height: 900 }, colorScheme, bypassCSP: true }
          const page = await openPage(`${domain}/scim-log?status=4xx`, options)
          const entry = await page.locator('#log th a').first().getAttribute('href')
          for (const path of [
            '/',
            '/audit',
            domain,
            `${domain}/scim-log`,
            `${domain}/scim-log?q=nothing-like-this`,
            entry,
          ]) {
            await page.goto(server.ctx.config.baseUrl + path)
            const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
            expect([path, tooWide]).toEqual([path, 0])
            await page.addScriptTag({ content: axe.source })
            const { violations } = await page.evaluate<{ violations: Finding[] }>('axe.run()')
            const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
            expect([path, serious.map(({ id }) => id)]).toEqual([path, []])
          }
        },
      )
    })
  },
)
