// Integrations over HTTP, for the members of their organization.
import { z } from 'zod'
import * as integrations from '../../manage/integrations.ts'
import { words } from './mount/fields.ts'
import { inOrganization } from './mount/operation.ts'
import { pageOf, slice, sliceOf } from './mount/paging.ts'
import * as shapes from './mount/shapes.ts'

const project = z.int().min(1).max(2_147_483_647)
export const mapping = z
  .object({
    production: project,
    preview: project.optional().describe("Left out: production's."),
    development: project.optional().describe("Left out: production's."),
  })
  .meta({ id: 'EnvironmentMapping' })
export const linking = z
  .object({
    kind: z.literal('vercel'),
    code: words(1000).describe('What Vercel sent the browser back with.'),
    redirect_uri: words(1000),
  })
  .meta({ id: 'NewIntegration' })

const integration = z
  .object({
    id: shapes.id,
    kind: z.literal('vercel'),
    integration_id: z.string().describe("The vendor's own id of it."),
    config: z.looseObject({
      type: z.enum(['marketplace', 'connectable']),
    }),
    created_at: shapes.instant,
    updated_at: shapes.instant,
    created_by: shapes.userBasic.nullable(),
  })
  .meta({ id: 'Integration' })

export const list = inOrganization({
  id: 'listIntegrations',
  summary: 'The integrations of the organization',
  query: slice,
  answer: pageOf(integration),
  run: async (ctx, { caller, url, query }) => {
    const asked = query()
    return sliceOf(url, asked, await integrations.readIntegrations(ctx, caller, asked))
  },
})

export const link = inOrganization({
  id: 'linkIntegration',
  summary: 'Link an account at a vendor',
  body: linking,
  answer: integration,
  status: 201,
  run: async (ctx, { caller, body }) => {
    const { code, redirect_uri: redirectUri } = await body()
    return integrations.linkVercel(ctx, caller, { code, redirectUri })
  },
})

export const show = inOrganization({
  id: 'getIntegration',
  summary: 'An integration',
  answer: integration,
  run: (ctx, { caller, id }) => integrations.readIntegration(ctx, caller, id('id')),
})

export const remove = inOrganization({
  id: 'deleteIntegration',
  summary: 'End an integration',
  answer: 'nothing',
  run: (ctx, { caller, id }) => integrations.removeIntegration(ctx, caller, id('id')),
})

export const mapEnvironments = inOrganization({
  id: 'mapEnvironments',
  summary: "Say which project each of the vendor's environments gets",
  body: mapping,
  answer: integration,
  run: async (ctx, { caller, id: idOf, body }) => {
    const id = idOf('id')
    await integrations.readIntegration(ctx, caller, id)
    return integrations.mapEnvironments(ctx, caller, { id, wish: await body() })
  },
})
