// A member as the API shows one.
import { missing } from '../../base/refusal.ts'
import { domainOfAddress } from '../../domain/domain.ts'
import type { Db } from '../../store/db.ts'
import { listVerifiedNames } from '../../store/domain/domains.ts'
import {
  findMembers,
  listLevelGroups,
  listLinkedPeople,
  listManagingDomains,
  type MemberOfList,
} from '../../store/organization/members/list.ts'
import { nameOf, userBasic } from '../user-basic.ts'

export type MemberObject = ReturnType<typeof describe>

/** In the order of the ids. */
export async function viewMembers(
  db: Db,
  organizationId: string,
  personIds: readonly string[],
): Promise<MemberObject[]> {
  const members = await findMembers(db, organizationId, personIds)
  const facts = await gatherFacts(db, organizationId, personIds)
  return members.map(member => describe(member, facts))
}

const gatherFacts = async (db: Db, organizationId: string, personIds: readonly string[]): Promise<Facts> => ({
  managedBy: await listManagingDomains(db, organizationId, personIds),
  linked: await listLinkedPeople(db, personIds),
  verified: await listVerifiedNames(db, organizationId),
})

export type ListedMember = Awaited<ReturnType<typeof viewRoster>>[number]

/** As `viewMembers`, and where each membership and its level come from. */
export async function viewRoster(db: Db, organizationId: string, personIds: readonly string[]) {
  const members = await findMembers(db, organizationId, personIds)
  const facts = await gatherFacts(db, organizationId, personIds)
  const groupIds = members.flatMap(({ member }) => member.level_group_id ?? [])
  const groups = await listLevelGroups(db, organizationId, groupIds)
  return members.map(one => ({
    ...describe(one, facts),
    name: nameOf(one.person),
    origin: one.member.origin,
    /** Null when a person or the organization's default gave the level. */
    level_group: groups.get(one.member.level_group_id ?? '') ?? null,
  }))
}

export async function viewMember(db: Db, organizationId: string, personId: string): Promise<MemberObject> {
  const [member] = await viewMembers(db, organizationId, [personId])
  if (!member) throw missing()
  return member
}

interface Facts {
  /** The domain through which a person was provisioned. */
  readonly managedBy: ReadonlyMap<string, string>
  readonly linked: ReadonlySet<string>
  /** The names of the organization's verified domains. */
  readonly verified: readonly string[]
}

function describe({ member, person }: MemberOfList, { managedBy, linked, verified }: Facts) {
  const ofAddress = verified.find(name => name === domainOfAddress(person.email))
  return {
    id: member.id,
    user: userBasic(person),
    level: member.level,
    status: member.status,
    joined_at: member.joined_at,
    updated_at: member.updated_at,
    // There is no password here that a second factor could stand beside: the identity provider asks for one.
    is_2fa_enabled: false,
    has_social_auth: linked.has(person.id),
    last_login: member.last_login_at,
    is_scim_managed: managedBy.has(person.id),
    domain: managedBy.get(person.id) ?? ofAddress ?? null,
  }
}
