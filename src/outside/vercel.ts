// Vercel's API, as far as an integration needs it: the exchange of a code, the variables of a resource, the uninstall.
import { CallRefused, call, jsonRequest } from './call.ts'

export interface VercelCredentials {
  readonly access_token: string
  readonly token_type: string
}

/** A variable with a value for each environment. */
export interface Secret {
  readonly name: string
  readonly value: string
  readonly environmentOverrides: Readonly<Record<'production' | 'preview' | 'development', string>>
}

export interface Resource {
  readonly installationId: string
  /** Ours. */
  readonly resourceId: string
  readonly productId: string
  readonly name: string
}

export interface Exchange {
  /** `oac_…`, which is the OAuth client id too. */
  readonly clientId: string
  readonly clientSecret: string
  readonly code: string
  readonly redirectUri: string
}

export interface LinkedAccount {
  readonly installationId: string
  readonly teamId: string | null
  readonly credentials: VercelCredentials
}

/** Throws a CallRefused when Vercel does not know the code. */
export async function exchangeCode(apiUrl: string, exchange: Exchange): Promise<LinkedAccount> {
  const request = new Request(`${apiUrl}/v2/oauth/access_token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: exchange.clientId,
      client_secret: exchange.clientSecret,
      code: exchange.code,
      redirect_uri: exchange.redirectUri,
    }),
  })
  const what = 'Vercel, exchange of a code'
  const answer: unknown = await (await call(what, request)).json()
  const found = new Map(Object.entries(Object(answer)))
  const [accessToken, installationId, teamId] = ['access_token', 'installation_id', 'team_id'].map(name =>
    found.get(name),
  )
  if (typeof accessToken !== 'string' || typeof installationId !== 'string')
    throw new Error(`${what}: expected access_token and installation_id, got ${[...found.keys()].join(', ')}`)
  return {
    installationId,
    teamId: typeof teamId === 'string' ? teamId : null,
    credentials: { access_token: accessToken, token_type: 'Bearer' },
  }
}

/** Makes the resource if it is not there, then gives it exactly these variables; safe to repeat. */
export async function putSecrets(
  apiUrl: string,
  credentials: VercelCredentials,
  { resource, secrets }: { resource: Resource; secrets: readonly Secret[] },
): Promise<void> {
  const { installationId, resourceId, productId, name } = resource
  const authorization = bearer(credentials)
  const url = `${apiUrl}/v1/installations/${encodeURIComponent(installationId)}/resources/${encodeURIComponent(resourceId)}`
  const body = { productId, name, status: 'ready', ownership: 'linked' }
  await call('Vercel, import of a resource', jsonRequest('PUT', url, { authorization, body }))
  const update = jsonRequest('PUT', `${url}/secrets`, { authorization, body: { secrets } })
  await call('Vercel, variables of a resource', update)
}

/** An installation that Vercel does not know any more, or lets us not touch any more, is gone. */
export async function uninstall(
  apiUrl: string,
  credentials: VercelCredentials,
  installationId: string,
): Promise<void> {
  const url = `${apiUrl}/v1/integrations/configuration/${encodeURIComponent(installationId)}`
  const request = jsonRequest('DELETE', url, { authorization: bearer(credentials) })
  await call('Vercel, uninstall', request).catch((error: unknown) => {
    if (!(error instanceof CallRefused && goneStatuses.has(error.status))) throw error
  })
}

const goneStatuses = new Set([401, 403, 404, 410])

const bearer = ({ access_token: token }: VercelCredentials) => `Bearer ${token}`
