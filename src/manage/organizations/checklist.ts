// What is left to do until an organization is in use: the installation's part for its operators, and its own part.
import type { Context } from '../../context.ts'
import { type Progress, readProgress } from '../../store/organization/progress.ts'
import { findLastDeed } from '../../store/records/operator-log.ts'
import type { Caller, Principal } from '../caller.ts'
import { handedOver, mailTested } from '../operators/self-tests.ts'

interface MailState {
  readonly isConfigured: boolean
  /** The last test mail; null before the first. */
  readonly test: { readonly isGood: boolean; readonly outcome: string; readonly at: string } | null
}

export interface Checklist extends Progress {
  /** null for whoever cannot do anything about it. */
  readonly mail: MailState | null
}

export async function readChecklist(
  ctx: Context,
  { operator }: Principal,
  { organizationId }: Caller,
): Promise<Checklist> {
  const progress = await readProgress(ctx.db, organizationId)
  return { ...progress, mail: operator ? await readMail(ctx) : null }
}

async function readMail({ db, config }: Context): Promise<MailState> {
  const last = await findLastDeed(db, mailTested)
  const outcome = last?.outcome ?? ''
  return {
    isConfigured: config.smtpUrl !== '',
    test: last ? { isGood: outcome === handedOver, outcome, at: last.created_at } : null,
  }
}
