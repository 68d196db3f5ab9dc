// Pages that are old when their forms are sent: loaded anew, overtaken by a colleague, or left open until the session ended.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { newId } from '../../src/base/id.ts'
import { findPersonByEmail } from '../../src/store/organization/people.ts'
import { onSite } from './site.ts'

onSite('second thoughts', site => {
  const alertOn = async (page: Page) => (await page.getByRole('alert').first().textContent()) ?? ''
  const sendsAnew = (page: Page) => page.reload({ waitUntil: 'load' })
  const makeKey = async (page: Page) => {
    await page.getByLabel('Name', { exact: true }).fill('nightly export')
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.locator('#api-key').waitFor()
  }

  it('makes one key, however often the answer is loaded', async () => {
    const page = await site.openPage('/keys')
    await makeKey(page)
    await sendsAnew(page)
    expect(await alertOn(page)).toContain('This was made already, at 2')
    expect(await page.locator('#api-key').count()).toBe(0)
    expect(await page.getByRole('rowheader', { name: 'nightly export' }).count()).toBe(1)
    await site.inspect('made-already', '/keys', {
      reach: async other => {
        await makeKey(other)
        await sendsAnew(other)
      },
    })
  })

  it('replaces no token that a colleague has made meanwhile', async () => {
    const stale = await site.openPage('/tokens')
    const colleague = await site.openPage('/tokens')
    await colleague.getByRole('button', { name: 'Rotate: make a new token' }).click()
    const fresh = (await colleague.locator('#token').textContent()) ?? ''
    await stale.getByRole('button', { name: 'Rotate: make a new token' }).click()
    expect(await alertOn(stale)).toContain(`…${fresh.slice(-4)} was made at 2`)
    await stale.getByText(`…${fresh.slice(-4)}`, { exact: true }).waitFor()
    await site.inspect('tokens-overtaken', '/tokens', {
      reach: async other => {
        await other.getByRole('button', { name: 'Rotate: make a new token' }).click()
        await other.getByLabel(/^Type/).fill('acme.test')
        await other.evaluate('document.querySelector("input[name=seen]").value = ""')
        await other.getByRole('button', { name: /^Replace the tokens/ }).click()
        await other.getByRole('alert').waitFor()
      },
    })
  })

  it('shows what a colleague has changed beside what was typed', async () => {
    const overtaken = async (mine: Page) => {
      const theirs = await site.openPage(site.domain)
      for (const [page, group] of [
        [theirs, `Group ${newId().slice(-6)} = admin`],
        [mine, 'Sales = member'],
      ] as const) {
        await page.getByText(/^Who may join/).click()
        await page.getByLabel(/^Levels by group/).fill(group)
        if (page === theirs) await page.getByRole('button', { name: 'Save who may join' }).click()
      }
      await theirs.getByText('It applies from the next sign-in on.').waitFor()
      await mine.getByRole('button', { name: 'Save who may join' }).click()
      await mine.getByRole('alert').waitFor()
    }
    const page = await site.openPage(site.domain)
    await overtaken(page)
    expect(await alertOn(page)).toMatch(/Levels by group: Group \w+ = admin by now/)
    expect(await page.getByLabel(/^Levels by group/).inputValue()).toBe('Sales = member')
    await page.getByRole('button', { name: 'Save who may join' }).click()
    await page.getByText('It applies from the next sign-in on.').waitFor()
    await site.inspect('settings-overtaken', site.domain, { reach: overtaken })
  })

  it('gives back what was typed when the session has ended meanwhile, and the way to the page', async () => {
    const reach = async (page: Page) => {
      await page.goto(new URL('/pending-invites/several', site.ctx.config.baseUrl).href)
      await page.getByLabel(/One address per line/).fill('grace@guests.test\nedsger@guests.test')
      await page.getByText('Message').first().click()
      await page.getByLabel('A message for the mail').fill('Welcome to Acme.\nAsk me anything.')
      await page.context().clearCookies()
      await page.getByRole('button', { name: 'Invite all' }).click()
      await page.getByRole('heading', { name: 'You are not signed in any more' }).waitFor()
    }
    const page = await site.openPage('/')
    await reach(page)
    expect(await page.textContent('main')).toContain('grace@guests.test\nedsger@guests.test')
    await page.getByRole('link', { name: 'Sign in' }).click()
    expect(page.url()).toContain('next=%2Fpending-invites%2Fseveral')
    await site.inspect('session-ended', '/', { reach })
  })

  it('looks a record up that has been lost', async () => {
    await site.ctx.db
      .updateTable('domains')
      .set({ failing_since: '2026-02-01T10:00:00.000Z', verification_lost_at: '2026-02-08T10:00:00.000Z' })
      .where('id', '=', site.domain.split('/').at(-1) ?? '')
      .execute()
    const check = async (page: Page) => {
      await page.getByRole('button', { name: 'Check now' }).click()
      await page.getByText('Looked up').waitFor()
    }
    const page = await site.openPage(site.domain)
    await check(page)
    expect(await page.textContent('#verify')).toContain('TXT _')
    await site.ctx.db.updateTable('domains').set({ last_checked_at: null }).execute()
    await site.inspect('verification-lost', site.domain, { reach: check })
    await site.ctx.db
      .updateTable('domains')
      .set({ failing_since: null, verification_lost_at: null, last_checked_at: null })
      .execute()
  })

  it('finds one of very many organizations by the slash, and goes there', async () => {
    const { db } = site.ctx
    const owner = await findPersonByEmail(db, 'owner@acme.test')
    const at = site.ctx.now().toISOString()
    for (let number = 0; number < 30; number++) {
      const id = newId()
      await db
        .insertInto('organizations')
        .values({
          ...{ id, name: `Customer ${number}`, slug: `customer-${number}`, members_can_invite: 0 },
          ...{ default_membership_level: 1, created_at: at, updated_at: at },
        })
        .execute()
      await db
        .insertInto('members')
        .values({
          ...{ organization_id: id, person_id: owner?.id ?? '', id: newId(), level: number % 2 ? 1 : 8 },
          ...{ status: 'active', level_group_id: null, origin: 'invite', joined_at: at, updated_at: at },
          last_login_at: null,
        })
        .execute()
    }
    await site.inspect('organizations', '/organizations')
    const page = await site.openPage('/')
    await page.getByRole('link', { name: /^Acme/ }).click()
    await page.waitForURL(/organizations$/)
    await page.keyboard.press('/')
    await page.keyboard.type('customer 28')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=customer/)
    await page.getByRole('button', { name: 'Open customer-28' }).click()
    await page.getByRole('link', { name: /^Customer 28/ }).waitFor()
    expect(page.url()).toBe(`${site.ctx.config.baseUrl}/`)
  })
})
