// The two logs over HTTP: what an identity provider did to a domain, and who changed what in the organization.
import type { Context } from '../../context.ts'
import * as audit from '../../manage/audit.ts'
import type { Caller } from '../../manage/caller.ts'
import { requireDomain } from '../../manage/domains.ts'
import * as scim from '../../manage/scim-logs.ts'
import type { IdentityProvider } from '../../scim/identity-provider.ts'
import { ndjson, numberedPageOf, readFormat, readNumberedPage } from './paging.ts'
import { type ApiContext, readChoice, readInstant, readParam, readPathId, readWhole } from './request.ts'

const identityProviders = [
  'okta',
  'entra_id',
  'google',
  'onelogin',
  'jumpcloud',
  'ping',
  'rippling',
  'other',
] as const satisfies readonly IdentityProvider[]
const actorTypes = ['user', 'api_key', 'scim', 'saml', 'system', 'operator'] as const

const highestStatus = 599

/** A bound above every status is as good as one just above them, and fits the column. */
function readStatus(c: ApiContext, name: string): number | undefined {
  const status = readWhole(c, name)
  return status === undefined ? undefined : Math.min(status, highestStatus + 1)
}

export async function scimLog(ctx: Context, caller: Caller, c: ApiContext) {
  const { id } = await requireDomain(ctx, caller, readPathId(c, 'id'))
  const page = readNumberedPage(ctx, c)
  const search = {
    statusMin: readStatus(c, 'status_min'),
    statusMax: readStatus(c, 'status_max'),
    search: readParam(c, 'search'),
    after: readInstant(c, 'after'),
    before: readInstant(c, 'before'),
    method: readParam(c, 'method')?.toUpperCase(),
    identityProvider: readChoice(c, 'identity_provider', identityProviders),
    resourceId: readParam(c, 'resource_id')?.toLowerCase(),
    requestId: readParam(c, 'request_id'),
  }
  if (readFormat(c) === 'ndjson') return ndjson(c, scim.streamScimLog(ctx, id, search))
  return c.json(numberedPageOf(page, await scim.readScimLog(ctx, id, { search, ...page })))
}

export async function auditLog(ctx: Context, caller: Caller, c: ApiContext) {
  const page = readNumberedPage(ctx, c)
  const search = {
    search: readParam(c, 'search'),
    after: readInstant(c, 'after'),
    before: readInstant(c, 'before'),
    action: readParam(c, 'action'),
    actorType: readChoice(c, 'actor_type', actorTypes),
    actorId: readParam(c, 'actor_id')?.toLowerCase(),
    targetType: readParam(c, 'target_type'),
    targetId: readParam(c, 'target_id')?.toLowerCase(),
    requestId: readParam(c, 'request_id'),
  }
  if (readFormat(c) === 'ndjson') return ndjson(c, audit.streamAuditLog(ctx, caller, search))
  return c.json(numberedPageOf(page, await audit.readAuditLog(ctx, caller, { ...search, ...page })))
}
