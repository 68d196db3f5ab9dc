import { beforeEach, describe, expect, it } from 'vitest'
import { createProviderApp } from '../../src/demo/app.ts'
import type { IdentityProvider } from '../../src/demo/provider.ts'
import { postForm, redirectUrl } from '../../src/saml/request.ts'
import { acme, application, firstOf, now } from './acme.ts'

const origin = 'http://localhost:3001'

const requestAt = ({ identity }: IdentityProvider) => ({
  id: '_request',
  issuedAt: now,
  spEntityId: application.serviceProvider.entityId,
  acsUrl: application.serviceProvider.acsUrl,
  ssoUrl: identity.ssoUrl,
  forceAuthn: false,
  relayState: 'state&"',
  loginHint: 'grace.hopper@acme.test',
})

describe('the pages of the provider', () => {
  let provider: IdentityProvider
  let app: ReturnType<typeof createProviderApp>
  beforeEach(() => {
    provider = acme()
    app = createProviderApp(provider)
  })

  const get = async (path: string) => app.request(`${origin}${path}`)
  const post = async (path: string, fields: Record<string, string>, from = origin) =>
    app.request(`${origin}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { Origin: from },
    })

  const ssoPath = (changes: object = {}) =>
    redirectUrl({ ...requestAt(provider), ...changes }).slice(origin.length)

  it('load nothing from elsewhere, and send forms to Gatehouse alone', async () => {
    for (const path of ['/', '/tile', ssoPath(), '/metadata', '/style.css', '/submit.js', '/nothing']) {
      const { headers } = await get(path)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; " +
          "form-action 'self' http://127.0.0.1:9; base-uri 'none'; frame-ancestors 'none'",
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('ask who signs in, with the person in the hint chosen', async () => {
    const page = await (await get(ssoPath())).text()
    expect(page).toMatch(/<option value="00u00002" selected>Grace Hopper/)
    expect(page).toContain('name="relay_state" value="state&amp;&quot;"')
    expect(page.match(/type="radio"/g)).toHaveLength(15)
    expect(await (await get(ssoPath({ forceAuthn: true }))).text()).toContain('a fresh proof')
  })

  it('ask the same when the request is posted, from another site as it is', async () => {
    const { fields } = postForm({ ...requestAt(provider), relayState: 'state' })
    const answer = await post('/sso', Object.fromEntries(fields), 'http://127.0.0.1:9')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('name="in_response_to" value="_request"')
  })

  it('carry the answer to Gatehouse, by a script of their own or by hand', async () => {
    const fields = { person: firstOf(provider).id, in_response_to: '_request', relay_state: 'state' }
    const page = await (await post('/answer', fields)).text()
    expect(page).toContain('<script src="/submit.js" defer></script>')
    expect(page).toContain(`<form method="post" action="${application.serviceProvider.acsUrl}">`)
    expect(page).toContain('name="RelayState" value="state"')
    const response = /name="SAMLResponse" value="([^"]+)"/.exec(page)?.[1] ?? ''
    expect(Buffer.from(response, 'base64').toString()).toContain('InResponseTo="_request"')
  })

  it('refuse a request that wants its answer elsewhere, or none at all', async () => {
    const elsewhere = await get(ssoPath({ acsUrl: 'http://evil.test/acs' }))
    expect(elsewhere.status).toBe(400)
    expect(await elsewhere.text()).toContain('got http://evil.test/acs.')
    expect((await get('/sso?SAMLRequest=x')).status).toBe(400)
    expect((await post('/answer', { person: 'nobody' })).status).toBe(400)
  })

  it('say so when Gatehouse is not there', async () => {
    const answers = [await get('/sign-ins'), await post('/push', { push: 'now' })]
    expect(answers.map(({ status }) => status)).toEqual([502, 502])
    expect(await answers[0]?.text()).toContain('That did not work')
  })

  it('change nothing for the form of another site', async () => {
    const { id } = firstOf(provider)
    expect((await post(`/people/${id}/active`, { active: 'false' }, 'http://evil.test')).status).toBe(403)
    expect(firstOf(provider).isActive).toBe(true)
  })

  it('add, move and deactivate people, and say what is not there', async () => {
    const { id } = firstOf(provider)
    const added = await post('/people', { given_name: '<i>Bo', family_name: 'Ek', group: 'Research' })
    expect(added.headers.get('location')).toBe('/#00u00026')
    await post(`/people/${id}/group`, { group: 'Research' })
    await post(`/people/${id}/active`, { active: 'false' })
    expect(firstOf(provider)).toMatchObject({ group: 'Research', isActive: false })
    const page = await (await get('/')).text()
    expect(page).toContain('&lt;i&gt;Bo Ek')
    expect(page).not.toContain('<i>')
    expect((await post('/people/nobody/active', {})).status).toBe(404)
    expect((await post(`/people/${id}/group`, { group: 'Nowhere' })).status).toBe(404)
    expect((await post('/people', { given_name: '', family_name: '', group: '' })).status).toBe(400)
  })

  it('switch the dialect without pushing', async () => {
    await post('/push', { dialect: 'entra' })
    expect(provider.pusher.dialect.title).toBe('Entra ID')
    expect(provider.pusher.exchanges).toEqual([])
    expect(await (await get('/')).text()).toMatch(/<option value="entra" selected>/)
  })
})
