// A legal document from the form to the file: submitted by an administrator, signed by a representative.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { mailedPath } from './mailed.ts'
import { onSite, stranger } from './site.ts'

onSite('legal documents', site => {
  const main = async (page: Page) => (await page.textContent('main')) ?? ''
  /** Looked at again until it says so: the outbox is emptied beside it. */
  const comesTo = (page: Page, words: RegExp) =>
    expect.poll(() => page.reload().then(() => main(page)), { timeout: 20_000, interval: 500 }).toMatch(words)

  it('are previewed, submitted, signed by the link in the mail, followed and downloaded', async () => {
    const page = await site.openPage('/')
    await page.getByRole('link', { name: 'Documents', exact: true }).click()
    expect(await main(page)).toContain('No document has been submitted yet.')
    await site.inspect('documents-none', '/documents')

    await page.getByLabel('Document', { exact: true }).selectOption('DPA')
    await page.getByLabel('Who signs').fill('grace(at)elsewhere.example')
    await page.getByLabel('Company', { exact: true }).fill('Lovelace & Söhne')
    await page.getByLabel('Address of the company').fill('Analytical Lane 1, London')
    await page.getByRole('button', { name: 'Preview the text' }).click()
    expect(await page.getByRole('alert').textContent()).toMatch(/Who signs:.*grace\(at\)elsewhere\.example/)
    await page.getByLabel('Who signs').fill('grace@elsewhere.example')
    await page.getByRole('button', { name: 'Preview the text' }).click()
    expect(await page.getByRole('article').textContent()).toContain(
      'Lovelace & Söhne, Analytical Lane 1, London',
    )
    await page.getByRole('button', { name: 'Submit for signature' }).click()
    expect(await page.getByRole('status').textContent()).toContain('The document is submitted.')
    const { pathname } = new URL(page.url())

    const link = await mailedPath(site, /\/sign\/[\w-]{43}/)
    await comesTo(page, /Sent \d+ s ago.*Viewed not opened yet/s)
    await site.inspect('document-sent', pathname)

    const signer = await site.openPage(link, stranger)
    await page.reload()
    expect(await page.locator('.way').textContent()).toMatch(/Viewed \d+ s ago.*Signed not signed yet/s)
    await signer.getByLabel('Your full name').fill('Grace Hopper')
    await signer.getByLabel('Your title at').fill('Rear Admiral')
    await signer.getByLabel(/I have read/).check()
    await signer.getByRole('button', { name: 'Sign' }).click()
    await signer.getByRole('heading', { name: 'Thank you' }).waitFor()

    await comesTo(page, /Signed \d+ s ago.*Stored \d+ s ago/s)
    expect(await main(page)).toContain('Grace Hopper, Rear Admiral')
    await site.inspect('document-signed', pathname)
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the signed PDF' }).click()
    const file = await waiting
    expect(file.suggestedFilename()).toMatch(/^DPA-.*\.pdf$/)
    expect(readFileSync(await file.path(), 'latin1').slice(0, 5)).toBe('%PDF-')
  }, 90_000)

  it('can be sent again: the link of the first mail is dead then', async () => {
    const page = await site.openPage('/documents', { javaScriptEnabled: false })
    await page.getByLabel('Who signs').fill('barbara@elsewhere.example')
    await page.getByLabel('Company', { exact: true }).fill('Liskov Ltd')
    await page.getByLabel('Address of the company').fill('Type Street 2, Boston')
    await page.getByRole('button', { name: 'Submit for signature' }).click()
    const first = await mailedPath(site, /\/sign\/[\w-]{43}/, 'barbara@elsewhere.example')
    await page.getByText('Send the link again …').click()
    await page.getByRole('button', { name: 'Send it again' }).click()
    expect(await page.getByRole('status').textContent()).toContain('A mail with a new link is on its way.')
    const dead = await site.openPage(first, stranger)
    await dead.getByRole('heading', { name: 'This link leads nowhere' }).waitFor()
    await page.goto(`${site.ctx.config.baseUrl}/documents`)
    expect(await main(page)).toContain('The organization has one of each kind')
    await site.inspect('documents', '/documents')
  }, 60_000)

  it('say what is stuck, and are tried again at once', async () => {
    const { db } = site.ctx
    const { id } = await db
      .selectFrom('legal_documents')
      .select('id')
      .where('company_name', '=', 'Liskov Ltd')
      .executeTakeFirstOrThrow()
    await db.updateTable('legal_documents').set({ sent_at: null }).where('id', '=', id).execute()
    const refuse = async () => {
      throw new Error('550 5.1.1 <script>no such user</script>')
    }
    Object.assign(site.ctx, { sendMail: refuse })
    const page = await site.openPage(`/documents/${id}`)
    await page.getByText('Send the link again …').click()
    await page.getByRole('button', { name: 'Send it again' }).click()
    await comesTo(page, /550 5\.1\.1 <script>no such user<\/script>/)
    await site.inspect('document-stuck', `/documents/${id}`)
    Object.assign(site.ctx, { sendMail: async () => ({ isHandedOver: true }) })
    await page.getByRole('button', { name: 'Try it now' }).click()
    await comesTo(page, /Sent \d+ s ago/)
  }, 60_000)
})
