// The claim of a domain by the holder of a set-up link that has none: one domain, which is the link's from then on.
import { denied } from '../../base/refusal.ts'
import type { Db } from '../../store/db.ts'
import { bindSetUpLink } from '../../store/organization/set-up-links.ts'
import { type DomainCaller, isSetUpCaller } from './caller.ts'

/** `beyond`: what else is to be said of the new domain, which is the organization's to say. */
export function requireClaim(caller: DomainCaller, beyond: Readonly<Record<string, unknown>>): void {
  if (!isSetUpCaller(caller)) return
  if (caller.domainId !== null) throw hasDomain()
  if (!caller.parts.includes('verify')) throw denied('The set-up link is not for claiming a domain.')
  const set = Object.entries(beyond).find(([, value]) => value !== undefined)
  if (set) throw denied(`No set-up link may set ${set[0]} of a new domain.`)
}

/** Of two claims at once the second is refused, and nothing is left of it. */
export async function bindClaim(tx: Db, caller: DomainCaller, domainId: string): Promise<void> {
  if (!isSetUpCaller(caller)) return
  const link = { organization_id: caller.organizationId, id: caller.linkId }
  if (!(await bindSetUpLink(tx, link, domainId))) throw hasDomain()
}

const hasDomain = () => denied('The set-up link is for one domain, which is there already.')
