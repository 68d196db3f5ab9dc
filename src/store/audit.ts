// The audit log: who changed what, written in the transaction of the change.
import { newId } from '../base/id.ts'
import type { Actor } from '../domain/actor.ts'
import type { Db } from './db.ts'

/** Secrets never come here: a caller writes `***` for them. */
export type Changes = Readonly<Record<string, { before: unknown; after: unknown }>>

export interface AuditEntry {
  actor: Actor
  /** `domain.updated`, `user.created`, … */
  action: string
  target: { type: string; id: string; label: string }
  changes: Changes
  now: string
}

export const appendAudit = (tx: Db, organizationId: string, entry: AuditEntry) =>
  tx
    .insertInto('audit')
    .values({
      organization_id: organizationId,
      id: newId(),
      created_at: entry.now,
      actor_type: entry.actor.type,
      actor_id: entry.actor.id,
      actor_label: entry.actor.label,
      action: entry.action,
      target_type: entry.target.type,
      target_id: entry.target.id,
      target_label: entry.target.label,
      changes: JSON.stringify(entry.changes),
      ip: entry.actor.ip,
      request_id: entry.actor.requestId,
    })
    .execute()
