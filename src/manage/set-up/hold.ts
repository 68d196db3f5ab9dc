// Keeping a set-up link from being revoked while something is done by it.
import { Refusal } from '../../base/refusal.ts'
import type { Db } from '../../store/db.ts'
import { keepSetUpLink } from '../../store/organization/set-up-links.ts'
import { type DomainCaller, isSetUpCaller } from './caller.ts'

export const linkOver = () =>
  new Refusal('missing', 'link_over', 'This set-up link opens nothing, or nothing any more.')

/** A link that was revoked since the request came in leaves nothing behind. */
export async function holdLink(tx: Db, caller: DomainCaller, now: string): Promise<void> {
  if (!isSetUpCaller(caller)) return
  const link = { organization_id: caller.organizationId, id: caller.linkId }
  if (!(await keepSetUpLink(tx, link, now))) throw linkOver()
}
