// Signing in as browsers do it: their cookies, their content policies, and a provider on another site.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { faults } from '../../src/demo/saml/faults.ts'
import { pushEverybody } from '../../src/demo/story.ts'
import { onSqlite } from '../database.ts'
import { type RunningDemo, startDemo } from '../running-demo.ts'
import { chromiumPath, launchChromium } from './chromium.ts'

describe.skipIf(chromiumPath === undefined)(
  'signing in with Chromium (skipped where it is not installed)',
  () => {
    onSqlite((_, makeUrl) => {
      let demo: RunningDemo
      let browser: Browser
      let context: BrowserContext
      let page: Page
      /** What the browser refused to do, and scripts that failed. */
      let complaints: string[]

      beforeAll(async () => {
        demo = await startDemo(await makeUrl())
        await pushEverybody(demo.provider)
        browser = await launchChromium()
      })
      afterAll(async () => {
        await browser.close()
        await demo.stop()
      })
      beforeEach(async () => {
        complaints = []
        context = await browser.newContext()
        context.setDefaultTimeout(10_000)
        page = await context.newPage()
        page.on('pageerror', error => complaints.push(error.message))
        page.on('console', message => {
          const isStatus = message.text().startsWith('Failed to load resource')
          if (message.type() === 'error' && !isStatus) complaints.push(message.text())
        })
      })
      afterEach(() => context.close())

      const signInAs = async (name: string) => {
        await page.getByRole('combobox').selectOption({ label: name })
        await page.getByRole('button', { name: 'Sign in' }).first().click()
        await page.waitForURL(url => url.origin === demo.baseUrl)
      }
      const ada = 'Ada Lovelace (ada.lovelace@acme.test)'

      it('goes to the provider on another host, and comes back by its form', async () => {
        expect(new URL(demo.url).hostname).not.toBe(new URL(demo.baseUrl).hostname)
        await page.goto(`${demo.provider.application.loginUrl}?login_hint=ada.lovelace%40acme.test`)
        expect(new URL(page.url()).origin).toBe(demo.url)
        await signInAs(ada)
        expect(page.url()).toBe(`${demo.baseUrl}/`)
        expect(await page.textContent('main')).toContain('ada.lovelace@acme.test')
        expect(complaints).toEqual([])
      })

      it('comes back after the two minutes for which Chromium sends a cookie without SameSite along', async () => {
        await page.goto(demo.provider.application.loginUrl)
        await context.clearCookies({ name: 'gatehouse-sign-in' })
        await signInAs(ada)
        expect(await page.textContent('main')).toContain('ada.lovelace@acme.test')
      })

      it('leaves a session cookie that scripts cannot read and other sites cannot send', async () => {
        await page.goto(demo.provider.application.loginUrl)
        await signInAs(ada)
        const session = (await context.cookies(demo.baseUrl)).find(({ name }) => name === 'gatehouse')
        expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: '127.0.0.1' })
        expect(await page.evaluate('document.cookie')).toBe('')
        expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0)
      })

      it('begins at Gatehouse with an address, and goes on to where it was going', async () => {
        await page.goto(`${demo.baseUrl}/login`)
        await page.getByLabel('Your e-mail address').fill('alan.turing@acme.test')
        await page.getByRole('button', { name: 'Continue' }).click()
        await page.waitForURL(url => url.origin === demo.url)
        expect(await page.getByRole('combobox').inputValue()).toBe(demo.provider.directory.people[2]?.id)
        await signInAs('Alan Turing (alan.turing@acme.test)')
        expect(await page.textContent('main')).toContain('alan.turing@acme.test')
        expect(complaints).toEqual([])
      })

      it('begins at the tile of the application', async () => {
        await page.goto(demo.url)
        await page.getByRole('link', { name: 'Open Gatehouse' }).click()
        await signInAs(ada)
        expect(await page.textContent('main')).toContain('ada.lovelace@acme.test')
        expect(complaints).toEqual([])
      })

      it('goes there by a form where the provider wants one', async () => {
        const { api, apiKey } = demo.provider.application.logs
        const change = async (settings: object) => {
          const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' }
          const answer = await fetch(api, { method: 'PATCH', headers, body: JSON.stringify(settings) })
          expect(answer.status).toBe(200)
        }
        await change({ saml_sso_binding: 'post', saml_sign_requests: true })
        await page.goto(demo.provider.application.loginUrl)
        await page.waitForURL(`${demo.url}/sso`)
        await signInAs(ada)
        expect(await page.textContent('main')).toContain('ada.lovelace@acme.test')
        expect(complaints).toEqual([])
        await change({ saml_sso_binding: 'redirect', saml_sign_requests: false })
      })

      it('signs out, and stays out', async () => {
        await page.goto(demo.provider.application.loginUrl)
        await signInAs(ada)
        await page.getByRole('button', { name: 'Sign out' }).click()
        await page.waitForURL(`${demo.baseUrl}/login`)
        await page.goto(demo.baseUrl)
        expect(page.url()).toBe(`${demo.baseUrl}/login`)
      })

      it('is refused in a browser that did not begin it', async () => {
        await page.goto(demo.provider.application.loginUrl)
        const request = page.url()
        const other = await browser.newContext()
        page = await other.newPage()
        await page.goto(request)
        await signInAs(ada)
        expect(await page.textContent('main')).toContain('saml_browser_mismatch')
        expect(await other.cookies()).toEqual([])
        await other.close()
      })

      // Every one of them, by a client without a browser: test/flows/demo.test.ts.
      const shown = faults.filter(({ id }) => ['expired', 'replay', 'comment'].includes(id))
      it.each(shown)('explains the refusal: $title', async ({ title, refusal }) => {
        await page.goto(demo.provider.application.loginUrl)
        if (refusal === 'saml_replayed') {
          await signInAs(ada)
          await page.goto(demo.provider.application.loginUrl)
        }
        await page.getByRole('radio', { name: title }).check()
        await signInAs(ada)
        expect(await page.getByRole('heading').textContent()).toBe('You are not signed in')
        expect(await page.textContent('main')).toContain(refusal)
        expect(complaints).toEqual([])
      })

      it('gets from a refusal to a sign-in in one click', async () => {
        await page.goto(demo.provider.application.loginUrl)
        await page.getByRole('radio', { name: 'Expired' }).check()
        await signInAs(ada)
        await page.getByRole('link', { name: 'Start over' }).click()
        await page.waitForURL(url => url.origin === demo.url)
        await signInAs(ada)
        expect(await page.textContent('main')).toContain('ada.lovelace@acme.test')
      })
    })
  },
)
