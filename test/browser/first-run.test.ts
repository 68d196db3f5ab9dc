// The first minutes with an empty server: from the link that it prints to a checklist that turns green by itself.
import { expect, it } from 'vitest'
import { offerFirstRun } from '../../src/manage/operators/first-run.ts'
import { onEmptySite, stranger } from './site.ts'

onEmptySite('the first run', site => {
  const print = async () => (await offerFirstRun(site.ctx))?.url ?? ''

  it('looks right in every width and light', async () => {
    const { pathname } = new URL(await print())
    await site.inspect('first-run', pathname)
    await site.inspect('first-run-dead', '/first-run/not-a-link-that-was-ever-printed')
    const page = await site.openPage(pathname, { viewport: { width: 1280, height: 900 } })
    await page.getByLabel('Name of the organization').fill('Acme')
    await page.getByLabel('Your e-mail address').fill('you@localhost')
    await page.getByRole('button', { name: 'Make the organization' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Name of the organization').inputValue()).toBe('Acme')
  }, 120_000)

  it('makes the first organization, and signs in, in one form', async () => {
    const link = await print()
    const page = await site.openPage(link)
    // Nobody has to click anything before typing.
    await page.keyboard.type('Acme')
    await page.getByLabel('First name').fill('Ada')
    await page.getByLabel('Last name').fill('Lovelace')
    await page.getByLabel('Your e-mail address').fill('ada@acme.test')
    await page.getByRole('button', { name: 'Make the organization' }).click()
    await page.waitForURL(`${site.ctx.config.baseUrl}/`)
    expect(await page.textContent('main')).toContain('1 of 5 done')
    expect(await page.textContent('header')).toContain('ada@acme.test')
    await site.keepSignedIn(page)
    const late = await site.openPage(link, stranger)
    expect(await late.textContent('h1')).toBe('This server is set up already')
    await late.getByRole('link', { name: 'Sign in' }).click()
    await late.getByLabel('Your e-mail address').waitFor()
  })

  it('turns green by itself while the page is open', async () => {
    const page = await site.openPage('/')
    await site.inspect('checklist', '/')
    await page.getByLabel('Name', { exact: true }).fill('acme.test')
    await page.getByRole('button', { name: 'Add domain' }).click()
    await page.waitForURL(/\/domains\//)
    await page.goto(`${site.ctx.config.baseUrl}/`)
    await page.getByText('1 of 5 done').waitFor()
    await site.ctx.db
      .updateTable('domains')
      .set({ verified_at: site.ctx.now().toISOString(), verified_by: 'operator' })
      .execute()
    await page.getByText('2 of 5 done').waitFor({ timeout: 15_000 })
    await site.inspect('checklist-half', '/')
  }, 120_000)
})
