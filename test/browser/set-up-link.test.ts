// A set-up link from the console to the last step, taken by somebody without an account, in every width and light.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { onSite, stranger } from './site.ts'

onSite('a set-up link', site => {
  const main = (page: Page) => page.textContent('main')
  const answerWith = (values: string[]) =>
    Object.assign(site.ctx, { lookUpTxt: async () => ({ outcome: 'found', values }) })

  /** As the administrator makes it; only these steps, or all. */
  const makeLink = async (path: string, only?: string): Promise<string> => {
    const page = await site.openPage(path)
    await page.getByLabel('For whom').fill('Grace at Initech')
    if (only !== undefined)
      for (const name of ['Verify', 'SAML', 'SCIM', 'Test sign-in'])
        if (name !== only) await page.getByLabel(name).uncheck()
    await page.getByRole('button', { name: 'Make the link' }).click()
    return (await page.textContent('#set-up-link')) ?? ''
  }
  const begin = async (link: string, options = {}): Promise<Page> => {
    const page = await site.openPage(link, { ...stranger, ...options })
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(`${site.ctx.config.baseUrl}/set-up`)
    return page
  }

  it('takes a stranger from the name of their domain to the first push', async () => {
    const link = await makeLink('/set-up-links')
    const page = await begin(link, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByLabel('Domain').fill('initech.example.com')
    await page.getByRole('button', { name: 'Continue' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Set up initech.example.com')
    answerWith([(await page.textContent('#record-value')) ?? ''])
    await page.getByRole('button', { name: 'Check now' }).click()
    expect(await page.getByRole('status').textContent()).toContain('the domain is verified')

    await page.getByLabel('or its text').fill(site.provider.identity.metadata)
    await page.getByRole('button', { name: 'Preview …' }).first().click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Look before you save')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.textContent('#saml')).toContain('Saved.')

    await page.getByRole('button', { name: 'Switch SCIM on' }).click()
    await page.getByRole('button', { name: 'Copy token', exact: true }).click()
    const token = await page.evaluate<string>('navigator.clipboard.readText()')
    await page.getByText('waiting for the first request').waitFor()
    const users = `${await page.textContent('#base-url')}/Users`
    const pushed = await fetch(users, { headers: { Authorization: `Bearer ${token}` } })
    expect(pushed.status).toBe(200)
    await page.getByText('The first request has come.').waitFor()
    await page.goto(`${site.ctx.config.baseUrl}/set-up`)
    await page.getByRole('link', { name: 'SCIM log' }).click()
    expect(await main(page)).toContain('200 ok')

    const audit = await site.openPage('/audit')
    expect(await main(audit)).toMatch(/Grace at Initech\s*by set-up link/)
  }, 60_000)

  it('tries a sign-in, sees that everything is done, and is over once it is revoked', async () => {
    await site.ctx.db
      .updateTable('domains')
      .set({ saml_tested_at: null })
      .where('name', '=', 'acme.test')
      .execute()
    const page = await begin(await makeLink(`${site.domain}/set-up-links`, 'Test sign-in'))
    expect(await page.locator('section.step').count()).toBe(1)
    const opening = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Open a test sign-in' }).click()
    const test = await opening
    await test.getByRole('combobox').selectOption({ label: 'Ada Lovelace (ada.lovelace@acme.test)' })
    await test.getByRole('button', { name: 'Sign in' }).first().click()
    await test.getByRole('heading', { name: 'The test sign-in worked' }).waitFor()
    await page.getByText('Everything that was asked of you is done.').waitFor()

    const list = await site.openPage(`${site.domain}/set-up-links`)
    const row = list.getByRole('row').filter({ hasText: 'live, used' })
    await row.getByText('Revoke …').click()
    await row.getByRole('button', { name: 'Revoke the link' }).click()
    expect(await list.getByRole('status').textContent()).toContain('The link is revoked')
    await page.reload()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('This link opens nothing')
  }, 60_000)

  it('works without scripts, and leaves', async () => {
    const page = await begin(await makeLink(`${site.domain}/set-up-links`, 'SCIM'), {
      javaScriptEnabled: false,
    })
    await page.getByRole('button', { name: 'Leave' }).click()
    expect(await main(page)).toContain('has forgotten the link')
    await page.goto(`${site.ctx.config.baseUrl}/set-up`)
    expect(await main(page)).toContain('ask whoever sent it for a new one')
  })

  it('looks right in every width and light', async () => {
    await site.push({ displayName: 'Nobody' })
    const all = await makeLink(`${site.domain}/set-up-links`)
    const unnamed = await makeLink('/set-up-links')
    const opened = async (link: string) => ({
      storageState: await (await begin(link)).context().storageState(),
    })
    const holder = await opened(all)
    await site.inspect('set-up-links', `${site.domain}/set-up-links`)
    await site.inspect('set-up-links-of-all', '/set-up-links')
    const reach = async (page: Page) => {
      await page.getByLabel('For whom').fill('Grace at Initech')
      await page.getByRole('button', { name: 'Make the link' }).click()
      await page.locator('#set-up-link').waitFor()
    }
    await site.inspect('set-up-link-made', `${site.domain}/set-up-links`, { reach })
    await site.inspect('set-up-begin', new URL(all).pathname, stranger)
    await site.inspect('set-up-over', '/set-up/nothing', stranger)
    await site.inspect('set-up-claim', '/set-up', await opened(unnamed))
    await site.inspect('set-up', '/set-up', holder)
    await site.inspect('set-up-scim-log', '/set-up/scim-log', holder)
  }, 180_000)
})
