// The two logs over HTTP: what an identity provider did to a domain, and who changed what in the organization.
import { z } from 'zod'
import * as audit from '../../manage/audit.ts'
import { requireDomain } from '../../manage/domains/domains.ts'
import * as scim from '../../manage/domains/scim-log/search.ts'
import type { IdentityProvider } from '../../scim/identity-provider.ts'
import { inOrganization } from './mount/operation.ts'
import { ndjson, numberedPage, numberedPageOf, pageOf, placeOf } from './mount/paging.ts'
import { choice, instant, param, whole } from './mount/params.ts'
import * as shapes from './mount/shapes.ts'

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
const actorTypes = ['user', 'api_key', 'set_up_link', 'scim', 'saml', 'system', 'operator'] as const

/** A bound above every status is as good as one just above them, and fits the column. */
const status = () => whole({ most: 600 }).optional()
const lowerCased = () => param().toLowerCase().optional()

const scimFilters = numberedPage.extend({
  status_min: status(),
  status_max: status(),
  search: param().optional().describe('The true value, though rows are masked.'),
  after: instant().optional(),
  before: instant().optional(),
  method: param().toUpperCase().optional(),
  identity_provider: choice(identityProviders).optional(),
  resource_id: lowerCased(),
  request_id: param().optional(),
})

const scimLogRow = z
  .object({
    id: shapes.id,
    request_method: z.string(),
    request_path: z.string(),
    request_headers: z.unknown().describe('Masked, as the bodies are.'),
    request_body: z.unknown(),
    response_status: z.int(),
    response_body: z.unknown(),
    identity_provider: z.string().meta({ enum: identityProviders }),
    duration_ms: z.number(),
    created_at: shapes.instant,
    request_id: z.string(),
    scim_type: z.string().nullable(),
    token_hint: z.string().nullable(),
    resource_type: z.string().nullable(),
    resource_id: z.string().nullable(),
    outcome: z.string().describe('What happened, to whom, and why it failed, in a sentence.'),
    accommodations: z.unknown().describe('The departures from the standard that were accommodated.'),
  })
  .meta({ id: 'ScimLogRow' })

export const scimLog = inOrganization({
  id: 'listScimLog',
  summary: 'What an identity provider sent for a domain, newest first',
  query: scimFilters,
  answer: pageOf(scimLogRow),
  line: scimLogRow,
  run: async (ctx, { caller, c, url, id: idOf, query }) => {
    const { id } = await requireDomain(ctx, caller, idOf('id'))
    const asked = query()
    const { search: term, after, before, method } = asked
    const search = {
      statusMin: asked.status_min,
      statusMax: asked.status_max,
      search: term,
      after,
      before,
      method,
      identityProvider: asked.identity_provider,
      resourceId: asked.resource_id,
      requestId: asked.request_id,
    }
    if (asked.format === 'ndjson') return ndjson(c, scim.streamScimLog(ctx, id, search))
    return numberedPageOf(url, asked, await scim.readScimLog(ctx, id, { search, ...placeOf(asked) }))
  },
})

const auditFilters = numberedPage.extend({
  search: param().optional().describe('Part of the actor, the target or the action.'),
  after: instant().optional(),
  before: instant().optional(),
  action: param().optional(),
  actor_type: choice(actorTypes).optional(),
  actor_id: lowerCased(),
  target_type: param().optional(),
  target_id: lowerCased(),
  request_id: param().optional(),
})

const auditRow = z
  .object({
    id: shapes.id,
    created_at: shapes.instant,
    actor: z.object({ type: z.enum(actorTypes), id: z.string().nullable(), label: z.string() }),
    action: z.string().describe('`domain.updated`, …'),
    target: z.object({ type: z.string(), id: z.string(), label: z.string() }),
    changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })),
    ip: z.string().nullable(),
    request_id: z.string().nullable(),
  })
  .meta({ id: 'AuditRow' })

export const auditLog = inOrganization({
  id: 'listAuditLog',
  summary: 'Who changed what in the organization, newest first',
  query: auditFilters,
  answer: pageOf(auditRow),
  line: auditRow,
  run: async (ctx, { caller, c, url, query }) => {
    const asked = query()
    const { search: term, after, before, action } = asked
    const search = {
      search: term,
      after,
      before,
      action,
      actorType: asked.actor_type,
      actorId: asked.actor_id,
      targetType: asked.target_type,
      targetId: asked.target_id,
      requestId: asked.request_id,
    }
    if (asked.format === 'ndjson') return ndjson(c, audit.streamAuditLog(ctx, caller, search))
    return numberedPageOf(url, asked, await audit.readAuditLog(ctx, caller, { ...search, ...placeOf(asked) }))
  },
})
