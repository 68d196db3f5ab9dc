// From an empty folder to the logs, as one person clicks through it: first run, domain, DNS, SAML, SCIM, a sign-in, the logs.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Directory } from '../../src/demo/directory.ts'
import type { Application, Identity } from '../../src/demo/provider.ts'
import { type RunningProvider, startProvider } from '../../src/demo/server.ts'
import { type NameServer, startNameServer } from '../outside/name-server.ts'
import { type Running, startProcess } from '../processes.ts'
import { chromiumPath, launchChromium } from './chromium.ts'

const company = 'acme.test'

/** Counts what a person would do with their hands. */
class Hands {
  clicks = 0
  fields = 0

  async click(target: Locator): Promise<void> {
    this.clicks += 1
    await target.click()
  }

  async fill(target: Locator, text: string): Promise<void> {
    this.fields += 1
    await target.fill(text)
  }
}

describe.skipIf(chromiumPath === undefined)(
  'from nothing to the logs in Chromium (skipped where it is not installed)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-from-nothing-'))
    const records = new Map<string, string>()
    const hands = new Hands()
    let names: NameServer
    let server: Running
    let browser: Browser
    let running: RunningProvider | undefined
    let page: Page

    beforeAll(async () => {
      names = await startNameServer(({ name, type }) => {
        const value = records.get(name)
        if (value === undefined) return { rcode: 'NXDOMAIN' }
        return { answers: type === 'TXT' ? [{ type, name, ttl: 1, data: [value] }] : [] }
      })
      server = await startProcess(['src/main.ts', 'serve'], {
        GATEHOUSE_DATA_DIR: folder,
        GATEHOUSE_PORT: '0',
        GATEHOUSE_DNS_SERVERS: names.address,
        GATEHOUSE_LOG_LEVEL: 'error',
      })
      browser = await launchChromium()
      page = await (await browser.newContext()).newPage()
      page.setDefaultTimeout(10_000)
    })
    afterAll(async () => {
      await browser.close()
      await running?.stop()
      await server.stop()
      await names.close()
      rmSync(folder, { recursive: true, force: true })
    })

    const button = (name: string | RegExp) => page.getByRole('button', { name }).first()
    const link = (name: string | RegExp) => page.getByRole('link', { name }).first()
    const shown = async (id: string) =>
      (await page.locator(`[id$=${id}]`).first().textContent())?.trim() ?? ''

    it('takes few clicks, and ends where everything that happened can be read', {
      timeout: 120_000,
    }, async () => {
      await makeOrganization()
      await verifyDomain()
      running = await startProvider({ directory: new Directory(company), now: () => new Date(), connect })
      await pushPeople(running)
      await signInForTest()
      await readLogs()
      process.stdout.write(
        `From the first link to the logs: ${hands.clicks} clicks, ${hands.fields} fields to fill in.\n`,
      )
      expect(hands.clicks).toBeLessThanOrEqual(20)
    })

    const firstLink = () =>
      server.said.map(line => /http\S+\/first-run\/\S+/.exec(line)?.[0]).find(url => url !== undefined)

    async function makeOrganization() {
      await expect.poll(firstLink).toBeDefined()
      await page.goto(firstLink() ?? '')
      await hands.fill(page.getByLabel('Name of the organization'), 'Acme')
      await hands.fill(page.getByLabel('Your e-mail address'), `owner@${company}`)
      await hands.click(button('Make the organization'))
      await page.waitForURL(`${server.url}/`)
    }

    async function verifyDomain() {
      await hands.fill(page.getByLabel('Name', { exact: true }), company)
      await hands.click(button('Add domain'))
      await page.waitForURL(/\/domains\//)
      records.set(await shown('record-name'), await shown('record-value'))
      await hands.click(button('Check now'))
      expect(await page.getByRole('status').textContent()).toContain('the domain is verified')
    }

    /** What the administrator pastes here and there. */
    async function connect(identity: Identity): Promise<Application> {
      const domain = page.url().replace(/\/verify.*/, '')
      await hands.click(link('other'))
      const serviceProvider = { entityId: await shown('entity-id'), acsUrl: await shown('acs-url') }
      await hands.fill(page.getByLabel('or its text'), identity.metadata)
      await hands.click(button('Preview …'))
      await hands.click(button('Save'))
      expect(await page.getByRole('status').textContent()).toContain('Saved')
      await hands.click(button(/Switch SCIM on|Switch on/))
      const scim = { baseUrl: await shown('base-url'), token: await shown('token') }
      return {
        serviceProvider,
        loginUrl: `${domain.replace('/domains/', '/saml/')}/login`,
        scim,
        logs: { api: '', apiKey: '' },
      }
    }

    async function pushPeople({ url }: RunningProvider) {
      const directory = await page.context().newPage()
      await directory.goto(url)
      await hands.click(directory.getByRole('button', { name: /Push now/ }))
      await page.getByText('The first request has come').waitFor()
      await directory.close()
    }

    async function signInForTest() {
      const opening = page.context().waitForEvent('page')
      await hands.click(link('Open a test sign-in'))
      const test = await opening
      await hands.click(test.getByRole('button', { name: 'Sign in' }).first())
      await test.getByRole('heading', { name: 'The test sign-in worked' }).waitFor()
      await test.close()
    }

    async function readLogs() {
      await hands.click(link('SCIM log'))
      await page.keyboard.press('/')
      await hands.fill(page.getByRole('searchbox'), `ada.lovelace@${company}`)
      await page.keyboard.press('Enter')
      await page.getByText('Created the user Ada Lovelace').first().waitFor()
      await hands.click(link('Sign-ins'))
      expect(await page.locator('#log tbody tr').first().textContent()).toContain('accepted')
    }
  },
)
