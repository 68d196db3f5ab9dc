// What may be done again only so often: counted in the audit log, so that every process counts alike.
import { throttled } from '../base/refusal.ts'
import type { Db } from '../store/db.ts'
import { countAudit } from '../store/records/audit.ts'

const mostAnHour = 5
const hourMs = 60 * 60 * 1000

interface Resending {
  readonly organizationId: string
  readonly action: string
  readonly targetId: string
  /** `An invite`. */
  readonly what: string
  readonly now: Date
}

export async function refuseOften(
  tx: Db,
  { organizationId, action, targetId, what, now }: Resending,
): Promise<void> {
  const after = new Date(now.getTime() - hourMs).toISOString()
  const sent = await countAudit(tx, organizationId, { action, targetId, after })
  if (sent < mostAnHour) return
  throw throttled(
    `${what} can be sent again ${mostAnHour} times an hour; this one was sent ${sent} times.`,
    hourMs / 1000,
  )
}
