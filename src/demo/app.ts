// The provider's pages and endpoints; it has no sign-in of its own, for it listens on this machine only.
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { readSamlLog } from './logs.ts'
import { homePage } from './pages/home.ts'
import { choicePage, handOffPage, messagePage } from './pages/sign-in.ts'
import { signInsPage } from './pages/sign-ins.ts'
import { script, style } from './pages/style.ts'
import type { IdentityProvider } from './provider.ts'
import { dialects } from './push/dialects.ts'
import { readAuthnRequest } from './saml/authn-request.ts'
import { faults } from './saml/faults.ts'

/** A field of a form as text; '' when it is missing or a file. */
const textOf = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

export function createProviderApp(provider: IdentityProvider): Hono {
  const app = new Hono()
  const { acsUrl } = provider.application.serviceProvider
  const policy = policyFor(acsUrl)
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of policy) c.header(name, value)
  })
  app.use(csrf())
  app.get('/style.css', c => c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.get('/submit.js', c => c.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  app.get('/metadata', c =>
    c.body(provider.identity.metadata, 200, { 'Content-Type': 'application/samlmetadata+xml' }),
  )
  addSignIn(app, provider)
  addDirectory(app, provider)
  // Most often Gatehouse, which has stopped.
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    return c.html(messagePage(provider.directory.company, error.message), 502)
  })
  return app
}

/** Everything from here, and forms also to Gatehouse. */
const policyFor = (acsUrl: string) =>
  Object.entries({
    'Content-Security-Policy': [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      'img-src data:',
      `form-action 'self' ${new URL(acsUrl).origin}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  })

function addSignIn(app: Hono, provider: IdentityProvider): void {
  const { directory, application } = provider
  const { acsUrl } = application.serviceProvider
  const { company } = directory
  const page = { directory, samlRequest: '', relayState: '', isForced: false, loginHint: '' }

  app.get('/tile', c => c.html(choicePage(page)))

  app.get('/sso', c => {
    const { SAMLRequest: samlRequest = '', RelayState: relayState = '', login_hint = '' } = c.req.query()
    const request = readAuthnRequest(samlRequest)
    if (!request)
      return c.html(messagePage(company, 'Expected a SAML request, got none that can be read.'), 400)
    if (request.acsUrl !== acsUrl) {
      const message = `Expected a request that wants its answer at ${acsUrl}, got ${request.acsUrl}.`
      return c.html(messagePage(company, message), 400)
    }
    const { isForced } = request
    return c.html(choicePage({ ...page, samlRequest, relayState, isForced, loginHint: login_hint }))
  })

  app.get('/sign-ins', async c => {
    const rows = await readSamlLog(application.logs)
    return c.html(signInsPage(company, rows.reverse()))
  })

  app.post('/sso', async c => {
    const form = await c.req.formData()
    const person = directory.find(textOf(form, 'person'))
    if (!person) return c.html(messagePage(company, 'There is no such person in the directory.'), 400)
    const samlResponse = provider.respond({
      person,
      fault: faults.find(({ id }) => id === textOf(form, 'fault')),
      inResponseTo: readAuthnRequest(textOf(form, 'saml_request'))?.id,
    })
    return c.html(handOffPage({ company, acsUrl, samlResponse, relayState: textOf(form, 'relay_state') }))
  })
}

function addDirectory(app: Hono, provider: IdentityProvider): void {
  const { directory, pusher, application } = provider
  const { company } = directory
  const { loginUrl } = application
  const unknown = 'There is no such person or group in the directory.'

  app.get('/', c => c.html(homePage({ directory, pusher, loginUrl, metadataUrl: '/metadata' })))

  app.post('/push', async c => {
    const form = await c.req.formData()
    const dialect = dialects.find(({ name }) => name === textOf(form, 'dialect'))
    if (dialect) pusher.dialect = dialect
    if (textOf(form, 'push') !== '') await provider.pushAll()
    return c.redirect('/', 303)
  })

  app.post('/people', async c => {
    const form = await c.req.formData()
    const person = directory.add({
      givenName: textOf(form, 'given_name'),
      familyName: textOf(form, 'family_name'),
      group: textOf(form, 'group'),
    })
    if (person) return c.redirect(`/#${person.id}`, 303)
    return c.html(
      messagePage(company, 'Expected a given and a family name in Latin letters, and a group.'),
      400,
    )
  })

  app.post('/people/:id/active', async c => {
    const form = await c.req.formData()
    const person = directory.change(c.req.param('id'), { isActive: textOf(form, 'active') === 'true' })
    return person ? c.redirect(`/#${person.id}`, 303) : c.html(messagePage(company, unknown), 404)
  })

  app.post('/people/:id/group', async c => {
    const form = await c.req.formData()
    const person = directory.change(c.req.param('id'), { group: textOf(form, 'group') })
    return person ? c.redirect(`/#${person.id}`, 303) : c.html(messagePage(company, unknown), 404)
  })
}
