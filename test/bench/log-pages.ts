// What the SCIM log's page takes with a million rows behind it, however it is filtered, and until a browser paints it.
import { closeDatabase, openDatabase } from '../../src/store/db.ts'
import { chromiumPath, launchChromium } from '../browser/chromium.ts'
import { signInBy } from '../owner-session.ts'
import { runCommand } from '../processes.ts'
import { makePushTarget } from '../push-target.ts'
import type { Part } from './bench.ts'
import { atMost, type Goal, unmeasured } from './goals.ts'
import { fillLog, personAt } from './log-rows.ts'
import { median } from './rounds.ts'

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

/** Milliseconds on loopback, which the console is held to whatever the machine. */
export const logPages: Part = {
  name: 'log',
  goals: ['log'],
  minutes: 10,
  run: async bench => {
    const env = bench.env({ GATEHOUSE_API_RATE_LIMIT: '0' })
    const { domainId } = await makePushTarget(env)
    await fill(env, domainId)
    const server = await bench.serve(env)
    const { url: link } = JSON.parse(await runCommand(['owner-link', 'owner@acme.test', '--json'], env))
    // The command does not know which port was free.
    const cookie = await signInBy(new URL(new URL(link).pathname, server.url).href)
    const log = `${server.url}/domains/${domainId}/scim-log`
    const goals: Goal[] = []
    for (const [name, query] of Object.entries(pages))
      goals.push(atMost(`log: ${name}, ms`, 150, 100, await medianOf(() => answer(log + query, cookie))))
    const painted = 'log: first paint, ms'
    return [
      ...goals,
      chromiumPath === undefined
        ? unmeasured(painted, 'there is no Chromium')
        : atMost(painted, 150, 100, await timeUntilPainted(log, cookie)),
    ]
  },
}

async function fill(env: Record<string, string>, domainId: string): Promise<void> {
  const db = await openDatabase(`sqlite:${env.GATEHOUSE_DATA_DIR}/gatehouse.db`)
  try {
    await fillLog(db, domainId, { count: rows, now: new Date() })
  } finally {
    await closeDatabase(db)
  }
}

async function answer(url: string, cookie: string): Promise<number> {
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
  return median(times)
}
