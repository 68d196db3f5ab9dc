// What the SCIM log's page takes with a million rows behind it, however it is filtered, and until a browser paints it.
import { sql } from 'kysely'
import { closeDatabase, openDatabase } from '../../src/store/db.ts'
import { chromiumPath, launchChromium } from '../browser/chromium.ts'
import { signInBy } from '../owner-session.ts'
import { runCommand, startProcess } from '../processes.ts'
import { makePushTarget } from '../push-target.ts'
import { fillLog, personAt } from './log-rows.ts'

const rows = 1_000_000
const rounds = 7

/** Names with the query of each page. */
const pages = {
  plain: '',
  'refused alone': '?status=4xx',
  'failed alone, of which there are none': '?status=5xx',
  'a person': `?person=${personAt(7)}`,
  'changes of a person': `?person=${personAt(7)}&method=changes`,
  'a token that is used no more': '?token=OldT',
  'a method that never came': '?method=PUT',
  'a text that is everywhere': '?q=Engineer',
  'a text that is nowhere': '?q=nothing-like-this',
  'the last 30 days': '?within=30d',
}

export interface PageTimes {
  /** Milliseconds, the median, by the name of the page. */
  readonly answered: ReadonlyMap<string, number>
  /** Milliseconds until the plain page is first painted; undefined where there is no Chromium. */
  readonly painted: number | undefined
}

/** `url`: of a database that is made for this alone. */
export async function measureLogPages(folder: string, url = `sqlite:${folder}/log.db`): Promise<PageTimes> {
  const env = {
    GATEHOUSE_DATA_DIR: folder,
    GATEHOUSE_DATABASE_URL: url,
    GATEHOUSE_PORT: '0',
    GATEHOUSE_API_RATE_LIMIT: '0',
    GATEHOUSE_LOG_LEVEL: 'warn',
  }
  const { domainId } = await makePushTarget(env)
  const db = await openDatabase(url)
  await fillLog(db, domainId, { count: rows, now: new Date() })
  // As the server does by itself, within minutes.
  if (url.startsWith('postgres')) await sql`vacuum analyze`.execute(db)
  await closeDatabase(db)
  const server = await startProcess(['src/main.ts', 'serve'], env)
  try {
    const { url: link } = JSON.parse(await runCommand(['owner-link', 'owner@acme.test', '--json'], env))
    // The command does not know which port was free.
    const cookie = await signInBy(new URL(new URL(link).pathname, server.url).href)
    const log = `${server.url}/domains/${domainId}/scim-log`
    const answered = new Map<string, number>()
    for (const [name, query] of Object.entries(pages))
      answered.set(name, await medianOf(() => timeOf(log + query, cookie)))
    const painted = chromiumPath === undefined ? undefined : await timeUntilPainted(log, cookie)
    return { answered, painted }
  } finally {
    await server.stop()
  }
}

async function timeOf(url: string, cookie: string): Promise<number> {
  const begun = performance.now()
  const response = await fetch(url, { headers: { Cookie: cookie } })
  await response.text()
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  return performance.now() - begun
}

// Each context is a window of its own, whose tabs and bars are drawn by pages too: half a second later they are there.
const windowOpens = 500

/** First contentful paint in an open browser that has neither connection nor style nor script of it. */
async function timeUntilPainted(url: string, cookie: string): Promise<number> {
  const browser = await launchChromium()
  const [name = '', value = ''] = cookie.split('=')
  try {
    return await medianOf(async () => {
      const context = await browser.newContext()
      await context.addCookies([{ name, value, url: new URL(url).origin }])
      const page = await context.newPage()
      await page.waitForTimeout(windowOpens)
      await page.goto(url)
      const painted = await page.evaluate<number>(firstPaint)
      await context.close()
      return painted
    })
  } finally {
    await browser.close()
  }
}

const firstPaint = `new Promise(resolve => new PerformanceObserver(list => {
  for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime)
}).observe({ type: 'paint', buffered: true }))`

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await measure())
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
}
