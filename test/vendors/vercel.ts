// Vercel as an integration sees it: it signs tokens with keys that it publishes, and keeps resources and their variables.
import { Hono } from 'hono'
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'
import { type Outage, serve } from './server.ts'

export const integrationId = 'oac_9f4YG9JFjgKkRlxoaaGG0y05'
export const clientSecret = 'only-vercel-and-we-know'

type Secrets = { name: string; value: string; environmentOverrides?: Record<string, string> }[]

export interface FakeVercel {
  readonly url: string
  readonly outage: Outage
  /** By `installation/resource`. */
  readonly resources: Map<string, { productId: string; name: string; secrets: Secrets }>
  /** Live installations with their access tokens. */
  readonly installations: Map<string, string>
  /** Codes that can be exchanged once, with their installation. */
  readonly codes: Map<string, string>
  /** Called before variables are taken over, while somebody waits for the answer. */
  beforeSecrets: () => Promise<void>
  /** How often the keys were fetched. */
  keyFetches: number
  userToken(installationId: string, changes?: TokenChanges): Promise<string>
  systemToken(installationId: string | null, changes?: TokenChanges): Promise<string>
}

interface TokenChanges {
  /** What is undefined is left out. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: { typ?: string | undefined; kid?: string }
  readonly expiresAt?: Date
}

export async function startVercel(): Promise<FakeVercel> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'vercel-1', alg: 'RS256', use: 'sig' }
  const sign = (claims: JWTPayload, { claims: changed, header, expiresAt }: TokenChanges = {}) => {
    const exp = Math.floor((expiresAt?.getTime() ?? Date.now() + 5 * 60_000) / 1000)
    return new SignJWT({ exp, ...claims, ...changed })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'vercel-1', ...header } as JWTHeaderParameters)
      .setIssuedAt()
      .sign(privateKey)
  }
  const shared = { iss: 'https://marketplace.vercel.com', aud: integrationId, account_id: 'a1b2c3' }
  const outage: Outage = { mode: 'up' }
  const vercel: FakeVercel = {
    url: '',
    outage,
    resources: new Map(),
    installations: new Map(),
    codes: new Map(),
    beforeSecrets: async () => {},
    keyFetches: 0,
    userToken: (installation_id, changes) =>
      sign(
        {
          ...shared,
          sub: 'account:a1b2c3:user:d4e5f6',
          installation_id,
          user_id: 'd4e5f6',
          user_role: 'ADMIN',
          user_email: 'Ada@Vercel-Customer.test',
          user_name: 'Ada Lovelace',
          type: 'id_token',
        },
        changes,
      ),
    systemToken: (installation_id, changes) =>
      sign({ ...shared, sub: 'account:a1b2c3', installation_id } as JWTPayload, changes),
  }
  return Object.assign(vercel, { url: await serve(appOf(vercel, jwk), outage) })
}

function appOf(vercel: FakeVercel, jwk: object): Hono {
  const app = new Hono()
  const opens = (header: string | undefined, installation: string) =>
    vercel.installations.has(installation) && header === `Bearer ${vercel.installations.get(installation)}`
  const forbidden = { error: { code: 'forbidden', message: 'Not authorized' } }
  const notFound = { error: { code: 'not_found', message: 'Not found' } }
  const invalid = { error: { code: 'bad_request', message: 'Invalid request' } }

  app.get('/.well-known/jwks', c => {
    vercel.keyFetches++
    return c.json({ keys: [jwk] })
  })
  app.post('/v2/oauth/access_token', async c => {
    const form = new URLSearchParams(await c.req.text())
    const installation = vercel.codes.get(form.get('code') ?? '')
    if (form.get('client_id') !== integrationId || form.get('client_secret') !== clientSecret)
      return c.json({ error: 'invalid_client' }, 401)
    if (installation === undefined || !form.get('redirect_uri'))
      return c.json({ error: 'invalid_grant' }, 400)
    vercel.codes.delete(form.get('code') ?? '')
    const access_token = `linked ${installation}`
    vercel.installations.set(installation, access_token)
    return c.json({
      access_token,
      token_type: 'Bearer',
      installation_id: installation,
      user_id: 'u1',
      team_id: 'team_1',
    })
  })
  app.put('/v1/installations/:installation/resources/:resource', async c => {
    const { installation, resource } = c.req.param()
    if (!opens(c.req.header('authorization'), installation)) return c.json(forbidden, 403)
    const { productId, name, status, ownership } = await c.req.json()
    if (!productId || !name || status !== 'ready' || ownership !== 'linked') return c.json(invalid, 400)
    const key = `${installation}/${resource}`
    vercel.resources.set(key, { productId, name, secrets: vercel.resources.get(key)?.secrets ?? [] })
    return c.json({ name })
  })
  app.put('/v1/installations/:installation/resources/:resource/secrets', async c => {
    const { installation, resource } = c.req.param()
    if (!opens(c.req.header('authorization'), installation)) return c.json(forbidden, 403)
    const known = vercel.resources.get(`${installation}/${resource}`)
    if (!known) return c.json(notFound, 404)
    const { secrets } = await c.req.json()
    if (!Array.isArray(secrets) || !secrets.every(each => each.name && each.value))
      return c.json(invalid, 400)
    await vercel.beforeSecrets()
    known.secrets = secrets
    return c.body(null, 201)
  })
  app.delete('/v1/integrations/configuration/:installation', c => {
    const { installation } = c.req.param()
    if (!vercel.installations.has(installation)) return c.json(notFound, 404)
    if (!opens(c.req.header('authorization'), installation)) return c.json(forbidden, 403)
    vercel.installations.delete(installation)
    return c.body(null, 204)
  })
  return app
}
