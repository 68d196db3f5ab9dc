// Who gets in: members, whoever was invited, whoever may join by themselves; never somebody whom SCIM has deactivated.
import { entitlementOf } from '../../domain/access.ts'
import type { Domain } from '../../domain/domain.ts'
import { levels } from '../../domain/level.ts'
import { SamlRefusal } from '../../saml/refusal.ts'
import type { Db } from '../../store/db.ts'
import { type Invite, lockLiveInviteTo } from '../../store/organization/invites.ts'
import { lockMember, type Member } from '../../store/organization/members.ts'
import type { Person } from '../../store/organization/people.ts'
import { isDeactivated } from '../../store/resources/users.ts'

export type Way =
  | { readonly by: 'membership'; readonly member: Member }
  | { readonly by: 'invite'; readonly invite: Invite }
  | { readonly by: 'jit' }

interface Claimant {
  readonly domain: Domain
  /** Undefined for somebody new. */
  readonly person: Person | undefined
  readonly email: string
  readonly now: string
}

/** Only reads and locks. Throws `saml_user_deactivated` or `saml_jit_disabled`. */
export async function findWayIn(tx: Db, { domain, person, email, now }: Claimant): Promise<Way> {
  const { organizationId } = domain
  const member = person && (await lockMember(tx, organizationId, person.id))
  const isOff = person !== undefined && (await isDeactivated(tx, organizationId, person.id))
  const invite = member ? undefined : await lockLiveInviteTo(tx, organizationId, { email, now })
  const standing = { status: member?.status, isDeactivated: isOff, hasInvite: invite !== undefined }
  const entitlement = entitlementOf(standing, domain)
  if (entitlement === 'deactivated') throw deactivated(email)
  if (member) return { by: 'membership', member }
  if (invite) return { by: 'invite', invite }
  if (entitlement === 'jit') return { by: 'jit' }
  throw new SamlRefusal(
    'saml_jit_disabled',
    'a member of the organization, or somebody with an invite',
    `${email}, while just-in-time provisioning is off for ${domain.name}`,
  )
}

export const deactivated = (email: string) =>
  new SamlRefusal('saml_user_deactivated', 'an active person', `${email}, deactivated by SCIM`)

/** What the domain makes of somebody by their groups: the highest level that one of them gives, at most administrator. */
export function levelByGroups({ samlRoleMapping }: Domain, groups: readonly string[]): number | undefined {
  if (samlRoleMapping === null) return undefined
  const byGroup = new Map(Object.entries(samlRoleMapping))
  const given = groups.map(group => byGroup.get(group) ?? levels.member)
  return Math.min(Math.max(levels.member, ...given), levels.admin)
}

/** Only members that JIT made follow the mapping, and neither an owner nor somebody whose level a SCIM group gives. */
export const followsGroups = ({ origin, level, level_group_id }: Member): boolean =>
  origin === 'jit' && level < levels.owner && level_group_id === null
