// What a logged request changed, as the audit log has it: the resource, who is in a group, memberships and levels.
import { readId } from '../../../base/id.ts'
import type { Context } from '../../../context.ts'
import { listAudit } from '../../../store/records/audit.ts'
import { listNamedResources } from '../../../store/resources/names.ts'
import { type AuditObject, describeAudit } from '../../audit.ts'
import type { Caller } from '../../caller.ts'
import { nameOf } from './names.ts'
import type { LoggedRequest } from './search.ts'

export type Effect = Pick<AuditObject, 'action' | 'target' | 'changes'>

export interface Effects {
  /** The first first. */
  readonly all: readonly Effect[]
  /** Whether there were others before them. */
  readonly hasMore: boolean
  /** Of the resources that they are about and that they name by their ids, as long as these are there. */
  readonly names: ReadonlyMap<string, string>
}

const mostEffects = 50

/** A client may give several requests one id, so that the time counts as well. */
const slackMs = 1000

export async function readEffects(
  ctx: Context,
  { organizationId }: Caller,
  { domainId, entry }: { domainId: string; entry: LoggedRequest },
): Promise<Effects> {
  const { request_id: requestId, response_status: status, created_at, duration_ms } = entry
  if (requestId === '' || status >= 400) return { all: [], hasMore: false, names: new Map() }
  const at = Date.parse(created_at)
  const rows = await listAudit(ctx.db, organizationId, {
    requestId,
    actorType: 'scim',
    // The row of a bulk that nobody waited for is written when it is done.
    after: new Date(at - duration_ms).toISOString(),
    // What was accepted to be done later is done later.
    ...(status !== 202 && { before: new Date(at + duration_ms + slackMs).toISOString() }),
    limit: mostEffects + 1,
  })
  const told = rows.slice(0, mostEffects).map(describeAudit).reverse()
  return { ...(await nameEffects(ctx, domainId, told)), hasMore: rows.length > mostEffects }
}

export async function nameEffects(ctx: Context, domainId: string, all: readonly Effect[]): Promise<Effects> {
  const ids = all.flatMap(({ target, changes }) => [target.id, ...Object.values(changes).flatMap(idsIn)])
  const named = await listNamedResources(ctx.db, domainId, [...new Set(ids)])
  return { all, hasMore: false, names: new Map(named.map(resource => [resource.id, nameOf(resource)])) }
}

const idsIn = ({ before, after }: { before: unknown; after: unknown }): string[] =>
  [before, after].flat().flatMap(value => (typeof value === 'string' ? (readId(value) ?? []) : []))
