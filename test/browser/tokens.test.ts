// The SCIM tokens of an organization, as an administrator rotates and revokes them.
import { expect, it } from 'vitest'
import { person } from '../http/scim/surface.ts'
import { onSite, stranger } from './site.ts'

onSite('SCIM tokens', site => {
  const card = '.tokens > li'
  const tokenOn = '#token'

  it('rotates with an overlap: both work, each card says who has which, and the old one is revoked', async () => {
    const old = site.provider.application.scim.token
    expect((await site.push(person('first'), old)).status).toBe(201)
    const page = await site.openPage('/')
    await page.getByRole('link', { name: 'Tokens', exact: true }).click()
    await page.waitForURL(/\/tokens$/)
    expect(await page.locator(card).count()).toBe(1)
    await expect
      .poll(async () => {
        await page.reload()
        return page.locator(card).textContent()
      })
      .toMatch(/in use.*Last used\s*\d+ \w+ ago by Okta/s)

    await page.getByLabel('Older tokens').selectOption('live on for an hour')
    await page.getByRole('button', { name: 'Rotate: make a new token' }).click()
    const fresh = (await page.textContent(tokenOn)) ?? ''
    expect(fresh).toMatch(/^gts_/)
    expect(await page.locator(card).count()).toBe(2)
    expect(await page.locator(card).first().textContent()).toMatch(
      /on its way out.*in (59 min|1 h)\s*Okta still has it/s,
    )
    expect(await page.locator(card).last().textContent()).toContain('not used yet')
    for (const [name, token] of [
      ['by-old', old],
      ['by-new', fresh],
    ] as const)
      expect((await site.push(person(name), token)).status).toBe(201)

    await page.goto(`${site.ctx.config.baseUrl}/tokens`)
    expect(await page.textContent('main')).not.toContain(fresh)
    await expect
      .poll(async () => {
        await page.reload()
        return page.locator(card).last().textContent()
      })
      .toMatch(/in use.*from (127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)/s)
    await site.inspect('tokens', '/tokens')

    await page.locator(card).first().getByRole('link', { name: 'Revoke …' }).click()
    expect(await page.textContent('main')).toMatch(/by Okta from [\d.:a-f]+: whoever still has it is refused/)
    expect(await page.textContent('main')).toContain(`Whoever has …${fresh.slice(-4)} goes on pushing.`)
    await site.inspect('token-revocation', new URL(page.url()).pathname)
    await page.getByLabel(/^Type/).fill('something else')
    await page.getByRole('button', { name: /^Revoke the token/ }).click()
    expect(await page.getByRole('alert').textContent()).toContain('Expected "acme.test" to be typed')
    await page.getByLabel(/^Type/).fill('acme.test')
    await page.getByRole('button', { name: /^Revoke the token/ }).click()
    expect(await page.getByRole('status').textContent()).toContain('revoked')
    expect(await page.locator(card).count()).toBe(1)
    expect((await site.push(person('too-late'), old)).status).toBe(401)
    expect((await site.push(person('in-time'), fresh)).status).toBe(201)
  }, 60_000)

  it('asks before a token that is in use is replaced at once, and works without scripts', async () => {
    const page = await site.openPage('/tokens', { javaScriptEnabled: false })
    await page.getByLabel('Older tokens').selectOption('end at once')
    await page.getByRole('button', { name: 'Rotate: make a new token' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Replace the tokens of acme.test at once',
    )
    expect(await page.textContent('main')).toContain('A new token takes their place.')
    await page.getByLabel(/^Type/).fill('acme.test')
    await page.getByRole('button', { name: /^Replace the tokens/ }).click()
    expect(await page.textContent(tokenOn)).toMatch(/^gts_/)
    expect(await page.locator(card).count()).toBe(1)
    await site.inspect('token-made', '/tokens', {
      reach: async fresh => {
        // Nobody has used it yet, so nobody is asked.
        await fresh.getByLabel('Older tokens').selectOption('end at once')
        await fresh.getByRole('button', { name: 'Rotate: make a new token' }).click()
        await fresh.locator(tokenOn).waitFor()
      },
    })
  }, 60_000)

  it('is nothing for strangers', async () => {
    const page = await site.openPage('/tokens', stranger)
    expect(new URL(page.url()).pathname).toBe('/login')
  })
})
