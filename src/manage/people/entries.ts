// The entries of a timeline as they are told: a request or a sign-in with what it changed, or a change by itself.
import { idsFrom } from '../../base/id.ts'
import type { Context } from '../../context.ts'
import { adviseOn } from '../../saml/advice.ts'
import { findScimWrite, type ScimWrite } from '../../store/domain/scim-writes.ts'
import type { Changes } from '../../store/records/audit.ts'
import { lastId } from '../../store/records/audit-about.ts'
import { nameRequests } from '../domains/scim-log/names.ts'
import { refusalOf, stepsOf } from '../sign-ins/view.ts'
import { type Entry, longestMs, timeOf } from './folding.ts'
import { type AnyHappening, type AuditHappening, usersOf } from './history.ts'
import type { Subject } from './subject.ts'

export interface Change {
  readonly id: string
  readonly at: string
  readonly action: string
  readonly by: { readonly type: string; readonly id: string | null; readonly label: string }
  readonly target: { readonly type: string; readonly id: string; readonly label: string }
  readonly changes: Changes
  readonly ip: string | null
  readonly requestId: string | null
}

export interface ScimRequest {
  readonly domainId: string
  readonly logId: string
  readonly status: number
  readonly outcome: string
  readonly provider: string
  readonly tokenHint: string | null
}

interface SignInAttempt {
  readonly domainId: string
  readonly signInId: string
  readonly kind: 'sp' | 'idp' | 'test'
  /** Null when it was accepted. */
  readonly code: string | null
  /** Who must change what where. */
  readonly advice: string | null
}

/** A change has the request that it came of where that is in the log of another resource: of a group. */
export type TimelineEntry = {
  readonly id: string
  readonly at: string
  readonly changes: readonly Change[]
} & (
  | { readonly kind: 'scim'; readonly request: ScimRequest }
  | { readonly kind: 'sign_in'; readonly attempt: SignInAttempt }
  | { readonly kind: 'change'; readonly first: Change; readonly request: ScimRequest | null }
)

export async function viewEntries(
  ctx: Context,
  subject: Subject,
  entries: readonly Entry<AnyHappening>[],
): Promise<TimelineEntry[]> {
  const outcomes = await readOutcomes(ctx, entries)
  return Promise.all(entries.map(entry => view(ctx, subject, { entry, outcomes })))
}

/** What requests came to, under the names of today; by the ids of their rows. */
async function readOutcomes(ctx: Context, entries: readonly Entry<AnyHappening>[]) {
  const rows = entries.flatMap(({ head }) => (head.kind === 'scim' ? [head.row] : []))
  const ofDomains = [...Map.groupBy(rows, row => row.domain_id)]
  const named = await Promise.all(ofDomains.map(([domainId, some]) => nameRequests(ctx, domainId, some)))
  return new Map(named.flat().map(({ id, outcome }) => [id, outcome]))
}

interface Shown {
  readonly entry: Entry<AnyHappening>
  readonly outcomes: ReadonlyMap<string, string>
}

async function view(ctx: Context, subject: Subject, { entry, outcomes }: Shown): Promise<TimelineEntry> {
  const { id, head, details } = entry
  const changes = details.flatMap(each => (each.kind === 'audit' ? [changeOf(each)] : []))
  const shared = { id, at: head.row.created_at, changes }
  if (head.kind === 'scim') {
    const request = requestOf(head.row)
    const outcome = outcomes.get(head.row.id) ?? request.outcome
    return { ...shared, kind: 'scim', request: { ...request, outcome } }
  }
  if (head.kind === 'audit') {
    return {
      ...shared,
      kind: 'change',
      first: changeOf(head),
      request: await findRequest(ctx, subject, head),
    }
  }
  const { domain_id: domainId, id: signInId, kind, code } = head.row
  const refusal = refusalOf(head.row, stepsOf(head.row))
  const advice = refusal && adviseOn(refusal).forAdmin
  return { ...shared, kind: 'sign_in', attempt: { domainId, signInId, kind, code, advice } }
}

const changeOf = ({ row }: AuditHappening): Change => ({
  id: row.id,
  at: row.created_at,
  action: row.action,
  by: { type: row.actor_type, id: row.actor_id, label: row.actor_label },
  target: { type: row.target_type, id: row.target_id, label: row.target_label },
  changes: JSON.parse(row.changes) as Changes,
  ip: row.ip,
  requestId: row.request_id,
})

const requestOf = (row: ScimWrite): ScimRequest => ({
  domainId: row.domain_id,
  logId: row.id,
  status: row.response_status,
  outcome: row.outcome,
  provider: row.identity_provider,
  tokenHint: row.token_hint,
})

/** Of a change that an identity provider made to something that is not theirs alone. */
export async function findRequest(
  ctx: Context,
  subject: Subject,
  { row }: Pick<AuditHappening, 'row'>,
): Promise<ScimRequest | null> {
  const { actor_type: actor, request_id: requestId, target_id: resourceId, id } = row
  if (actor !== 'scim' || requestId === null) return null
  const at = timeOf(id)
  const [after, before] = [at - longestMs, at + 1].map(time => idsFrom(new Date(time)))
  const domainIds = new Set(usersOf(subject).map(({ domainId }) => domainId))
  for (const domainId of domainIds) {
    const found = await findScimWrite(ctx.db, {
      domainId,
      resourceId,
      requestId,
      after: after ?? '',
      before: before ?? lastId,
    })
    if (found) return requestOf(found)
  }
  return null
}
