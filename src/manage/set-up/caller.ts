// Who sets up a domain: somebody of the organization, or the holder of a set-up link, with the parts that it names.
import { denied, missing } from '../../base/refusal.ts'
import type { Actor } from '../../domain/actor.ts'
import type { SetUpPart } from '../../domain/set-up-part.ts'
import type { Settings } from '../../domain/settings.ts'
import type { Caller } from '../caller.ts'

/** Has no level, so that only those deeds take it that say so by their types, and ask for its parts. */
export interface SetUpCaller {
  readonly actor: Actor
  readonly personId: null
  readonly organizationId: string
  readonly linkId: string
  /** null: it is still to be claimed. */
  readonly domainId: string | null
  readonly parts: readonly SetUpPart[]
}

export type DomainCaller = Caller | SetUpCaller

export const isSetUpCaller = (caller: DomainCaller): caller is SetUpCaller => 'linkId' in caller

/** For deeds that are the organization's own. */
export function requireOwn(caller: DomainCaller): Caller {
  if (isSetUpCaller(caller)) throw denied('This is for the administrators of the organization.')
  return caller
}

/** The holder of a link knows of no domain but the link's. */
export function requireReach(caller: DomainCaller, domainId: string): void {
  if (isSetUpCaller(caller) && caller.domainId !== domainId) throw missing()
}

export function requirePart(caller: DomainCaller, domainId: string, part: SetUpPart): void {
  requireReach(caller, domainId)
  if (!isSetUpCaller(caller) || caller.parts.includes(part)) return
  throw denied(`This needs a set-up link for the part "${part}"; yours is for ${caller.parts.join(', ')}.`)
}

type Setting = keyof Settings | 'saml_metadata'

/** What belongs to which part. Who may join, at which level, and who must sign in how, no link decides. */
const partOf: Partial<Record<Setting, SetUpPart>> = {
  saml_metadata: 'saml',
  saml_entity_id: 'saml',
  saml_acs_url: 'saml',
  saml_x509_cert: 'saml',
  saml_sso_binding: 'saml',
  saml_sign_requests: 'saml',
  saml_attribute_mapping: 'saml',
  scim_enabled: 'scim',
}

export function requireSettings(
  caller: DomainCaller,
  domainId: string,
  patch: Readonly<Partial<Record<Setting, unknown>>>,
): void {
  requireReach(caller, domainId)
  if (!isSetUpCaller(caller)) return
  for (const [setting, value] of Object.entries(patch)) {
    if (value === undefined) continue
    const part = partOf[setting as Setting]
    if (part === undefined) throw denied(`No set-up link may change ${setting}.`)
    requirePart(caller, domainId, part)
  }
}
