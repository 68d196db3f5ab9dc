// Keeping whoever sets a domain up from losing the right to it while they do: a link from being revoked, an administrator from being demoted.
import { Refusal } from '../../base/refusal.ts'
import type { Db } from '../../store/db.ts'
import { keepSetUpLink } from '../../store/organization/set-up-links.ts'
import { holdLevel, requireLevel } from '../caller.ts'
import { type DomainCaller, isSetUpCaller } from './caller.ts'

export const linkOver = () =>
  new Refusal('missing', 'link_over', 'This set-up link opens nothing, or nothing any more.')

/** Whoever has lost it since the request came in leaves nothing behind. */
export async function holdRight(tx: Db, caller: DomainCaller, now: string): Promise<void> {
  if (!isSetUpCaller(caller)) return requireLevel(await holdLevel(tx, caller), 'admin')
  const link = { organization_id: caller.organizationId, id: caller.linkId }
  if (!(await keepSetUpLink(tx, link, now))) throw linkOver()
}
