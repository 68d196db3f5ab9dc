// A push as it would go now: everything is done as always, in a transaction of which nothing remains.
import { Refusal } from '../base/refusal.ts'
import type { Context } from '../context.ts'
import { rehearse } from '../store/db.ts'
import { type AdmittedToken, findScimTokenById, listLiveScimTokens } from '../store/domain/scim-tokens.ts'
import { type AuditRow, listAudit } from '../store/records/audit.ts'
import type { Push } from './push.ts'

/** The token that ends in this, if it still opens the domain, else another one that does. */
export async function requireLiveToken(
  { db, now }: Context,
  { domainId, hint }: { domainId: string; hint: string | null },
): Promise<AdmittedToken> {
  const live = await listLiveScimTokens(db, domainId, now().toISOString())
  const own = live.findLast(token => token.hint === hint) ?? live.at(-1)
  const token = own && (await findScimTokenById(db, domainId, own.id))
  if (!token?.domain.isScimEnabled)
    throw new Refusal(
      'conflict',
      'no_token',
      'No token of this domain is live: whatever came would be refused with 401. Make a token first.',
    )
  return token
}

export interface Rehearsal<T> {
  readonly answer: T
  /** What would stand in the audit log of it, the first first. */
  readonly happened: readonly AuditRow[]
}

const mostHappenings = 200

/** `attempt` makes its queries through the context that it is handed, and awaits nothing else. It may run again. */
export const rehearsePush = <T>(
  ctx: Context,
  push: Pick<Push, 'token' | 'txn'>,
  attempt: (ctx: Context) => Promise<T>,
): Promise<Rehearsal<T>> =>
  rehearse(ctx.db, async tx => {
    const answer = await attempt({ ...ctx, db: tx })
    const search = { requestId: push.txn, limit: mostHappenings }
    const happened = await listAudit(tx, push.token.domain.organizationId, search)
    return { answer, happened: happened.reverse() }
  })
