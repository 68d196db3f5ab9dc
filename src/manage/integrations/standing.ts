// How an integration stands: what of the vendor's it is, which projects it may be given, and what became of what was pushed.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { findIntegration, type Integration } from '../../store/organization/integrations.ts'
import { listProjects } from '../../store/organization/projects.ts'
import { listItemsAbout } from '../../store/records/outbox.ts'
import type { Caller } from '../caller.ts'
import { progressOf } from '../delivery/progress.ts'
import { readIntegration } from '../integrations.ts'
import { type EnvironmentMapping, mappingOf } from '../vercel/facts.ts'

export type IntegrationStanding = Awaited<ReturnType<typeof readIntegrationStanding>>

/** So many can be chosen; the API maps others. */
const mostProjects = 500

export async function readIntegrationStanding(ctx: Context, caller: Caller, id: string) {
  const row = await findIntegration(ctx.db, caller.organizationId, id)
  if (!row) throw missing()
  const projects = await listProjects(ctx.db, caller.organizationId, { limit: mostProjects, offset: 0 })
  const item = (await listItemsAbout(ctx.db, [id])).at(-1)
  return {
    ...(await readIntegration(ctx, caller, id)),
    type: row.type,
    ...readConfig(row),
    projects: projects.map(project => ({ id: project.id, name: project.name })),
    pushed_at: row.pushed_at,
    /** Null when everything was pushed. */
    delivery: item ? progressOf(item) : null,
  }
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
