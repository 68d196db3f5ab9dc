// An organization with one of everything, for tests that walk all routes: what a path names is really there.
import { newId } from '../../../src/base/id.ts'
import { digestOf, newSecret } from '../../../src/base/secret.ts'
import { systemActor } from '../../../src/domain/actor.ts'
import { csrfTokenOf } from '../../../src/http/own-pages.ts'
import { createScimApp } from '../../../src/http/scim/app.ts'
import { makeKey } from '../../../src/manage/api-keys.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { Recorder } from '../../../src/provision/log/recorder.ts'
import { insertIntegration } from '../../../src/store/organization/integrations.ts'
import { ensureMember } from '../../../src/store/organization/members.ts'
import { ensurePerson } from '../../../src/store/organization/people.ts'
import { insertSession } from '../../../src/store/sign-in/sessions.ts'
import { badge } from '../scim/registering.ts'
import type { Client, Installation } from './client.ts'

export interface Furnished {
  readonly organizationId: string
  /** The row's path below the organization, with the ids of what is in it; `@me` for a person. */
  pathTo(path: string): string
  /** Somebody of this level, by a key. */
  keyOf(level: number, scopes: readonly string[], organizations?: readonly string[]): Promise<Client>
  /** Somebody of this level, by a browser that signed in so many hours ago, with the token of its pages or without. */
  browserOf(level: number, options: { hoursAgo: number; withToken: boolean }): Promise<Client>
}

let serial = 0

/** The ids by what stands before them in paths. */
type Ids = ReadonlyMap<string, string>

export async function furnish(installation: Installation): Promise<Furnished> {
  const { organizationId, owner } = await installation.another()
  const ids = await fill(installation, { organizationId, owner })
  const newPerson = async (level: number): Promise<string> => {
    const { db, now } = installation.ctx
    const at = now().toISOString()
    const email = `walker${serial++}@acme.test`
    const { id } = await ensurePerson(db, {
      email,
      firstName: 'W',
      lastName: 'A',
      isEmailVerified: true,
      now: at,
    })
    if (level > 0) await ensureMember(db, { organizationId, personId: id, level, origin: 'invite', now: at })
    return id
  }
  return {
    organizationId,
    pathTo: path =>
      path.replaceAll(
        /(\w+)\/:(\w+)/g,
        (_, noun: string) => `${noun}/${encodeURIComponent(ids.get(noun) ?? '')}`,
      ),
    keyOf: async (level, scopes, organizations) => {
      const { db, now } = installation.ctx
      const personId = await newPerson(level)
      const key = { label: 'walk', scopes, organizations: organizations ?? null, personId }
      return installation.clientWith(
        (await makeKey(db, systemActor, { ...key, now: now().toISOString() })).value,
      )
    },
    browserOf: async (level, { hoursAgo, withToken }) => {
      const { db, now, config } = installation.ctx
      const secret = newSecret()
      const signedIn = new Date(now().getTime() - hoursAgo * 3_600_000).toISOString()
      await insertSession(db, {
        id: newId(),
        digest: digestOf(secret),
        person_id: await newPerson(level),
        organization_id: organizationId,
        domain_id: null,
        method: 'email',
        signed_in_at: signedIn,
        expires_at: '2999-01-01T00:00:00.000Z',
      })
      const proof = withToken ? { Origin: config.baseUrl, 'X-CSRF-Token': csrfTokenOf(secret) } : {}
      const headers = { Cookie: `gatehouse=${secret}`, ...proof }
      return (method, path, sending = {}) => installation.clientWith()(method, path, { ...sending, headers })
    },
  }
}

async function fill(
  { ctx }: Installation,
  { organizationId, owner }: { organizationId: string; owner: Client },
): Promise<Ids> {
  const base = `/api/organizations/${organizationId}`
  const name = `walk${serial++}.test`
  const domain = await addDomain(ctx, operatorCaller(organizationId), { name, verified: true, scim: true })
  const make = async (path: string, body: object) =>
    String((await owner('POST', `${base}${path}`, { body })).body.id)
  await owner('PATCH', base, { body: { members_can_invite: true } })
  const document = await make('/legal_documents', {
    document_type: 'DPA',
    company_name: 'Acme',
    company_address: 'Street 1',
    representative_email: 'ada@acme.test',
  })
  const stored_at = ctx.now().toISOString()
  await ctx.db.updateTable('legal_documents').set({ stored_at }).where('id', '=', document).execute()
  return new Map([
    ['domains', domain.id],
    ['tokens', domain.scim_tokens[0]?.id ?? ''],
    ['groups', await pushGroup(ctx, domain.id, domain.scim_bearer_token ?? '')],
    ['schemas', await make(`/domains/${domain.id}/scim/schemas`, badge)],
    ['invites', await make('/invites', { target_email: `guest@${name}` })],
    ['legal_documents', document],
    ['integrations', await integrate(ctx, organizationId)],
    ['members', '@me'],
  ])
}

async function pushGroup(ctx: Installation['ctx'], domainId: string, token: string): Promise<string> {
  const recorder = new Recorder(ctx)
  const response = await createScimApp(ctx, recorder).request(`http://localhost/scim/v2/${domainId}/Groups`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'All' }),
  })
  await recorder.flush()
  return String(((await response.json()) as { id: string }).id)
}

async function integrate({ db, now }: Installation['ctx'], organizationId: string): Promise<string> {
  const at = now().toISOString()
  const id = newId()
  await insertIntegration(db, {
    organization_id: organizationId,
    id,
    kind: 'vercel',
    type: 'connectable',
    integration_id: `icfg_${id}`,
    config: '{}',
    sealed: '',
    pushed_at: null,
    created_by: null,
    created_at: at,
    updated_at: at,
  })
  return id
}
