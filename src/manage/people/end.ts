// How a membership came to rest or to an end, as the audit log has it: by whom, when, and by which request.
import type { Context } from '../../context.ts'
import type { Changes } from '../../store/records/audit.ts'
import { lastId } from '../../store/records/audit-about.ts'
import type { Caller } from '../caller.ts'
import { findRequest, type ScimRequest } from './entries.ts'
import { type AuditHappening, readAudit } from './history.ts'
import type { Subject } from './subject.ts'

export interface MembershipEnd {
  readonly how: 'suspended' | 'removed'
  readonly at: string
  readonly by: { readonly type: string; readonly label: string }
  /** Where an identity provider did it, and its log still has it. */
  readonly request: ScimRequest | null
}

/** What happened before is of no use to anybody who asks why. */
const lookedAt = 200

/** The newest that has not been undone since; undefined where the log has none. */
export async function findMembershipEnd(
  ctx: Context,
  caller: Caller,
  subject: Subject,
): Promise<MembershipEnd | undefined> {
  let looked = 0
  for await (const happening of readAudit({ ctx, caller, subject, before: lastId })) {
    const how = endIn(happening)
    if (how) {
      const { created_at: at, actor_type: type, actor_label: label } = happening.row
      return { how, at, by: { type, label }, request: await findRequest(ctx, subject, happening) }
    }
    looked += 1
    if (looked === lookedAt) return undefined
  }
  return undefined
}

function endIn({ row }: AuditHappening): MembershipEnd['how'] | undefined {
  if (row.action === 'member.removed') return 'removed'
  if (!row.action.startsWith('user.')) return undefined
  const { membership } = JSON.parse(row.changes) as Changes
  if (membership?.after === 'suspended') return 'suspended'
  return membership && membership.after === null ? 'removed' : undefined
}
