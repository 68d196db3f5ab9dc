// An organization whose people sign in through an identity provider, and the browsers that they do it with.

import { inflateRawSync } from 'node:zlib'
import type { Hono } from 'hono'
import type { Config } from '../../../src/config.ts'
import type { HttpEnv } from '../../../src/http/request.ts'
import { createSignInApp } from '../../../src/http/saml/app.ts'
import type { Judge } from '../../../src/login/saml/judge.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { changeDomain, type DomainPatch } from '../../../src/manage/domains/domains.ts'
import { judgeResponse } from '../../../src/saml/verdict.ts'
import type { Db } from '../../../src/store/db.ts'
import { findDomainById } from '../../../src/store/domain/domains.ts'
import { ensureMember } from '../../../src/store/organization/members.ts'
import { ensurePerson } from '../../../src/store/organization/people.ts'
import { listSignIns, type SignIn } from '../../../src/store/sign-in/sign-ins.ts'
import { idp } from '../../saml/keys.ts'
import {
  attributeStatement,
  bearer,
  encode,
  formats,
  type Making,
  make,
  type Parts,
} from '../../saml/provider.ts'
import { type Installation, install } from '../api/client.ts'

export const idpUrl = 'https://idp.test/sso'
export const idpEntityId = 'https://idp.test/entity'

export interface World extends Installation {
  readonly app: Hono<HttpEnv>
  /** A verified domain with SAML, of the first organization unless another is given. */
  connect(name: string, patch?: DomainPatch, organizationId?: string): Promise<Connected>
  browser(): Browser
  addMember(organizationId: string, email: string, level?: number): Promise<string>
  logOf(domain: Connected): Promise<SignIn[]>
}

export interface Connected {
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly acsUrl: string
  readonly spEntityId: string
}

const directly: Judge = async input => judgeResponse(input)

export async function openWorld(db: Db, overrides: Partial<Config> = {}, judge = directly): Promise<World> {
  const installation = await install(db, overrides)
  const { ctx } = installation
  const app = createSignInApp(ctx, judge)
  return {
    ...installation,
    app,
    browser: () => new Browser(app, ctx.config.baseUrl),
    connect: async (name, patch = {}, organizationId = installation.organizationId) => {
      const operator = operatorCaller(organizationId)
      const {
        id,
        saml_sp_acs_url: acsUrl,
        saml_sp_entity_id: spEntityId,
      } = await addDomain(ctx, operator, {
        name,
        verified: true,
        samlEntityId: idpEntityId,
        samlSsoUrl: idpUrl,
        samlCert: idp.certificate,
      })
      await changeDomain(ctx, operator, { id, patch })
      return { id, organizationId, name, acsUrl, spEntityId }
    },
    addMember: async (organizationId, email, level = 1) => {
      const now = ctx.now().toISOString()
      const { id } = await ensurePerson(db, {
        email,
        firstName: '',
        lastName: '',
        isEmailVerified: true,
        now,
      })
      await ensureMember(db, { organizationId, personId: id, level, origin: 'invite', now })
      return id
    },
    logOf: async domain => {
      if (!(await findDomainById(db, domain.id))) return []
      return listSignIns(db, { domainId: domain.id }, { search: {}, limit: 1000 })
    },
  }
}

export interface Started {
  readonly requestId: string
  readonly relayState: string
  readonly url: URL
}

interface Asking {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly form?: Record<string, string>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

/** Keeps cookies as one site's browser would. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #app: Hono<HttpEnv>
  readonly #baseUrl: string

  constructor(app: Hono<HttpEnv>, baseUrl: string) {
    this.#app = app
    this.#baseUrl = baseUrl
  }

  async ask(path: string, { method = 'GET', headers = {}, form, body }: Asking = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = form ? new URLSearchParams(form).toString() : body
    const response = await this.#app.request(path.replace(this.#baseUrl, ''), {
      method: form ? 'POST' : method,
      headers: {
        ...(cookie === '' ? {} : { Cookie: cookie }),
        ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    for (const each of response.headers.getSetCookie()) this.#keep(each)
    return response
  }

  #keep(header: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
    if (/max-age=0/i.test(header)) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }

  async start(path: string): Promise<Started> {
    const response = await this.ask(path)
    if (response.status !== 302) throw new Error(`not sent away: ${response.status} ${await response.text()}`)
    return readRedirect(response)
  }

  /** As the identity provider's page makes the browser post. */
  answer(domain: Connected, fields: Record<string, string>): Promise<Response> {
    return this.ask(`/saml/${domain.id}/acs`, { form: fields, headers: { Origin: 'https://idp.test' } })
  }
}

export function readRedirect(response: Response): Started {
  const url = new URL(response.headers.get('location') ?? '')
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  const requestId = /ID="([^"]+)"/.exec(xml)?.[1] ?? ''
  return { requestId, relayState: url.searchParams.get('RelayState') ?? '', url }
}

export interface Answering {
  readonly email?: string
  /** null: unsolicited. */
  readonly requestId: string | null
  readonly nameId?: string
  readonly attributes?: readonly (readonly [string, ...string[]])[]
  readonly changes?: Partial<Parts>
  readonly making?: Making
  readonly sessionMinutes?: number | null
}

let assertions = 0

/** The base64 of a response that fits the domain and its clock. */
export function respond(world: World, domain: Connected, answering: Answering): string {
  const { email = 'ada@acme.test', requestId, changes = {}, making = {}, sessionMinutes = 480 } = answering
  const at = (minutes: number) => new Date(world.ctx.now().getTime() + minutes * 60_000).toISOString()
  const { nameId = email, attributes = [['email', email]] } = answering
  const inResponseTo = requestId === null ? '' : ` InResponseTo="${requestId}"`
  const sessionEnd = sessionMinutes === null ? '' : ` SessionNotOnOrAfter="${at(sessionMinutes)}"`
  assertions += 1
  const xml = make(
    {
      issuer: idpEntityId,
      destination: ` Destination="${domain.acsUrl}"`,
      responseInResponseTo: inResponseTo,
      responseIssueInstant: at(0),
      assertionId: `_assertion${assertions}`,
      issueInstant: at(0),
      nameId: `<A:NameID Format="${formats.persistent}">${nameId}</A:NameID>`,
      confirmation: `<A:SubjectConfirmation Method="${bearer}"><A:SubjectConfirmationData${inResponseTo} NotOnOrAfter="${at(5)}" Recipient="${domain.acsUrl}"/></A:SubjectConfirmation>`,
      conditionsTimes: ` NotBefore="${at(-5)}" NotOnOrAfter="${at(5)}"`,
      audience: `<A:AudienceRestriction><A:Audience>${domain.spEntityId}</A:Audience></A:AudienceRestriction>`,
      authn: `<A:AuthnStatement AuthnInstant="${at(0)}"${sessionEnd}><A:AuthnContext><A:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</A:AuthnContextClassRef></A:AuthnContext></A:AuthnStatement>`,
      attributes: attributes.length > 0 ? attributeStatement(attributes) : '',
      ...changes,
    },
    making,
  )
  return encode(xml)
}

/** The whole road of one person in a fresh browser; `path` is where they begin. */
export async function signIn(
  world: World,
  domain: Connected,
  answering: Omit<Answering, 'requestId'> & { path?: string; browser?: Browser } = {},
) {
  const { browser = world.browser(), path = `/saml/${domain.id}/login` } = answering
  const { requestId, relayState } = await browser.start(path)
  const SAMLResponse = respond(world, domain, { ...answering, requestId })
  const response = await browser.answer(domain, { SAMLResponse, RelayState: relayState })
  return { browser, response, SAMLResponse, relayState, requestId }
}

/** The code on a refusal page. */
export const codeOn = async (response: Response): Promise<string | undefined> =>
  /<dt>Code<\/dt><dd><code>([^<]*)/.exec(await response.text())?.[1]
