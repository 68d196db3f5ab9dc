// An installation with one organization, and clients of its API with keys of every kind.

import { afterAll } from 'vitest'
import type { Config } from '../../../src/config.ts'
import { systemActor } from '../../../src/domain/actor.ts'
import { createApiApp } from '../../../src/http/api/app.ts'
import { makeKey } from '../../../src/manage/api-keys.ts'
import { bootstrap } from '../../../src/manage/organizations/bootstrap.ts'
import type { Db } from '../../../src/store/db.ts'
import { ensureMember } from '../../../src/store/organization/members.ts'
import { ensurePerson } from '../../../src/store/organization/people.ts'
import { type TestContext, testContext } from '../../context.ts'
import { heldTo, holdToDocument } from './contract.ts'

export interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

interface Sending {
  body?: unknown
  /** Sent as it is, instead of JSON. */
  raw?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

export type Client = (method: string, path: string, sending?: Sending) => Promise<Answer>

export interface Installation {
  ctx: TestContext
  organizationId: string
  /** Of the organization, unlimited and with every scope. */
  owner: Client
  ownerId: string
  /** Any other key, or none. */
  clientWith(key?: string): Client
  /** Somebody of this level in the organization, with a key of these scopes. */
  memberOf(organizationId: string, level: number, scopes?: readonly string[]): Promise<Client>
  /** Another organization with its own owner. */
  another(): Promise<{ organizationId: string; owner: Client }>
}

let asked = 0

afterAll(() => {
  if (asked > 0 && heldTo.size === 0) throw new Error('No answer of the API was held against its document.')
})

let people = 0

export async function install(db: Db, overrides: Partial<Config> = {}): Promise<Installation> {
  const ctx = testContext(db, overrides)
  const app = createApiApp(ctx)

  const clientWith =
    (key?: string): Client =>
    async (method, path, { body, raw, headers = {} } = {}) => {
      const response = await app.request(path, {
        method,
        headers: {
          ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? (raw === undefined ? {} : { body: raw }) : { body: JSON.stringify(body) }),
      })
      asked += 1
      const text = await response.text()
      const mediaType = response.headers.get('content-type')
      holdToDocument({ method, path, sent: body ?? jsonIn(raw), status: response.status, mediaType, text })
      return { status: response.status, headers: response.headers, body: readBody(text) }
    }

  const found = async (name: string) => {
    people += 1
    const made = await bootstrap(ctx, {
      organization: `${name} ${people}`,
      owner: `owner${people}@acme.test`,
    })
    return { ...made, owner: clientWith(made.api_key) }
  }

  const first = await found('Acme')
  return {
    ctx,
    organizationId: first.organization_id,
    owner: first.owner,
    ownerId: first.owner_id,
    clientWith,
    memberOf: async (organizationId, level, scopes = ['*']) => {
      people += 1
      const now = ctx.now().toISOString()
      const email = `member${people}@acme.test`
      const person = await ensurePerson(db, {
        email,
        firstName: 'M',
        lastName: 'N',
        isEmailVerified: true,
        now,
      })
      await ensureMember(db, { organizationId, personId: person.id, level, origin: 'invite', now })
      const key = { label: 'test', scopes, organizations: null, personId: person.id, now }
      return clientWith((await makeKey(db, systemActor, key)).value)
    },
    another: async () => {
      const { organization_id: organizationId, owner } = await found('Other')
      return { organizationId, owner }
    },
  }
}

function jsonIn(raw: Sending['raw']): unknown {
  try {
    return raw === undefined ? undefined : JSON.parse(Buffer.from(raw).toString())
  } catch {
    return undefined
  }
}

function readBody(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return { text }
  }
}

/** The error object, without its detail. */
export const errorOf = ({ status, body: { type, code, attr } }: Answer) => ({ status, type, code, attr })
export const invalid = (code: string, attr: string | null) => ({
  status: 400,
  type: 'validation_error',
  code,
  attr,
})
