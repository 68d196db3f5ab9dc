// What Vercel is told, through the outbox: the tokens of the mapped projects, and that an installation has ended.
import type { Context } from '../../context.ts'
import { putSecrets, type Secret, uninstall } from '../../outside/vercel.ts'
import type { Db } from '../../store/db.ts'
import {
  findIntegration,
  type Integration,
  updateIntegration,
} from '../../store/organization/integrations.ts'
import { findOrganization } from '../../store/organization/organizations.ts'
import { findProjects } from '../../store/organization/projects.ts'
import { enqueue } from '../../store/records/outbox.ts'
import type { Deliver } from '../delivery/delivery.ts'
import { type EnvironmentMapping, environments, mappingOf, unsealCredentials } from './facts.ts'

export const secretsKind = 'vercel.secrets'
export const uninstallKind = 'vercel.uninstall'

const tokenVariable = 'GATEHOUSE_PROJECT_TOKEN'
/** How often a mapping may change while one is being pushed. */
const mostRounds = 5

export const enqueueSecrets = (ctx: Context, tx: Db, { organization_id: organizationId, id }: Integration) =>
  enqueue(tx, ctx.config.secrets, {
    kind: secretsKind,
    payload: { id },
    organizationId,
    about: id,
    now: ctx.now().toISOString(),
  })

/** It carries the sealed credentials, since their row goes. */
export const enqueueUninstall = (ctx: Context, tx: Db, { integration_id, sealed, id }: Integration) =>
  enqueue(tx, ctx.config.secrets, {
    kind: uninstallKind,
    payload: { installationId: integration_id, sealed },
    about: id,
    now: ctx.now().toISOString(),
  })

/** Pushes what holds now, and again what came meanwhile: of two pushes at once, whichever ends last leaves the newest. */
export const deliverSecrets: Deliver = async (ctx, { organizationId, payload }) => {
  const { id } = payload as { id: string }
  let integration = organizationId ? await findIntegration(ctx.db, organizationId, id) : undefined
  for (let round = 1; integration; round++) {
    if (await push(ctx, integration))
      await updateIntegration(ctx.db, integration, { pushed_at: ctx.now().toISOString() })
    const later = await findIntegration(ctx.db, integration.organization_id, id)
    if (!later || later.config === integration.config) return
    if (round === mostRounds)
      throw new Error('expected the mapping to stay as it is, but it changes all the time')
    integration = later
  }
}

/** Whether there was something to push. */
async function push(ctx: Context, integration: Integration): Promise<boolean> {
  const { vercelApiUrl, vercelProduct } = ctx.config
  const { organization_id: organizationId, integration_id: installationId, id, sealed } = integration
  const mapping = mappingOf(integration)
  const organization = await findOrganization(ctx.db, organizationId)
  if (!mapping || !organization) return false
  await putSecrets(vercelApiUrl, unsealCredentials(ctx, sealed), {
    resource: { installationId, resourceId: id, productId: vercelProduct, name: organization.name },
    secrets: [await tokensFor(ctx.db, organizationId, mapping)],
  })
  return true
}

async function tokensFor(db: Db, organizationId: string, mapping: EnvironmentMapping): Promise<Secret> {
  const projects = await findProjects(db, organizationId, Object.values(mapping))
  const tokens = new Map(projects.map(project => [project.id, project.api_token]))
  const [production = '', preview = '', development = ''] = environments.map(environment => {
    const token = tokens.get(mapping[environment])
    if (token === undefined) throw new Error(`expected the project ${mapping[environment]}, but it is gone`)
    return token
  })
  return {
    name: tokenVariable,
    value: production,
    environmentOverrides: { production, preview, development },
  }
}

export const deliverUninstall: Deliver = async (ctx, { payload }) => {
  const { installationId, sealed } = payload as { installationId: string; sealed: string }
  await uninstall(ctx.config.vercelApiUrl, unsealCredentials(ctx, sealed), installationId)
}
