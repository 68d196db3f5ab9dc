// What several of the deeds about Vercel say: its environments, its name in the audit log, how its credentials are sealed.
import { seal, unseal } from '../../base/seal.ts'
import type { Context } from '../../context.ts'
import type { VercelCredentials } from '../../outside/vercel.ts'
import type { Integration } from '../../store/organization/integrations.ts'

export const environments = ['production', 'preview', 'development'] as const

/** Which project serves each environment. */
export type EnvironmentMapping = Readonly<Record<(typeof environments)[number], number>>

/** Undefined until one was chosen. */
export const mappingOf = ({ config }: Integration): EnvironmentMapping | undefined =>
  (JSON.parse(config) as { environment_mapping?: EnvironmentMapping }).environment_mapping

export const integrationTarget = ({ id, kind, integration_id }: Integration) => ({
  type: 'integration',
  id,
  label: `${kind} ${integration_id}`,
})

const purpose = 'gatehouse integration'

export const sealCredentials = ({ config }: Context, credentials: VercelCredentials): string =>
  seal(config.secrets, JSON.stringify(credentials), purpose)

export const unsealCredentials = ({ config }: Context, sealed: string): VercelCredentials =>
  JSON.parse(unseal(config.secrets, sealed, purpose)) as VercelCredentials
