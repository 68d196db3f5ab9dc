// The console as people use it: a domain and its token, in every width and light, without scripts too.
import { expect, it } from 'vitest'
import { onSite } from './site.ts'

onSite('the console', site => {
  it('adds a domain, checks its record, and says what was asked and what came', async () => {
    const page = await site.openPage('/')
    await page.getByLabel('Name').fill('new-company.com')
    await page.getByRole('button', { name: 'Add domain' }).click()
    await page.waitForURL(/\/domains\//)
    expect(await page.textContent('main')).toContain('_gatehouse-challenge.new-company.com')
    await page.getByRole('button', { name: 'Check now' }).click()
    expect(await page.getByRole('status').textContent()).toContain('TXT _gatehouse-challenge.new-company.com')
  })

  it('copies a token that it shows once, and turns green at the first request with it', async () => {
    const page = await site.openPage(site.domain, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByText('Replace at once …').click()
    await page.getByRole('button', { name: 'End every token, and make a new one' }).click()
    await page.getByRole('button', { name: 'Copy token' }).click()
    const token = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(token).toMatch(/^gts_/)
    expect(await page.textContent('main')).toContain('waiting for the first request')
    expect((await site.push({ userName: 'late@acme.test' }, token)).status).toBe(201)
    await page.getByText('The first request has come.').waitFor()
  })

  it('sends a form once, however often its button is pressed', async () => {
    const page = await site.openPage('/keys')
    await page.getByLabel('Name', { exact: true }).fill('pressed twice')
    await page.getByLabel('Members and invites: read').check()
    await page.getByRole('button', { name: 'Make the key' }).dblclick()
    await page.getByText('It is shown only this once').waitFor()
    expect(await page.getByRole('rowheader', { name: 'pressed twice' }).count()).toBe(1)
    await page.goBack()
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.getByText('It is shown only this once').waitFor()
    expect(await page.getByRole('rowheader', { name: 'pressed twice' }).count()).toBe(2)
  })

  it('makes a token without scripts', async () => {
    const page = await site.openPage(site.domain, { javaScriptEnabled: false })
    await page.getByRole('button', { name: 'Rotate: make a new token' }).click()
    expect(await page.textContent('#token')).toMatch(/^gts_/)
  })

  it('looks right in every width and light', async () => {
    await site.inspect('domains', '/')
    await site.inspect('audit', '/audit')
    await site.inspect('domain', site.domain)
  }, 120_000)
})
