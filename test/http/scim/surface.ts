// The SCIM surface over a real database: organizations with a domain and a token, and requests as a directory sends them.
import { newId } from '../../../src/base/id.ts'
import { digestOf, hintOf, newSecret } from '../../../src/base/secret.ts'
import type { Config } from '../../../src/config.ts'
import { claimedDomain, type Domain } from '../../../src/domain/domain.ts'
import { createScimApp } from '../../../src/http/scim/app.ts'
import { Recorder } from '../../../src/provision/log/recorder.ts'
import type { Db } from '../../../src/store/db.ts'
import { insertDomain } from '../../../src/store/domain/domains.ts'
import { insertScimToken } from '../../../src/store/domain/scim-tokens.ts'
import { ensureMember } from '../../../src/store/organization/members.ts'
import { insertOrganization } from '../../../src/store/organization/organizations.ts'
import { ensurePerson } from '../../../src/store/organization/people.ts'
import { type TestContext, testContext } from '../../context.ts'
import { holdScimToDocument } from '../api/contract.ts'

export interface Tenant {
  readonly organizationId: string
  readonly domain: Domain
  readonly token: string
}

interface Ask {
  readonly body?: unknown
  /** Sent as it is, in place of `body`. */
  readonly text?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string | null
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  readonly body: any
}

export interface Surface {
  readonly ctx: TestContext
  readonly recorder: Recorder
  readonly tenant: Tenant
  /** `path` is below the tenant's base URL. */
  ask(method: string, path: string, ask?: Ask): Promise<Answer>
  /** `path` is the whole path. */
  askAt(method: string, path: string, ask?: Ask): Promise<Answer>
  as(tenant: Tenant): Surface
  addTenant(name: string, changes?: Partial<Domain>): Promise<Tenant>
  addDomain(organizationId: string, name: string, changes?: Partial<Domain>): Promise<Tenant>
  /** The SCIM log of the tenant, oldest first. */
  log(): Promise<LogRow[]>
}

type LogRow = Awaited<ReturnType<typeof readLog>>[number]

export async function openSurface(db: Db, overrides: Partial<Config> = {}): Promise<Surface> {
  const ctx = testContext(db, overrides)
  const recorder = new Recorder(ctx)
  const app = createScimApp(ctx, recorder)

  const addDomain: Surface['addDomain'] = async (organizationId, name, changes = {}) => {
    const domain = { ...newDomain(organizationId, name, ctx.now().toISOString()), ...changes }
    await insertDomain(db, domain)
    return { organizationId, domain, token: await addToken(db, domain.id) }
  }
  const addTenant: Surface['addTenant'] = async (name, changes) =>
    addDomain(await addOrganization(db, name, ctx.now().toISOString()), name, changes)

  const surfaceOf = (tenant: Tenant): Surface => {
    const askAt: Surface['askAt'] = async (method, path, { body, text, headers = {}, token } = {}) => {
      const sent = text ?? (body === undefined ? undefined : JSON.stringify(body))
      const bearer = token === undefined ? tenant.token : token
      const response = await app.request(`http://localhost${path}`, {
        method,
        headers: {
          'User-Agent': 'test',
          ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
          ...(sent === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: sent }),
      })
      const answer = await response.text()
      const mediaType = response.headers.get('content-type')
      const exchange = { method, path, sent: undefined, status: response.status, mediaType, text: answer }
      holdScimToDocument(exchange)
      return {
        status: response.status,
        headers: response.headers,
        text: answer,
        body: answer === '' ? undefined : JSON.parse(answer),
      }
    }
    return {
      ctx,
      recorder,
      tenant,
      askAt,
      ask: (method, path, ask) => askAt(method, `/scim/v2/${tenant.domain.id}${path}`, ask),
      as: surfaceOf,
      addTenant,
      addDomain,
      log: async () => {
        await recorder.flush()
        return readLog(db, tenant.domain.id)
      },
    }
  }
  return surfaceOf(await addTenant('acme.test'))
}

/** An organization with one owner, who is in no directory. */
async function addOrganization(db: Db, name: string, now: string): Promise<string> {
  const id = newId()
  await insertOrganization(db, {
    id,
    name,
    slug: id,
    members_can_invite: 0,
    default_membership_level: 1,
    created_at: now,
    updated_at: now,
  })
  const owner = await ensurePerson(db, {
    email: `owner@${name}.example`,
    firstName: 'Olga',
    lastName: 'Owner',
    isEmailVerified: true,
    now,
  })
  await ensureMember(db, { organizationId: id, personId: owner.id, level: 15, origin: 'founder', now })
  return id
}

export async function addToken(
  db: Db,
  domainId: string,
  { expiresAt = null, text = newSecret() }: { expiresAt?: string | null; text?: string } = {},
): Promise<string> {
  await insertScimToken(db, {
    domain_id: domainId,
    id: newId(),
    digest: digestOf(text),
    hint: hintOf(text),
    created_at: '2026-01-01T00:00:00.000Z',
    expires_at: expiresAt,
    last_used_at: null,
    last_used_ip: null,
    created_by: null,
  })
  return text
}

const newDomain = (organizationId: string, name: string, now: string): Domain => ({
  ...claimedDomain({ id: newId(), organizationId, name, challenge: newSecret(), now }),
  verifiedAt: now,
  verifiedBy: 'operator',
  scimEnabled: true,
})

const readLog = (db: Db, domainId: string) =>
  db.selectFrom('scim_log').selectAll().where('domain_id', '=', domainId).orderBy('id').execute()

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** A user as a directory creates one. */
export const ada = {
  schemas: [userSchema],
  userName: 'ada@acme.test',
  externalId: '00u1',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  displayName: 'Ada Lovelace',
  emails: [{ value: 'ada@acme.test', type: 'work', primary: true }],
  active: true,
}

/** Another one of the same kind. */
export const person = (name: string, changes: object = {}) => ({
  schemas: [userSchema],
  userName: `${name}@acme.test`,
  emails: [{ value: `${name}@acme.test`, type: 'work', primary: true }],
  active: true,
  ...changes,
})

export const patchOf = (...Operations: object[]) => ({ schemas: [patchSchema], Operations })
export const setActive = (active: boolean) => patchOf({ op: 'replace', value: { active } })
