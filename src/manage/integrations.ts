// The integrations of an organization with vendors: looked at, linked, given projects for their environments, ended.
import { newIdAt } from '../base/id.ts'
import { invalid, missing } from '../base/refusal.ts'
import type { Context } from '../context.ts'
import { type Db, transact } from '../store/db.ts'
import {
  countIntegrations,
  deleteIntegration,
  findIntegration,
  findIntegrationOfVendor,
  type Integration,
  insertIntegration,
  listIntegrations,
  lockIntegration,
  updateIntegration,
} from '../store/organization/integrations.ts'
import { lockOrganization } from '../store/organization/organizations.ts'
import { findPeople } from '../store/organization/people.ts'
import { findProjects } from '../store/organization/projects.ts'
import { record } from './audit.ts'
import { type Caller, holdLevel, requireLevel } from './caller.ts'
import { userBasic } from './user-basic.ts'
import { type EnvironmentMapping, environments, integrationTarget, sealCredentials } from './vercel/facts.ts'
import { linkAccount } from './vercel/link.ts'
import { enqueueSecrets, enqueueUninstall } from './vercel/pushes.ts'

export async function readIntegrations(
  ctx: Context,
  { organizationId }: Caller,
  page: { limit: number; offset: number },
) {
  const count = await countIntegrations(ctx.db, organizationId)
  const rows = await listIntegrations(ctx.db, organizationId, page)
  return { count, results: await viewIntegrations(ctx.db, rows) }
}

export async function readIntegration(ctx: Context, { organizationId }: Caller, id: string) {
  const integration = await findIntegration(ctx.db, organizationId, id)
  if (!integration) throw missing()
  return view(ctx.db, integration)
}

/** The vendor hears of it through the outbox, however long that takes. */
export async function removeIntegration(ctx: Context, caller: Caller, id: string): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    requireLevel(await holdLevel(tx, caller), 'admin')
    const integration = await lockIntegration(tx, caller.organizationId, id)
    if (!integration) throw missing()
    await deleteIntegration(tx, integration)
    if (integration.type === 'marketplace') await enqueueUninstall(ctx, tx, integration)
    await record(tx, caller, {
      action: 'integration.deleted',
      target: integrationTarget(integration),
      changes: {},
      now,
    })
  })
}

export type MappingWish = Pick<EnvironmentMapping, 'production'> & {
  readonly [K in 'preview' | 'development']?: number | undefined
}

/** An environment that is left out has what production has. */
export async function mapEnvironments(
  ctx: Context,
  caller: Caller,
  { id, wish }: { id: string; wish: MappingWish },
) {
  const { production, preview = production, development = production } = wish
  const mapping: EnvironmentMapping = { production, preview, development }
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    requireLevel(await holdLevel(tx, caller), 'admin')
    const integration = await lockIntegration(tx, caller.organizationId, id)
    if (!integration) throw missing()
    await requireProjects(tx, caller.organizationId, mapping)
    if (integration.type !== 'connectable')
      throw invalid(
        'not_connectable',
        `Expected an integration of the type connectable, got ${integration.type}.`,
      )
    const before = JSON.parse(integration.config) as { environment_mapping?: EnvironmentMapping }
    const config = JSON.stringify({ ...before, environment_mapping: mapping })
    await updateIntegration(tx, integration, { config, updated_at: now })
    await enqueueSecrets(ctx, tx, integration)
    await record(tx, caller, {
      action: 'integration.environments_mapped',
      target: integrationTarget(integration),
      changes: { environment_mapping: { before: before.environment_mapping ?? null, after: mapping } },
      now,
    })
    return view(tx, { ...integration, config, updated_at: now })
  })
}

async function requireProjects(tx: Db, organizationId: string, mapping: EnvironmentMapping): Promise<void> {
  const found = await findProjects(tx, organizationId, Object.values(mapping))
  const known = new Set(found.map(project => project.id))
  const environment = environments.find(each => !known.has(mapping[each]))
  if (environment === undefined) return
  throw invalid(
    'invalid_input',
    `Expected the id of a project of this organization, got ${mapping[environment]}.`,
    environment,
  )
}

/** An account at Vercel whose owner came here with a code; one that was linked before gets new credentials. */
export async function linkVercel(
  ctx: Context,
  caller: Caller,
  answer: { code: string; redirectUri: string },
) {
  const { installationId, teamId, credentials } = await linkAccount(ctx, answer)
  const now = ctx.now()
  const sealed = sealCredentials(ctx, credentials)
  return transact(ctx.db, async tx => {
    // Of two who link one account at once, the second finds what the first one made.
    await lockOrganization(tx, caller.organizationId)
    requireLevel(await holdLevel(tx, caller), 'admin')
    const known = await findIntegrationOfVendor(tx, caller.organizationId, {
      kind: 'vercel',
      integrationId: installationId,
    })
    if (known?.type === 'marketplace')
      throw invalid(
        'unique',
        `The installation ${installationId} is here already, from the marketplace.`,
        'code',
      )
    const integration: Integration = known ?? {
      organization_id: caller.organizationId,
      id: newIdAt(now),
      kind: 'vercel',
      type: 'connectable',
      integration_id: installationId,
      config: JSON.stringify({ team_id: teamId }),
      sealed,
      pushed_at: null,
      created_by: caller.personId,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
    }
    if (known) await updateIntegration(tx, known, { sealed, updated_at: now.toISOString() })
    else await insertIntegration(tx, integration)
    const target = integrationTarget(integration)
    await record(tx, caller, { action: 'integration.linked', target, changes: {}, now: now.toISOString() })
    return view(tx, { ...integration, updated_at: now.toISOString() })
  })
}

export async function viewIntegrations(db: Db, rows: readonly Integration[]) {
  const people = await findPeople(
    db,
    rows.flatMap(({ created_by }) => created_by ?? []),
  )
  return rows.map(row => describe(row, people))
}

const view = async (db: Db, row: Integration) =>
  describe(row, await findPeople(db, row.created_by === null ? [] : [row.created_by]))

function describe(row: Integration, people: Awaited<ReturnType<typeof findPeople>>) {
  const creator = people.get(row.created_by ?? '')
  return {
    id: row.id,
    kind: row.kind,
    integration_id: row.integration_id,
    config: { type: row.type, ...(JSON.parse(row.config) as object) },
    created_at: row.created_at,
    updated_at: row.updated_at,
    created_by: creator ? userBasic(creator) : null,
  }
}
