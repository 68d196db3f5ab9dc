// An organization with one of everything that a path of the console names, for tests that walk all routes.
import { newId } from '../../../../src/base/id.ts'

import { operatorActor } from '../../../../src/domain/actor.ts'
import { makeKey } from '../../../../src/manage/api-keys.ts'
import { operatorCaller } from '../../../../src/manage/caller.ts'
import { submitLegalDocument } from '../../../../src/manage/legal-documents.ts'
import { insertIntegration } from '../../../../src/store/organization/integrations.ts'
import { findPersonByEmail } from '../../../../src/store/organization/people.ts'
import { enqueue } from '../../../../src/store/records/outbox.ts'
import { person, type Tenant } from '../../scim/surface.ts'
import { addSignIn } from '../sign-ins/attempts.ts'
import type { Console, Visitor } from '../visitor.ts'

export interface Furnished {
  readonly tenant: Tenant
  /** The path of a route, with the ids of what is in the organization. */
  pathTo(pattern: string): string
}

/** Ids by what stands before them in paths, and for what several call the same, by the route's beginning. */
type Ids = ReadonlyMap<string, string>

export async function furnish(console: Console, tenant: Tenant, owner: Visitor): Promise<Furnished> {
  const ids = await idsIn(console, tenant, owner)
  return {
    tenant,
    pathTo: pattern => {
      const parts = pattern.split('/')
      return parts
        .map((part, at) => {
          if (!part.startsWith(':')) return part
          const id = ids.get(`${parts[1]} ${part}`) ?? ids.get(`${parts[at - 1]} ${part}`)
          if (id === undefined) throw new Error(`there is nothing for ${part} in ${pattern}`)
          return id
        })
        .join('/')
    },
  }
}

async function idsIn(console: Console, tenant: Tenant, owner: Visitor): Promise<Ids> {
  const { organizationId, domain } = tenant
  const surface = console.surface.as(tenant)
  const { ctx } = surface
  const now = ctx.now().toISOString()
  const caller = operatorCaller(organizationId)
  const group = await surface.ask('POST', '/Groups', { body: { displayName: 'All' } })
  await surface.ask('POST', '/Users', { body: person('pushed') })
  const [entry] = await surface.log()
  const token = await ctx.db
    .selectFrom('scim_tokens')
    .select('id')
    .where('domain_id', '=', domain.id)
    .executeTakeFirstOrThrow()
  const member = await console.enter(organizationId, 1)
  const somebody = await findPersonByEmail(ctx.db, member.email)
  const maker = await findPersonByEmail(ctx.db, owner.email)
  if (!somebody || !maker || !entry) throw new Error('expected two people and an entry')
  const key = await makeKey(ctx.db, operatorActor, {
    ...{ label: 'walk', scopes: ['*'], organizations: null, personId: maker.id, now },
  })
  await owner.submit('/pending-invites', { address: `guest@${domain.name}`, level: '1' })
  const invite = await ctx.db
    .selectFrom('invites')
    .select('id')
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow()
  await owner.submit('/set-up-links', { label: 'Walk', days: '7', parts: ['verify'] })
  await owner.submit(`/domains/${domain.id}/set-up-links`, { label: 'Walk', days: '7', parts: ['verify'] })
  const link = await ctx.db
    .selectFrom('set_up_links')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('domain_id', '=', domain.id)
    .executeTakeFirstOrThrow()
  const signIn = await addSignIn(ctx, domain, { code: 'saml_idp_error' })
  const document = await submitLegalDocument(ctx, caller, {
    document_type: 'DPA',
    company_name: 'Acme',
    company_address: 'Street 1',
    representative_email: 'ada@acme.test',
  })
  const integration = newId()
  await insertIntegration(ctx.db, {
    ...{ organization_id: organizationId, id: integration, kind: 'vercel', type: 'connectable' },
    ...{ integration_id: `icfg_${integration}`, config: '{}', sealed: '', pushed_at: null, created_by: null },
    ...{ created_at: now, updated_at: now },
  })
  const item = await enqueue(ctx.db, ctx.config.secrets, { kind: 'mail', payload: {}, organizationId, now })
  return new Map([
    ['domains :id', domain.id],
    ['scim-tokens :token', token.id],
    ['scim-log :entry', entry.id],
    ['set-up-links :link', link.id],
    ['domains :entry', entry.id],
    ['domains :token', token.id],
    ['domains :link', link.id],
    ['members :person', somebody.id],
    ['people :id', somebody.id],
    ['groups :domain', domain.id],
    ['groups :group', group.body.id],
    ['pending-invites :id', invite.id],
    ['keys :id', key.id],
    ['tokens :domain', domain.id],
    ['tokens :token', token.id],
    ['sign-ins :domain', domain.id],
    ['sign-ins :id', signIn.id],
    ['documents :id', document.id],
    ['integrations :id', integration],
    ['organizations :id', organizationId],
    ['outbox :id', item],
  ])
}
