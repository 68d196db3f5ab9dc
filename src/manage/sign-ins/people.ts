// Whom sign-ins are about: the members of the organization behind the ids and addresses in the log.
import type { Context } from '../../context.ts'
import { domainOfAddress } from '../../domain/domain.ts'
import { listNamedMembers } from '../../store/organization/named-members.ts'

export interface NamedPerson {
  readonly id: string
  /** The name, or the address where there is none. */
  readonly name: string
}

interface Attempt {
  readonly person_id: string | null
  readonly email: string | null
  readonly name_id: string | null
}

/** The address that came, be it as the NameID of one that was refused before its address was read. */
export const addressOf = ({ email, name_id: name }: Pick<Attempt, 'email' | 'name_id'>): string | null =>
  email ?? (name !== null && domainOfAddress(name) !== undefined ? name.trim().toLowerCase() : null)

/** For each attempt its person, as long as they are a member; by the address where nobody was let in. */
export async function namePeople(
  ctx: Context,
  organizationId: string,
  attempts: readonly Attempt[],
): Promise<(attempt: Attempt) => NamedPerson | null> {
  const ids = [...new Set(attempts.flatMap(each => each.person_id ?? []))]
  const emails = [
    ...new Set(attempts.flatMap(each => (each.person_id === null ? (addressOf(each) ?? []) : []))),
  ]
  const members = await listNamedMembers(ctx.db, organizationId, { ids, emails })
  const byId = new Map(members.map(member => [member.id, member]))
  const byEmail = new Map(members.map(member => [member.email, member]))
  return attempt => {
    const { person_id: id } = attempt
    const member = id === null ? byEmail.get(addressOf(attempt) ?? '') : byId.get(id)
    return member ? { id: member.id, name: member.name || member.email } : null
  }
}
