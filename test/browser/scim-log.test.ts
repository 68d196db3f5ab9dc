// The SCIM log as an administrator uses it: from a refused push to the field to change, what changed, and a dry run.
import { expect, it } from 'vitest'
import { onSite } from './site.ts'

onSite('the SCIM log', site => {
  const pushAda = (changes: object) =>
    site.push({ userName: 'ada.lovelace@acme.test', displayName: 'Ada Lovelace', ...changes })

  const openEntry = async (query: string) => {
    const page = await site.openPage(`${site.domain}/scim-log${query}`)
    await page.locator('#log th a').first().click()
    await page.getByRole('heading', { name: 'As curl' }).waitFor()
    return page
  }
  const pathOf = (url: string) => new URL(url).pathname

  it('finds a refused push, and says why and which field to change', async () => {
    await site.push({ displayName: 'Nobody' })
    const page = await site.openPage(site.domain)
    await page.getByRole('link', { name: 'SCIM log', exact: true }).first().click()
    await page.getByLabel('Status').selectOption({ label: 'refused (4xx)' })
    await page.getByRole('button', { name: 'Filter' }).click()
    expect(page.url()).toContain('status=4xx')
    await page
      .getByRole('link', { name: /userName is required/ })
      .first()
      .click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The user name is missing')
    expect(await page.locator('.where strong').textContent()).toContain('Application username format')
    expect(await page.textContent('main')).toContain('Nothing was changed.')
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
    await page.getByLabel('Person or group').fill('engineering')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByText('Only about Engineering').waitFor()
    await page.getByLabel('Person or group').fill('on')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByText('Several are called like').waitFor()
    await page.getByRole('link', { name: 'Operations' }).click()
    await page.getByText('Only about Operations').waitFor()
  })

  it('goes from row to row by j and k, and opens one by Enter', async () => {
    const page = await site.openPage(`${site.domain}/scim-log`)
    await page.getByText('next row, previous row').waitFor()
    const links = page.locator('#log tbody th a')
    const pathAt = (row: number) => links.nth(row).getAttribute('href')
    const isAt = async (row: number) =>
      expect(await page.locator('#log a:focus').getAttribute('href')).toBe(await pathAt(row))
    await page.keyboard.press('k')
    await isAt(0)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await isAt(2)
    await page.keyboard.press('k')
    await isAt(1)
    await page.getByLabel(/^Search/).fill('j')
    await page.keyboard.press('j')
    expect(await page.getByLabel(/^Search/).inputValue()).toBe('jj')
    await links.nth(1).focus()
    await page.keyboard.press('j')
    const path = await pathAt(2)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/${path}`)
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
    await page.keyboard.press('j')
    await site.push({ userName: '' })
    await page.getByRole('button', { name: '1 new' }).waitFor()
    expect(await rows.count()).toBe(before + 2)
    await page.keyboard.press('/')
    await rows.nth(before + 2).waitFor()
    await page.getByRole('button', { name: 'Live: on' }).click()
    await site.push({ userName: '' })
    await page.waitForTimeout(1500)
    expect(await rows.count()).toBe(before + 3)
  })

  it('gives a link to what is shown', async () => {
    const path = `${site.domain}/scim-log?status=4xx&within=24h`
    const page = await site.openPage(path, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(site.ctx.config.baseUrl + path)
    await page.getByRole('button', { name: 'Copy link' }).waitFor()
  })

  it('shows what was before and is after', async () => {
    const page = await openEntry('?method=PUT')
    const title = page.locator('.compare tr', { hasText: 'title' })
    expect(await title.locator('ins').textContent()).not.toBe('')
    const left = await openEntry('?method=PATCH&q=Deactivated')
    const membership = left.locator('.compare tr', { hasText: 'membership' })
    expect(await membership.locator('del').textContent()).toBe('active')
    expect(await membership.locator('ins').textContent()).toBe('suspended')
  })

  it('tries a refused push again with another value, and changes nothing', async () => {
    await pushAda({})
    const page = await openEntry('?status=4xx&method=POST&q=must+be+unique')
    await page.getByRole('link', { name: 'Dry run again' }).click()
    // Masked in the log, and told from the user who has the name.
    const body = page.getByLabel('Body', { exact: true })
    expect(await body.inputValue()).toContain('"ada.lovelace@acme.test"')
    await page.getByRole('button', { name: 'Dry run' }).click()
    await page.getByText('409: it would be refused').waitFor()
    await body.fill((await body.inputValue()).replace('ada.lovelace@acme.test', 'ada.new@acme.test'))
    await page.getByRole('button', { name: 'Dry run' }).click()
    await page.getByText('201: it would go well').waitFor()
    expect(await page.textContent('main')).toContain('Created the user ada.new@acme.test')
    await page.goto(`${site.ctx.config.baseUrl}${site.domain}/scim-log?who=ada.new%40acme.test`)
    expect(await page.textContent('main')).toContain('Nobody and no group here is called')
  })

  it('works without scripts: filters, entries, dry runs', async () => {
    const page = await site.openPage(`${site.domain}/scim-log`, { javaScriptEnabled: false })
    expect(await page.getByRole('button', { name: /Live|Copy/ }).count()).toBe(0)
    await page.getByText('More filters').click()
    await page.getByLabel('Method').selectOption('PATCH')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page
      .getByRole('link', { name: /Deactivated/ })
      .first()
      .click()
    expect(await page.textContent('main')).toContain('As curl')
    await page.getByRole('link', { name: 'Dry run again' }).click()
    await page.getByRole('button', { name: 'Dry run' }).click()
    expect(await page.textContent('main')).toContain('200: it would go well')
  })

  it('looks right in every width and light', async () => {
    await site.push({ displayName: 'Nobody' })
    await pushAda({})
    const entry = pathOf((await openEntry('?status=4xx&method=POST&q=must+be+unique')).url())
    await site.inspect('scim-log', `${site.domain}/scim-log`)
    await site.inspect('scim-log-several', `${site.domain}/scim-log?who=on&within=24h&status=ok`)
    await site.inspect('scim-log-nothing', `${site.domain}/scim-log?q=nothing-like-this`)
    await site.inspect('scim-log-entry', entry)
    await site.inspect('scim-log-entry-missing', pathOf((await openEntry('?status=4xx&q=required')).url()))
    await site.inspect('scim-log-entry-changed', pathOf((await openEntry('?method=PUT')).url()))
    await site.inspect('scim-log-entry-left', pathOf((await openEntry('?q=Deactivated')).url()))
    await site.inspect(
      'scim-log-entry-members',
      pathOf((await openEntry('?method=PATCH&q=Updated+the+group')).url()),
    )
    await site.inspect('scim-log-dry-run', `${entry}/dry-run`, {
      reach: async page => {
        await page.getByRole('button', { name: 'Dry run' }).click()
        await page.getByText('it would be refused').waitFor()
      },
    })
    const member = pathOf((await openEntry('?method=PATCH&q=Updated+the+group')).url())
    await site.inspect('scim-log-dry-run-form', `${member}/dry-run`)
  }, 240_000)
})
