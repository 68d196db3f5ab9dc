// A server with the demo's company in it, and Chromium signed in to its console: what every test of a page stands on.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, vi } from 'vitest'
import { owner, setUpDemo } from '../../src/commands/demo-setup.ts'
import type { RunningServer } from '../../src/commands/server.ts'
import type { RunningProvider } from '../../src/demo/server.ts'
import { pushEverybody } from '../../src/demo/story.ts'
import { createOwnerLink } from '../../src/login/link.ts'
import { onSqlite } from '../database.ts'
import { startGatehouse } from '../running-server.ts'
import { chromiumPath, launchChromium } from './chromium.ts'

/** Kept by whoever runs the tests; git does not. */
const pictures = join(import.meta.dirname, '../../test-artifacts/screenshots')
const mostBytes = 60_000

const screens = [1280, 390].flatMap(width =>
  (['light', 'dark'] as const).map(colorScheme => ({ width, colorScheme })),
)

export const stranger = { storageState: { cookies: [], origins: [] } }

interface Inspection extends BrowserContextOptions {
  readonly atMost?: number
  readonly reach?: (page: Page) => Promise<void>
}

interface Finding {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

export class Site {
  readonly #contexts: BrowserContext[] = []
  /** What the browser refused to do, and scripts that failed. */
  readonly #complaints: string[] = []
  #server: RunningServer | undefined
  #running: RunningProvider | undefined
  #browser: Browser | undefined
  #signedIn: Awaited<ReturnType<BrowserContext['storageState']>> | undefined
  /** The path of the page of the demo's domain. */
  domain = ''

  get ctx() {
    return required(this.#server).ctx
  }
  get provider() {
    return required(this.#running).provider
  }
  /** Where the demo's identity provider is. */
  get providerUrl() {
    return required(this.#running).url
  }

  /** A server with nothing in it, and a browser in which nobody is signed in. */
  async startEmpty(url: string): Promise<void> {
    this.#server = await startGatehouse(url)
    this.#browser = await launchChromium()
  }

  async start(url: string): Promise<void> {
    await this.startEmpty(url)
    this.#running = await setUpDemo(required(this.#server))
    await pushEverybody(this.#running.provider)
    const page = await this.openPage((await createOwnerLink(this.ctx, owner)).url, stranger)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`${this.ctx.config.baseUrl}/`)
    const link = page.getByRole('rowheader').getByRole('link', { name: 'acme.test' })
    this.domain = (await link.getAttribute('href')) ?? ''
    await this.keepSignedIn(page)
    await this.tidy()
  }

  /** Pages that are opened from now on are as signed in as this one. */
  async keepSignedIn(page: Page): Promise<void> {
    this.#signedIn = await page.context().storageState()
  }

  async stop(): Promise<void> {
    await this.#browser?.close()
    await this.#running?.stop()
    await this.#server?.stop()
  }

  /** Closes the pages of a test; the test fails when one of them complained. */
  async tidy(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close()
    expect(this.#complaints.splice(0)).toEqual([])
  }

  /** As the demo's owner; with `stranger` as nobody. */
  async openPage(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const signedIn = this.#signedIn === undefined ? {} : { storageState: this.#signedIn }
    const context = await required(this.#browser).newContext({ ...signedIn, ...options })
    context.setDefaultTimeout(10_000)
    this.#contexts.push(context)
    const page = await context.newPage()
    page.on('pageerror', error => this.#complaints.push(error.message))
    page.on('console', message => {
      const isStatus = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isStatus) this.#complaints.push(message.text())
    })
    await page.goto(new URL(path, this.ctx.config.baseUrl).href)
    return page
  }

  /** Creates a user as Okta does. */
  push(body: object, token = this.provider.application.scim.token): Promise<Response> {
    return fetch(`${this.provider.application.scim.baseUrl}/Users`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/scim+json',
        'User-Agent': 'Okta SCIM Client 1.0.0',
      },
      body: JSON.stringify(body),
    })
  }

  /**
   * Looks at a page in every width and light: nothing sticks out, axe finds nothing serious, it weighs at most so many bytes
   * with all that it loads; and keeps a picture of each. `reach` goes on from there to a page that only a form leads to.
   */
  async inspect(
    name: string,
    path: string,
    { atMost = mostBytes, reach, ...options }: Inspection = {},
  ): Promise<void> {
    mkdirSync(pictures, { recursive: true })
    const page = await this.openPage('about:blank', { ...options, bypassCSP: true })
    /** Of the last document, and of each file that it loads, which a page before it may have loaded already. */
    const bytes = new Map<string, number>()
    page.on('response', async response => {
      const isPage = response.request().resourceType() === 'document'
      const body = await response.body().catch(() => Buffer.alloc(0))
      bytes.set(isPage ? 'the page' : response.url(), body.byteLength)
    })
    await page.goto(new URL(path, this.ctx.config.baseUrl).href, { waitUntil: 'load' })
    await reach?.(page)
    expect(sumOf(bytes.values()), `bytes of ${path}`).toBeLessThanOrEqual(atMost)
    for (const { width, colorScheme } of screens) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`), fullPage: true })
      const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      const found = await findings(page)
      expect({ path, width, colorScheme, tooWide, found }).toEqual({
        path,
        width,
        colorScheme,
        tooWide: 0,
        found: [],
      })
    }
    await page.context().close()
  }
}

const sumOf = (numbers: Iterable<number>): number => [...numbers].reduce((sum, each) => sum + each, 0)

async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.addScriptTag({ content: axe.source })
  const { violations } = await page.evaluate<{ violations: Finding[] }>('axe.run()')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(each => each.html).join(' ')}`)
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the site has not been started')
  return value
}

/** Tests of pages, on one server of their own; skipped, by name, where Chromium is not installed. */
export const onSite = (title: string, tests: (site: Site) => void) => onServer('start', title, tests)

export const onEmptySite = (title: string, tests: (site: Site) => void) =>
  onServer('startEmpty', title, tests)

const onServer = (start: 'start' | 'startEmpty', title: string, tests: (site: Site) => void) =>
  describe.skipIf(chromiumPath === undefined)(
    `${title} in Chromium (skipped where it is not installed)`,
    () => {
      // Four pictures of each page, perhaps beside much other work.
      vi.setConfig({ testTimeout: 180_000 })
      onSqlite((_, makeUrl) => {
        const site = new Site()
        beforeAll(async () => site[start](await makeUrl()), 60_000)
        afterEach(() => site.tidy())
        afterAll(() => site.stop())
        tests(site)
      })
    },
  )
