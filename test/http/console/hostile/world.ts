// An organization in which every field that is shown holds hostile text, by the roads that strangers have and by the store.
import type { Config } from '../../../../src/config.ts'
import { createApp, type Fetch } from '../../../../src/http/app.ts'
import { createOwnerLink } from '../../../../src/login/link.ts'
import { operatorCaller } from '../../../../src/manage/caller.ts'
import { registerSchema } from '../../../../src/manage/domains/scim-schemas.ts'
import { judgeResponse } from '../../../../src/saml/verdict.ts'
import type { Db } from '../../../../src/store/db.ts'
import { findPersonByEmail, updatePerson } from '../../../../src/store/organization/people.ts'
import type { TestContext } from '../../../context.ts'
import type { Client } from '../../api/client.ts'
import { openWorld } from '../../saml/world.ts'
import { badge, device } from '../../scim/registering.ts'
import { createSigner } from '../../sign/signer.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'
import { attemptHostile, storeHostile } from './attempts.ts'
import { pushHostile } from './directory.ts'
import { expectDone, writeRecords } from './records.ts'
import { hostile, hostileHeader, planted } from './values.ts'

export interface HostileWorld {
  readonly ctx: TestContext
  readonly console: Console
  /** The whole server. */
  readonly app: Fetch
  readonly owner: Visitor
  readonly operator: Visitor
  readonly domainId: string
  readonly unverified: { readonly id: string; readonly name: string }
  /** Pages that no link leads to. */
  readonly startPaths: readonly string[]
  /** Pages that somebody without a session opens, by what leads there. */
  readonly publicPaths: readonly string[]
  /** The secret of a set-up link. */
  readonly setUp: string
}

const ownerName = "o'{{7*7}}`&zqowner"
const unlimited: Partial<Config> = { publicRateLimit: 0, apiRateLimit: 0 }
const vercel = {
  vercelIntegrationId: 'oac_x',
  vercelClientSecret: 'only for tests',
  vercelApiUrl: 'http://127.0.0.1:9',
}

export async function openHostileWorld(db: Db): Promise<HostileWorld> {
  planted.clear()
  const console = await openConsole(db, { ...unlimited, ...vercel })
  const world = await openWorld(db, { ...unlimited, dataDir: console.surface.ctx.config.dataDir })
  const { ctx, tenant, recorder } = console.surface
  const { organizationId, domain } = tenant
  const judge = async (input: Parameters<typeof judgeResponse>[0]) => judgeResponse(input)
  const app = createApp(ctx, { lifecycle: console.lifecycle, recorder, judge, version: '0.0.0' })
  const second = await console.surface.addTenant('second.test')
  const name = hostile('SecondOrganization', 64)
  await db.updateTable('organizations').set({ name }).where('id', '=', second.organizationId).execute()
  await console.enter(second.organizationId, 15, ownerName)
  const owner = await console.enter(organizationId, 15, ownerName)
  const operator = await console.enter(organizationId, 15, 'operator')
  await namePeople(db, [owner, operator])
  const client = await world.memberOf(organizationId, 15)

  for (const definition of [hostileSchema(badge), hostileSchema(device)])
    await registerSchema(ctx, operatorCaller(organizationId), { domainId: domain.id, definition })
  await pushHostile(console.surface)
  const connected = await world.connect('saml.test', { jit_provisioning_enabled: true }, organizationId)
  await attemptHostile(world, connected)
  await storeHostile(world, connected)
  const unverified = await nameDomains(client, {
    organizationId,
    saml: connected.id,
    unverified: 'unverified.test',
  })
  const papers = await writeRecords(db, ctx, { organizationId, client })
  const signer = createSigner(world)
  const document = await signer.submit(client, organizationId, papers)
  await signer.sign(
    document.path,
    { name: hostile('Signer', 190), title: hostile('SignerTitle', 190), agree: 'yes' },
    { 'User-Agent': hostileHeader('SignerAgent') },
  )
  const pending = await signer.submit(client, organizationId, { ...papers, document_type: 'BAA' })
  const setUp = await makeSetUpLink(owner, domain.id)
  return {
    ctx,
    console,
    app,
    owner,
    operator,
    domainId: domain.id,
    unverified: { id: unverified, name: 'unverified.test' },
    setUp,
    startPaths: [
      ...['/checklist/live', `/domains/${domain.id}/saml`],
      `/integrations/vercel?${new URLSearchParams({ code: hostile('Code'), next: 'javascript:alert(1)' })}`,
    ],
    publicPaths: [
      ...['/login', `/login?next=${encodeURIComponent('/people?q="><script>')}`, '/login?next=//evil.test'],
      ...[`/sign/${pending.path.split('/')[2]}`, document.path, `/set-up/${setUp}`],
      ...['/first-run/x', '/login/link/x', '/invites/x', '/sign/x', '/set-up/x', '/set-up'],
      ...(await mailedPaths(ctx, owner)),
      `/saml/${connected.id}/login?next=javascript:alert(1)`,
      `/login/saml?email=${encodeURIComponent(hostile('LoginEmail', 200).toWellFormed())}`,
    ],
  }
}

/** Descriptions and names of attributes are its maker's words. */
const hostileSchema = (schema: typeof badge | typeof device) => ({
  ...schema,
  name: hostile('SchemaName', 100),
  description: hostile('SchemaDescription'),
})

async function namePeople(db: Db, visitors: readonly Visitor[]): Promise<void> {
  for (const { email } of visitors) {
    const person = await findPersonByEmail(db, email)
    if (!person) throw new Error(`expected somebody with ${email}`)
    await updatePerson(db, person.id, {
      first_name: hostile('FirstName', 90),
      last_name: hostile('LastName'),
    })
  }
  const operator = await findPersonByEmail(db, visitors[1]?.email ?? '')
  if (operator) await updatePerson(db, operator.id, { is_operator: 1 })
}

interface Domains {
  readonly organizationId: string
  readonly saml: string
  readonly unverified: string
}

async function nameDomains(client: Client, { organizationId, saml, unverified }: Domains): Promise<string> {
  const base = `/api/organizations/${organizationId}`
  await expectDone(
    client('PATCH', base, { body: { name: hostile('Organization', 64), members_can_invite: true } }),
  )
  const { id } = await expectDone(
    client('POST', `${base}/domains`, {
      body: { domain: unverified, saml_entity_id: hostile('UnverifiedEntityId', 500) },
    }),
  )
  const patch = {
    saml_entity_id: hostile('EntityId', 120),
    saml_acs_url: `https://idp.test/sso?x=${hostile('SsoUrl', 100).replaceAll(/[\s\p{Cc}\\]/gu, '')}`,
    saml_attribute_mapping: { email: [hostile('MappedEmail', 100)], groups: hostile('MappedGroups', 100) },
    saml_role_mapping: { [hostile('MappedRole', 100)]: 8 },
  }
  await expectDone(client('PATCH', `${base}/domains/${saml}`, { body: patch }))
  return String(id)
}

async function makeSetUpLink(owner: Visitor, domainId: string): Promise<string> {
  const fields = { label: hostile('LinkLabel', 100), days: '7', parts: ['verify', 'saml', 'scim', 'test'] }
  const answer = await owner.submit(`/domains/${domainId}/set-up-links`, fields)
  const secret = /\/set-up\/([\w-]{43})</.exec(await answer.text())?.[1]
  if (secret === undefined) throw new Error(`expected a link, got ${answer.status}`)
  return secret
}

/** What mails lead to: an invite, and a sign-in. */
async function mailedPaths(ctx: TestContext, owner: Visitor): Promise<string[]> {
  const invited = await owner.submit('/pending-invites', {
    address: "i'{{7*7}}`zqinvited@acme.test",
    first_name: hostile('InvitedName', 30),
    message: hostile('Message', 1000),
    level: '1',
  })
  const [invite] = /\/invites\/[\w-]{43}/.exec(await invited.text()) ?? []
  if (invite === undefined) throw new Error(`expected an invite, got ${invited.status}`)
  return [invite, new URL((await createOwnerLink(ctx, owner.email)).url).pathname]
}
