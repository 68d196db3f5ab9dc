// The console as people use it: from the owner's link to the log as it grows, in every width and light, by keyboard too.
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

  it('finds a refused push, and says why and what to do', async () => {
    await site.push({ displayName: 'Nobody' })
    const page = await site.openPage(site.domain)
    await page.getByRole('link', { name: 'SCIM log', exact: true }).first().click()
    await page.getByLabel('Status').selectOption({ label: 'refused (4xx)' })
    await page.getByRole('button', { name: 'Filter' }).click()
    expect(page.url()).toContain('status=4xx')
    await page.getByRole('link', { name: /userName is required/ }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The user name is missing')
    expect(await page.textContent('main')).toContain('Application username format')
    await page.getByRole('link', { name: 'All requests' }).click()
    expect(page.url()).not.toContain('status')
  })

  it('searches by the slash, and follows one person by their name', async () => {
    const page = await site.openPage(`${site.domain}/scim-log`)
    await page.keyboard.press('/')
    await page.keyboard.type('ada.lovelace@acme.test')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=ada/)
    await page.getByRole('link', { name: 'Ada Lovelace', exact: true }).first().click()
    await page.waitForURL(/person=/)
    expect(await page.textContent('main')).toContain('Only about Ada Lovelace')
  })

  it('shows new requests by itself, and holds them while somebody reads', async () => {
    const page = await site.openPage(`${site.domain}/scim-log?status=4xx`)
    const rows = page.locator('#log tbody tr')
    const before = await rows.count()
    await page.getByRole('button', { name: 'Live: on' }).waitFor()
    await site.push({ userName: '' })
    await rows.nth(before).waitFor()
    await rows.first().hover()
    await site.push({ userName: '' })
    await page.getByRole('button', { name: '1 new' }).waitFor()
    expect(await rows.count()).toBe(before + 1)
    await page.getByRole('heading', { level: 1 }).hover()
    await rows.nth(before + 1).waitFor()
    await page.getByRole('button', { name: 'Live: on' }).click()
    await site.push({ userName: '' })
    await page.waitForTimeout(1500)
    expect(await rows.count()).toBe(before + 2)
  })

  it('copies a token that it shows once, and turns green at the first request with it', async () => {
    const page = await site.openPage(site.domain, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByLabel('Older tokens').selectOption({ label: 'end at once' })
    await page.getByRole('button', { name: 'Rotate: make a new token' }).click()
    await page.getByRole('button', { name: 'Copy token' }).click()
    const token = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(token).toMatch(/^gts_/)
    expect(await page.textContent('main')).toContain('waiting for the first request')
    expect((await site.push({ userName: 'late@acme.test' }, token)).status).toBe(201)
    await page.getByText('The first request has come.').waitFor()
  })

  it('works without scripts: filters, entries, tokens', async () => {
    const page = await site.openPage(`${site.domain}/scim-log`, { javaScriptEnabled: false })
    expect(await page.getByRole('button', { name: /Live/ }).count()).toBe(0)
    await page.getByLabel('Method').selectOption('PATCH')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page
      .getByRole('link', { name: /Deactivated/ })
      .first()
      .click()
    expect(await page.textContent('main')).toContain('As curl')
    await page.goto(site.ctx.config.baseUrl + site.domain)
    await page.getByRole('button', { name: 'Rotate: make a new token' }).click()
    expect(await page.textContent('#token')).toMatch(/^gts_/)
  })

  it('looks right in every width and light', async () => {
    await site.push({ displayName: 'Nobody' })
    const page = await site.openPage(`${site.domain}/scim-log?status=4xx`)
    const entry = (await page.locator('#log th a').first().getAttribute('href')) ?? ''
    await site.inspect('domains', '/')
    await site.inspect('audit', '/audit')
    await site.inspect('domain', site.domain)
    await site.inspect('scim-log', `${site.domain}/scim-log`)
    await site.inspect('scim-log-nothing', `${site.domain}/scim-log?q=nothing-like-this`)
    await site.inspect('scim-log-entry', entry)
  }, 120_000)
})
