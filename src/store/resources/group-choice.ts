// The members of a group that a filter chooses, for the rare PATCH that does not name them by their ids.
import { type RawBuilder, sql } from 'kysely'
import type { Filter } from '../../scim/filter/ast.ts'
import type { Db } from '../db.ts'
import { kindOf } from '../dialect.ts'
import { memberRows } from '../query/filter-elements.ts'
import { chosenBy } from '../query/filter-sql.ts'
import type { Scope } from '../query/pages.ts'
import { groupTable } from '../query/resource-tables.ts'

export async function listMembersChosen(
  tx: Db,
  scope: Scope,
  { groupId, filter }: { groupId: string; filter: Filter },
): Promise<string[]> {
  const filterScope = { kind: kindOf(tx), ...scope }
  const members = memberRows.of(sql.val(groupId), filterScope)
  const chosen = chosenBy(filter, groupTable, filterScope)
  const query: RawBuilder<{ id: string }> = sql`select value as id from ${members} as element where ${chosen}`
  return (await query.execute(tx)).rows.map(row => row.id)
}
