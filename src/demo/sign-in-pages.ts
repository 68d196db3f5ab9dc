// The way of a sign-in through the provider: a request comes in, somebody is chosen, an answer goes out.
import type { Context, Hono } from 'hono'
import { readForm } from './form.ts'
import { readSamlLog } from './logs.ts'
import { choicePage, handOffPage, messagePage } from './pages/sign-in.ts'
import { signInsPage } from './pages/sign-ins.ts'
import type { IdentityProvider } from './provider.ts'
import { type Binding, readAuthnRequest } from './saml/authn-request.ts'
import { faults } from './saml/faults.ts'

interface Received {
  readonly samlRequest: string
  readonly relayState: string
  readonly binding: Binding
}

/** The one endpoint that other sites may send forms to. */
export function addRequests(app: Hono, provider: IdentityProvider): void {
  const { directory, application } = provider
  const { acsUrl } = application.serviceProvider

  const ask = (c: Context, { samlRequest, relayState, binding }: Received) => {
    const request = readAuthnRequest(samlRequest, binding)
    if (request?.acsUrl === acsUrl) {
      const loginHint = c.req.query('login_hint') ?? ''
      return c.html(choicePage({ directory, request, relayState, loginHint }))
    }
    const got = request ? request.acsUrl : 'nothing that can be read'
    const message = `Expected a SAML request that wants its answer at ${acsUrl}, got ${got}.`
    return c.html(messagePage(directory.company, message), 400)
  }

  app.get('/sso', c => {
    const { SAMLRequest: samlRequest = '', RelayState: relayState = '' } = c.req.query()
    return ask(c, { samlRequest, relayState, binding: 'redirect' })
  })

  app.post('/sso', async c => {
    const text = await readForm(c)
    return ask(c, { samlRequest: text('SAMLRequest'), relayState: text('RelayState'), binding: 'post' })
  })
}

export function addSignIns(app: Hono, provider: IdentityProvider): void {
  const { directory, application } = provider
  const { acsUrl } = application.serviceProvider
  const { company } = directory

  app.get('/tile', c => c.html(choicePage({ directory, request: undefined, relayState: '', loginHint: '' })))

  app.post('/answer', async c => {
    const text = await readForm(c)
    const person = directory.find(text('person'))
    if (!person) return c.html(messagePage(company, 'There is no such person in the directory.'), 400)
    const samlResponse = provider.respond({
      person,
      fault: faults.find(({ id }) => id === text('fault')),
      inResponseTo: text('in_response_to') || undefined,
    })
    return c.html(handOffPage({ company, acsUrl, samlResponse, relayState: text('relay_state') }))
  })

  app.get('/sign-ins', async c => {
    const rows = await readSamlLog(application.logs)
    return c.html(signInsPage(company, rows.reverse()))
  })
}
