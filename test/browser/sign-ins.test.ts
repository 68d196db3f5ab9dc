// Sign-ins as an administrator reads them: one that fails is found, understood, sent on to whoever can mend it, and tried again.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { onSite, type Site, stranger } from './site.ts'

/** At the demo's provider: what is to go wrong, and on. */
async function answer(site: Site, page: Page, fault?: string): Promise<void> {
  if (fault) await page.getByRole('radio', { name: fault }).check()
  await page.getByRole('button', { name: 'Sign in' }).first().click()
  await page.waitForURL(url => url.origin === site.ctx.config.baseUrl)
}

/** Somebody in a browser of their own. */
async function signIn(site: Site, fault?: string): Promise<void> {
  const page = await site.openPage(site.provider.application.loginUrl, stranger)
  await answer(site, page, fault)
}

/** The path of the newest one that says so. */
async function entryOf(site: Site, words: string): Promise<string> {
  const page = await site.openPage('/sign-ins')
  return (await page.getByRole('link', { name: words }).first().getAttribute('href')) ?? ''
}

onSite('the sign-ins', site => {
  it('shows a refused one with what was expected and came, and the text for whoever mends it', async () => {
    await signIn(site, 'Wrong audience')
    const page = await site.openPage('/', { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByRole('link', { name: 'Sign-ins' }).click()
    await page.getByLabel('Result').selectOption({ label: 'refused' })
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.waitForURL(/outcome=refused/)
    await page.getByRole('link', { name: 'The response is for another audience' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'The response is for another audience',
    )
    const compared = await page.locator('.compared').textContent()
    const { entityId } = site.provider.application.serviceProvider
    expect(compared).toContain(entityId)
    expect(compared).toContain('https://payroll.example/saml/metadata')
    expect(await page.locator('tr.is-failed').textContent()).toContain('Audience')
    await page.locator('[data-copy=letter]').click()
    const letter = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(letter).toContain('saml_audience_mismatch')
    expect(letter).toContain(`Expected: ${entityId}`)
    expect(letter).toContain('ada.lovelace@acme.test')
  })

  it('goes from there to a test sign-in, which ends on the same steps and signs nobody in', async () => {
    const page = await site.openPage(await entryOf(site, 'The response is for another audience'))
    await page.getByRole('link', { name: 'Start a test sign-in' }).click()
    await page.waitForURL(url => url.origin === site.providerUrl)
    await answer(site, page)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The test sign-in worked')
    expect(await page.locator('.checks tbody tr').count()).toBe(26)
    await page.getByRole('link', { name: 'All about it in the console' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The test went all the way')
    expect(await page.textContent('main')).toContain('Lovelace')
  })

  it('shows new ones by itself, and finds the person of one by the slash', async () => {
    const page = await site.openPage('/sign-ins?outcome=accepted')
    const rows = page.locator('#log tbody tr')
    const before = await rows.count()
    await page.getByRole('button', { name: 'Live: on' }).waitFor()
    await signIn(site)
    await rows.nth(before).waitFor()
    expect(await rows.first().textContent()).toContain('Ada Lovelace')
    await page.keyboard.press('/')
    await page.keyboard.type('ada.lovelace@acme.test')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=ada/)
    expect(await rows.count()).toBeGreaterThan(before)
  })

  it('works without scripts: filters, folded documents, neighbours', async () => {
    await signIn(site, 'Comment in the NameID')
    const page = await site.openPage('/sign-ins', { javaScriptEnabled: false })
    await page
      .getByLabel('Refused because')
      .selectOption({ label: 'What came is not a proper SAML response' })
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('link', { name: 'What came is not a proper SAML response' }).first().click()
    const response = page.getByRole('group', { name: 'The response, decoded' })
    expect(await response.locator('mark').textContent()).toBe('<!-- -->')
    const digest = response.getByText('DigestValue').first()
    expect(await digest.isVisible()).toBe(false)
    await response.locator('details:not([open]) > summary').first().click()
    await response.getByText('<ds:Reference').first().waitFor()
    await page.getByRole('link', { name: '← Older' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Ada Lovelace signed in')
  })

  it('looks right in every width and light', async () => {
    await signIn(site, 'Wrong issuer')
    await signIn(site, 'Expired')
    await signIn(site, 'Wrong certificate')
    await site.inspect('sign-ins', '/sign-ins')
    await site.inspect('sign-ins-nothing', '/sign-ins?code=saml_too_large')
    await site.inspect('sign-in-refused', await entryOf(site, 'The response is for another audience'))
    await site.inspect('sign-in-expired', await entryOf(site, 'The response has expired'))
    await site.inspect('sign-in-certificate', await entryOf(site, 'with a certificate that'))
    await site.inspect('sign-in-malformed', await entryOf(site, 'not a proper SAML response'))
    await site.inspect('sign-in-accepted', await entryOf(site, 'Signed in'))
    await site.inspect('sign-in-test-refused', `${site.domain}/test`, {
      reach: page => answer(site, page, 'Wrong recipient'),
    })
  })
})
