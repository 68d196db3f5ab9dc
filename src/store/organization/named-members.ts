// What the members of an organization are called, for those who read about them by their ids or addresses.
import type { Db } from '../db.ts'

interface NamedMember {
  readonly id: string
  readonly email: string
  /** May be empty. */
  readonly name: string
}

/** Those that are members, whatever their status, in no order. */
export async function listNamedMembers(
  db: Db,
  organizationId: string,
  { ids, emails }: { ids: readonly string[]; emails: readonly string[] },
): Promise<NamedMember[]> {
  if (ids.length + emails.length === 0) return []
  const rows = await db
    .selectFrom('people')
    .innerJoin('members', 'members.person_id', 'people.id')
    .where('members.organization_id', '=', organizationId)
    .where(({ eb, or }) =>
      or([
        ...(ids.length > 0 ? [eb('people.id', 'in', ids)] : []),
        ...(emails.length > 0 ? [eb('people.email', 'in', emails)] : []),
      ]),
    )
    .select(['people.id', 'people.email', 'people.first_name', 'people.last_name'])
    .execute()
  return rows.map(({ id, email, first_name, last_name }) => ({
    id,
    email,
    name: `${first_name} ${last_name}`.trim(),
  }))
}
