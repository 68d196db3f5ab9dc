// How an integration stands: what of the vendor's it is, which projects it may be given, and what became of what was pushed.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import type { Db } from '../../store/db.ts'
import {
  countIntegrations,
  findIntegration,
  type Integration,
  listIntegrations,
} from '../../store/organization/integrations.ts'
import { listProjects } from '../../store/organization/projects.ts'
import { listItemsAbout } from '../../store/records/outbox.ts'
import type { Caller } from '../caller.ts'
import { progressOf } from '../delivery/progress.ts'
import { viewIntegrations } from '../integrations.ts'
import { type EnvironmentMapping, mappingOf } from '../vercel/facts.ts'

export type IntegrationStanding = Awaited<ReturnType<typeof standingsOf>>[number]

/** So many can be chosen; the API maps others. */
const mostProjects = 500

/** The newest first. */
export async function readIntegrationStandings(
  { db }: Context,
  { organizationId }: Caller,
  page: { limit: number; offset: number },
) {
  const count = await countIntegrations(db, organizationId)
  const rows = await listIntegrations(db, organizationId, page)
  return { count, results: await standingsOf(db, organizationId, rows) }
}

export async function readIntegrationStanding(
  { db }: Context,
  { organizationId }: Caller,
  id: string,
): Promise<IntegrationStanding> {
  const row = await findIntegration(db, organizationId, id)
  const [standing] = row ? await standingsOf(db, organizationId, [row]) : []
  if (!standing) throw missing()
  return standing
}

async function standingsOf(db: Db, organizationId: string, rows: readonly Integration[]) {
  const views = await viewIntegrations(db, rows)
  const all = await listProjects(db, organizationId, { limit: mostProjects, offset: 0 })
  const projects = all.map(({ id, name }) => ({ id, name }))
  const ids = rows.map(({ id }) => id)
  const items = ids.length === 0 ? [] : await listItemsAbout(db, ids)
  return rows.map((row, at) => {
    const item = items.findLast(({ about }) => about === row.id)
    const { created_by } = views[at] ?? { created_by: null }
    return {
      id: row.id,
      vendorId: row.integration_id,
      type: row.type,
      ...readConfig(row),
      projects,
      createdBy: created_by,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      pushedAt: row.pushed_at,
      /** Null when everything was pushed. */
      delivery: item ? progressOf(item) : null,
    }
  })
}

interface Account {
  readonly name: string | null
  readonly url: string | null
  readonly email: string | null
}

interface Config {
  readonly mapping: EnvironmentMapping | null
  readonly teamId: string | null
  /** What the vendor says of whoever installed it from the marketplace. */
  readonly account: Account | null
}

function readConfig(integration: Integration): Config {
  const { team_id: teamId, account } = fieldsOf(JSON.parse(integration.config))
  const { name, url, contact } = fieldsOf(account)
  return {
    mapping: mappingOf(integration) ?? null,
    teamId: textOf(teamId),
    account:
      account === undefined
        ? null
        : { name: textOf(name), url: textOf(url), email: textOf(fieldsOf(contact).email) },
  }
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => Object(value)

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
