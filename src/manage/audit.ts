// The audit log: what a deed records about itself, and how the log is read.
import type { Context } from '../context.ts'
import type { Db } from '../store/db.ts'
import {
  type AuditRow,
  type AuditSearch,
  appendAudit,
  type Changes,
  countAudit,
  listAudit,
} from '../store/records/audit.ts'
import type { Caller } from './caller.ts'

export interface Happening {
  /** `domain.updated`, … */
  action: string
  target: { type: string; id: string; label: string }
  /** Whose timeline it stands in besides: ids of people, and addresses of who may be none yet. */
  about?: readonly string[] | undefined
  changes: Changes
  now: string
}

/** In the transaction of what happened. */
export const record = (
  tx: Db,
  { organizationId, actor }: Pick<Caller, 'organizationId' | 'actor'>,
  happening: Happening,
) => appendAudit(tx, organizationId, { actor, ...happening })

/** The fields that differ, before and after; `undefined` on one side reads as null. */
export function changesBetween(before: object, after: object): Changes {
  const old = new Map<string, unknown>(Object.entries(before))
  const changed = Object.entries(after).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old.get(field) ?? null),
  )
  return Object.fromEntries(
    changed.map(([field, value]) => [field, { before: old.get(field) ?? null, after: value }]),
  )
}

export async function readAuditLog(
  ctx: Context,
  { organizationId }: Caller,
  { limit, offset, ...search }: AuditSearch & { limit: number; offset: number },
) {
  const count = await countAudit(ctx.db, organizationId, search)
  const rows = count > offset ? await listAudit(ctx.db, organizationId, { ...search, limit, offset }) : []
  return { count, results: rows.map(describeAudit) }
}

const batchSize = 500

/** Everything that matches, newest first, a batch at a time. */
export async function* streamAuditLog(ctx: Context, { organizationId }: Caller, search: AuditSearch) {
  let beforeId: string | undefined
  for (;;) {
    const rows = await listAudit(ctx.db, organizationId, { ...search, limit: batchSize, beforeId })
    yield* rows.map(describeAudit)
    beforeId = rows.at(-1)?.id
    if (rows.length < batchSize) return
  }
}

/** What of the log is asked for. */
export type AuditFilter = AuditSearch

export type AuditObject = ReturnType<typeof describeAudit>

export const describeAudit = (row: AuditRow) => ({
  id: row.id,
  created_at: row.created_at,
  actor: { type: row.actor_type, id: row.actor_id, label: row.actor_label },
  action: row.action,
  target: { type: row.target_type, id: row.target_id, label: row.target_label },
  changes: JSON.parse(row.changes) as Changes,
  ip: row.ip,
  request_id: row.request_id,
})
