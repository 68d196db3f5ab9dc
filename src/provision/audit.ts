// What a push to one resource writes into the audit log: its changes, what became of a membership, and who moved.
import { readId } from '../base/id.ts'
import type { Db } from '../store/db.ts'
import type { StoredRow } from '../store/query/pages.ts'
import { appendAudit, type Changes } from '../store/records/audit.ts'
import type { Kind } from './kind.ts'
import type { Push } from './push.ts'

interface Deed {
  readonly kind: Kind
  readonly row: StoredRow
  /** `created`, `updated`, `deleted`. */
  readonly action: string
  readonly changes: Changes
  /** Who came into it and who left. */
  readonly moved?: Changes | undefined
  readonly now: string
}

export async function audit(tx: Db, push: Push, deed: Deed): Promise<void> {
  const { kind, row, action, moved = {}, now } = deed
  const changes = { ...deed.changes, ...moved }
  const type = kind.type.name.toLowerCase()
  const { membership } = push.story
  await appendAudit(tx, push.token.domain.organizationId, {
    actor: push.actor,
    action: `${type}.${action}`,
    target: { type, id: row.id, label: kind.labelOf(row) },
    // What became of a membership outlasts the user and its domain.
    about: [...idsIn(moved), ...(membership ? [membership.personId] : [])],
    changes: membership
      ? { ...changes, membership: { before: membership.before, after: membership.after } }
      : changes,
    now,
  })
}

/** Where many moved, the first of them are named. */
const idsIn = (moved: Changes): string[] =>
  Object.values(moved)
    .flatMap(({ before, after }) => [before, after].flat())
    .flatMap(id => (typeof id === 'string' ? (readId(id) ?? []) : []))
