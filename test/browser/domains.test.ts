// A domain from its claim to enforcement, as its administrator clicks through it, in every width and light.
import { expect, it } from 'vitest'
import { onSite } from './site.ts'

onSite('the steps of a domain', site => {
  const update = (changes: object, name = 'acme.test') =>
    site.ctx.db.updateTable('domains').set(changes).where('name', '=', name).execute()
  const unset = { saml_entity_id: null, saml_sso_url: null, saml_certificates: null, saml_tested_at: null }
  const metadata = () => site.provider.identity.metadata
  const answerWith = (values: string[]) =>
    Object.assign(site.ctx, { lookUpTxt: async () => ({ outcome: 'found', values }) })

  it('claims a domain, is told the nearest mistake, and verifies it', async () => {
    const page = await site.openPage('/')
    await page.getByLabel('Name').fill('steps.example.com')
    await page.getByRole('button', { name: 'Add domain' }).click()
    await page.waitForURL(/\/domains\//)
    const challenge = (await page.textContent('#record-value')) ?? ''
    answerWith([`"${challenge}"`])
    await page.getByRole('button', { name: 'Check now' }).click()
    expect(await page.getByRole('status').textContent()).toContain('has quotes or spaces in it')
    const { pathname } = new URL(page.url().replace(/\/verify.*/, ''))
    await site.inspect('domain-pending', pathname)
    answerWith([challenge])
    await update({ last_checked_at: null }, 'steps.example.com')
    await page.getByRole('button', { name: 'Check now' }).click()
    expect(await page.getByRole('status').textContent()).toContain('the domain is verified')
    expect(await page.locator('.way .done').allTextContents()).toEqual([expect.stringContaining('Verify')])
  }, 60_000)

  it('takes metadata after a look at it, tests a sign-in, enforces it, and takes that back', async () => {
    await update(unset)
    const page = await site.openPage(`${site.domain}?idp=okta`)
    await page.getByLabel('or its text').fill(metadata())
    await page.getByRole('button', { name: 'Preview …' }).first().click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Look before you save')
    expect(await page.textContent('main')).toContain(site.provider.identity.entityId)
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getByRole('status').textContent()).toContain('Saved.')

    const opening = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Open a test sign-in' }).click()
    const test = await opening
    await page.getByText('Waiting for the test sign-in to come back').waitFor()
    await test.getByRole('combobox').selectOption({ label: 'Ada Lovelace (ada.lovelace@acme.test)' })
    await test.getByRole('button', { name: 'Sign in' }).first().click()
    await test.getByRole('heading', { name: 'The test sign-in worked' }).waitFor()
    await page.waitForURL(/tested=/)
    expect(await page.textContent('#test')).toMatch(/\d+ of \d+ checks passed/)
    await page.getByText(/Attributes that came/).click()
    expect(await page.textContent('#test')).toContain('ada.lovelace@acme.test')

    await page.getByRole('link', { name: 'See who is affected …' }).click()
    await page.waitForURL(/\/enforce/)
    expect(await page.textContent('main')).toContain('owner-link')
    await page.getByLabel(/I know who can run the command/).check()
    await page.getByLabel(/to confirm/).fill('acme.tes')
    await page.getByRole('button', { name: 'Enforce SAML for acme.test' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('"acme.tes"')
    await page.getByLabel(/to confirm/).fill('acme.test')
    await page.getByRole('button', { name: 'Enforce SAML for acme.test' }).click()
    expect(await page.textContent('#enforce')).toContain('SAML is enforced.')
    expect(await page.locator('.way .done').count()).toBe(5)
    await page.getByRole('link', { name: 'Who that is, and the way back …' }).click()
    await page.getByLabel(/to confirm/).fill('acme.test')
    await page.getByRole('button', { name: 'Stop enforcing SAML' }).click()
    expect(await page.textContent('#enforce')).toContain('not enforced')
  }, 60_000)

  it('takes a file, without scripts too', async () => {
    const page = await site.openPage(site.domain, { javaScriptEnabled: false })
    await page.getByText('Replace these settings …').click()
    const buffer = Buffer.from(metadata())
    await page.getByLabel('or the file').setInputFiles({ name: 'metadata.xml', mimeType: 'text/xml', buffer })
    await page.getByRole('button', { name: 'Preview …' }).first().click()
    expect(await page.textContent('main')).toContain('all of this is saved already')
    await page.getByRole('link', { name: 'Back without saving' }).click()
    expect(new URL(page.url()).pathname).toBe(site.domain)
  })

  it('shows what goes with a domain, and keeps it when the name is wrong', async () => {
    const page = await site.openPage(site.domain)
    await page.getByRole('link', { name: 'Delete this domain …' }).click()
    expect(await page.textContent('main')).toContain('Users pushed by SCIM')
    await page.getByLabel(/to confirm/).fill('acme')
    await page.getByRole('button', { name: 'Delete acme.test' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('Nothing was done')
  })

  it('looks right in every width and light', async () => {
    const xml = metadata().replaceAll(site.provider.identity.entityId, 'https://another.test/metadata')
    await site.inspect('domain-all-done', site.domain)
    await site.inspect('domain-guide-okta', `${site.domain}?idp=okta`)
    await site.inspect('domain-metadata', site.domain, {
      reach: async page => {
        await page.getByText('Replace these settings …').click()
        await page.getByLabel('or its text').fill(xml)
        await page.getByRole('button', { name: 'Preview …' }).first().click()
        await page.getByRole('heading', { name: 'Look before you save' }).waitFor()
      },
    })
    await site.inspect('domain-metadata-refused', site.domain, {
      reach: async page => {
        await page.getByText('Replace these settings …').click()
        await page.getByLabel('or its text').fill('hello')
        await page.getByRole('button', { name: 'Preview …' }).first().click()
        await page.getByRole('alert').waitFor()
      },
    })
    await site.inspect('domain-enforce', `${site.domain}/enforce`)
    await site.inspect('domain-delete', `${site.domain}/delete`)
    await site.inspect('domain-new-token', site.domain, {
      reach: async page => {
        const ofUsed = page.getByText('Replace at once …')
        if ((await ofUsed.count()) > 0) {
          await ofUsed.click()
          await page.getByRole('button', { name: 'End every token, and make a new one' }).click()
        } else {
          await page.getByLabel('Older tokens').selectOption({ label: 'end at once' })
          await page.getByRole('button', { name: 'Rotate: make a new token' }).click()
        }
        await page.locator('#token').waitFor()
      },
    })
    await update({ ...unset, verification_lost_at: new Date().toISOString() })
    await site.inspect('domain-lost', site.domain)
    await site.inspect('domains-table', '/')
  }, 300_000)
})
