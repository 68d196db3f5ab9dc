// Whoever has lost their level since their request came in changes nothing: documents, integrations, projects and schemas.
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/base/id.ts'
import { levels } from '../../src/domain/level.ts'
import { type Caller, enterOrganization } from '../../src/manage/caller.ts'
import { changeSchema, registerSchema, removeSchema } from '../../src/manage/domains/scim-schemas.ts'
import { pushAgain } from '../../src/manage/integrations/retry.ts'
import { linkVercel, mapEnvironments, removeIntegration } from '../../src/manage/integrations.ts'
import { resendLink } from '../../src/manage/legal/link.ts'
import { retryDocument } from '../../src/manage/legal/retry.ts'
import { submitLegalDocument } from '../../src/manage/legal-documents.ts'
import { removeMember } from '../../src/manage/members.ts'
import { operateIn } from '../../src/manage/operators/entering.ts'
import { revokeOperator } from '../../src/manage/operators/rights.ts'
import { createProject } from '../../src/manage/organizations/projects.ts'
import { updateMember } from '../../src/store/organization/members.ts'
import { eachDatabase } from '../database.ts'
import { dumpDatabase } from '../database-dump.ts'
import { badge, device, badgeUrn as urn } from '../http/scim/registering.ts'
import type { Tenant } from '../http/scim/surface.ts'
import { clientSecret, integrationId, startVercel } from '../vendors/vercel.ts'
import { openOperators, type World } from './operators/world.ts'

const agreement = {
  company_name: 'Acme',
  company_address: '1 Road',
  representative_email: 'legal@acme.test',
} as const

describe('a deed of somebody who is demoted meanwhile', () => {
  eachDatabase((_, open) => {
    let world: World
    let tenant: Tenant
    let owner: Caller
    let own: { document: string; integration: string; project: number }
    beforeEach(async () => {
      const vercel = await startVercel()
      vercel.codes.set('owned', 'owned')
      vercel.codes.set('late', 'late')
      const keys = { vercelIntegrationId: integrationId, vercelClientSecret: clientSecret }
      world = await openOperators(await open(), { ...keys, vercelApiUrl: vercel.url })
      tenant = world.console.surface.tenant
      owner = await world.ownerOf(tenant)
      const document = await submitLegalDocument(ctx(), owner, { ...agreement, document_type: 'DPA' })
      const integration = await linkVercel(ctx(), owner, { code: 'owned', redirectUri })
      const project = await createProject(ctx(), owner, { name: 'Web', access: 'open' })
      await registerSchema(ctx(), owner, { domainId: tenant.domain.id, definition: badge })
      own = { document: document.id, integration: integration.id, project: project.id }
      await mapEnvironments(ctx(), owner, { id: own.integration, wish: { production: own.project } })
    })
    const ctx = () => world.console.surface.ctx
    const redirectUri = 'http://127.0.0.1:3000/integrations/vercel'
    const administrator = async (): Promise<Caller & { personId: string }> => {
      const visitor = await world.console.enter(tenant.organizationId, levels.admin, `admin-${newId()}`)
      const principal = await world.principalOf(visitor)
      const caller = await enterOrganization(ctx(), principal, tenant.organizationId)
      return { ...caller, personId: principal.person.id }
    }
    const deedsOf = (caller: Caller): Record<string, () => Promise<unknown>> => {
      const { document, integration, project } = own
      const { id: domainId } = tenant.domain
      return {
        submit: () => submitLegalDocument(ctx(), caller, { ...agreement, document_type: 'BAA' }),
        resend: () => resendLink(ctx(), caller, document),
        retry: () => retryDocument(ctx(), caller, document),
        link: () => linkVercel(ctx(), caller, { code: 'late', redirectUri }),
        map: () => mapEnvironments(ctx(), caller, { id: integration, wish: { production: project } }),
        push: () => pushAgain(ctx(), caller, integration),
        remove: () => removeIntegration(ctx(), caller, integration),
        project: () => createProject(ctx(), caller, { name: 'Late', access: 'open' }),
        register: () => registerSchema(ctx(), caller, { domainId, definition: device }),
        change: () => changeSchema(ctx(), caller, { domainId, urn, definition: { ...badge, name: 'B' } }),
        'remove the schema': () => removeSchema(ctx(), caller, { domainId, urn }),
      }
    }
    const refusals = async (caller: Caller) => {
      const before = await dumpDatabase(ctx().db)
      const kinds = new Map<string, string>()
      for (const [name, deed] of Object.entries(deedsOf(caller)))
        kinds.set(
          name,
          await deed().then(
            () => 'done',
            error => error.kind,
          ),
        )
      expect(await dumpDatabase(ctx().db)).toEqual(before)
      return [...new Set(kinds.values())]
    }

    it('is denied by the level that they have by now', async () => {
      const caller = await administrator()
      const lower = { personId: caller.personId, level: levels.member, updated_at: ctx().now().toISOString() }
      await updateMember(ctx().db, tenant.organizationId, lower)
      expect(await refusals(caller)).toEqual(['denied'])
    })

    it('finds nothing once they are no member', async () => {
      const caller = await administrator()
      await removeMember(ctx(), owner, caller.personId)
      expect(await refusals(caller)).toEqual(['missing'])
    })

    it('finds nothing once they are no operator', async () => {
      await operateIn(ctx(), await world.principalOf(world.operator), tenant.organizationId)
      const caller = await enterOrganization(ctx(), await world.principalOf(world.operator), '@current')
      await revokeOperator(ctx(), world.operator.email)
      expect(await refusals(caller)).toEqual(['missing'])
    })

    it('is done by whoever still is an administrator', async () => {
      const caller = await administrator()
      const deeds = deedsOf(caller)
      for (const name of [
        'submit',
        'resend',
        'map',
        'project',
        'register',
        'change',
        'remove the schema',
        'remove',
      ])
        await expect(deeds[name]?.()).resolves.not.toThrow()
    })
  })
})
