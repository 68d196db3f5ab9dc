// Set-up links over HTTP: the console where they are made, and browsers of people without an account that open them.
import type { Config } from '../../../src/config.ts'
import { csrfTokenOf } from '../../../src/http/own-pages.ts'
import { createSetUpApp } from '../../../src/http/set-up/app.ts'
import type { Db } from '../../../src/store/db.ts'
import { type Console, encoded, type Fields, openConsole, type Visitor } from '../console/visitor.ts'

/** A browser with a cookie of its own. */
interface Guest {
  readonly secret: string
  readonly cookie: string
  open(path?: string, headers?: Record<string, string>): Promise<Response>
  submit(path: string, fields?: Fields, headers?: Record<string, string>): Promise<Response>
  text(path?: string): Promise<string>
}

export interface SetUpWorld extends Console {
  readonly admin: Visitor
  /** Whoever asks without a cookie. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** The secret of a link that the administrator makes on the page of a domain; of none without an id. */
  makeLink(fields?: { domainId?: string | null; parts?: readonly string[]; days?: number }): Promise<string>
  /** Follows the link and presses the button. */
  follow(secret: string): Promise<Guest>
}

export async function openSetUpWorld(db: Db, overrides: Partial<Config> = {}): Promise<SetUpWorld> {
  const console = await openConsole(db, overrides)
  const { ctx, tenant } = console.surface
  const app = createSetUpApp(ctx, console.lifecycle)
  const admin = await console.enter(tenant.organizationId, 8, 'grace')
  const { baseUrl } = ctx.config
  const ask: SetUpWorld['ask'] = async (path, init) => app.request(path, init)

  const makeLink: SetUpWorld['makeLink'] = async (fields = {}) => {
    const { domainId = tenant.domain.id, parts = ['verify', 'saml', 'scim', 'test'], days = 7 } = fields
    const path = domainId === null ? '/set-up-links' : `/domains/${domainId}/set-up-links`
    const response = await admin.submit(path, { label: 'Initech IT', days: String(days), parts })
    const secret = /\/set-up\/([\w-]{43})</.exec(await response.text())?.[1]
    if (secret === undefined) throw new Error(`expected a link, got ${response.status}`)
    return secret
  }

  const guestWith = (secret: string, cookie: string): Guest => {
    const open: Guest['open'] = (path = '', headers = {}) =>
      ask(`/set-up${path}`, { headers: { Cookie: cookie, ...headers } })
    return {
      secret,
      cookie,
      open,
      submit: (path, fields = {}, headers = {}) =>
        ask(`/set-up${path}`, {
          method: 'POST',
          headers: {
            Cookie: cookie,
            Origin: baseUrl,
            'Content-Type': 'application/x-www-form-urlencoded',
            ...headers,
          },
          body: encoded({ csrf: csrfTokenOf(secret), ...fields }),
        }),
      text: async path => (await open(path)).text(),
    }
  }

  const follow: SetUpWorld['follow'] = async secret => {
    const response = await ask(`/set-up/${secret}`, { method: 'POST', headers: { Origin: baseUrl } })
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (cookie === undefined) throw new Error(`expected a cookie, got ${response.status}`)
    return guestWith(secret, cookie)
  }
  return { ...console, admin, ask, makeLink, follow }
}
