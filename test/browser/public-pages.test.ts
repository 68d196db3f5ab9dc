// The pages for people who are not in the console, one product with it: signing in, invites, agreements, refusals, the docs.
import { expect, it } from 'vitest'
import { mailedPath } from './mailed.ts'
import { onSite, stranger } from './site.ts'

onSite('the public pages', site => {
  const organization = () => {
    const { api, apiKey } = site.provider.application.logs
    return { at: api.replace(/\/domains\/.*/, ''), headers: { Authorization: `Bearer ${apiKey}` } }
  }
  const make = async (path: string, body: object) => {
    const { at, headers } = organization()
    const response = await fetch(at + path, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(201)
  }
  it('takes an invited person in, and says so when the link is used again', async () => {
    await make('/invites', { target_email: 'invited@elsewhere.example', first_name: 'Grace' })
    const path = await mailedPath(site, /\/invites\/[\w-]{43}/)
    await site.inspect('invite', path, stranger)
    const page = await site.openPage(path, stranger)
    await page.getByRole('button', { name: 'Accept the invite' }).click()
    await page.getByRole('heading', { name: 'Welcome' }).waitFor()
    await site.inspect('invite-dead', path, stranger)
  })

  it('has an agreement signed, once the form is complete', async () => {
    await make('/legal_documents', {
      document_type: 'DPA',
      company_name: 'Lovelace & Söhne',
      company_address: 'Analytical Lane 1, London',
      representative_email: 'signer@elsewhere.example',
    })
    const path = await mailedPath(site, /\/sign\/[\w-]{43}/)
    await site.inspect('agreement', path, stranger)
    const page = await site.openPage(path, stranger)
    await page.getByLabel('Your full name').fill('Ada Lovelace')
    await page.getByLabel('Your title at').fill('Chief Executive')
    await page.getByLabel(/I have read/).check()
    await page.getByRole('button', { name: 'Sign' }).click()
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    await site.inspect('agreement-signed', path, stranger)
    await site.inspect('agreement-dead', '/sign/nothing', stranger)
  })

  it('asks for an address, and leads on to single sign-on or to the mail', async () => {
    await site.inspect('sign-in', '/login', stranger)
    const page = await site.openPage('/login', stranger)
    await page.getByLabel('Your e-mail address').fill('somebody@elsewhere.example')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
    await page.goto(`${site.ctx.config.baseUrl}/login`)
    await page.getByLabel('Your e-mail address').fill('ada.lovelace@acme.test')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(url => url.href.startsWith(site.providerUrl))
  })

  it('says what went wrong, with a code, a trace id and a way to start over', async () => {
    const path = `/login/saml?${new URLSearchParams({ email: 'nobody@unknown.example' })}`
    const page = await site.openPage(path, stranger)
    expect(await page.getByRole('alert').textContent()).not.toBe('')
    expect(await page.textContent('main')).toMatch(/Code\s*\w+\s*Trace id\s*[\da-f-]{36}/)
    await page.getByRole('link', { name: 'Start over' }).click()
    await page.getByLabel('Your e-mail address').waitFor()
    await site.inspect('refusal', path, stranger)
    await site.inspect('nothing-here', '/login/nothing', stranger)
    await site.inspect('console-nothing-here', '/domains/nothing')
  })

  it('describes the API in the same look', () =>
    site.inspect('docs', '/docs', { ...stranger, atMost: 400_000 }))
})
