// Searching members: all are looked at, a batch at a time, since what is similar is decided here and not in a database.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createSearch } from '../../domain/member-search.ts'
import type { Db } from '../../store/db.ts'
import { listSearched, type MemberFilter } from '../../store/organization/members/list.ts'

const batchSize = 1000

export interface MemberSearch extends MemberFilter {
  readonly term: string
  readonly order: 'asc' | 'desc'
}

interface Found {
  readonly personId: string
  readonly likeness: number
  readonly joinedAt: string
}

/** The ids of the people: those who contain the term first, then those like it, the likest first. */
export async function searchMembers(
  db: Db,
  organizationId: string,
  { term, order, status, email }: MemberSearch,
): Promise<string[]> {
  const likenessOf = createSearch(term)
  const found: Found[] = []
  for (let after = ''; ; ) {
    const rows = await listSearched(db, organizationId, { status, email, after, limit: batchSize })
    for (const row of rows) {
      const likeness = likenessOf(row)
      if (likeness !== undefined)
        found.push({ personId: row.person_id, likeness, joinedAt: `${row.joined_at} ${row.id}` })
    }
    const last = rows.at(-1)
    if (!last || rows.length < batchSize) break
    after = last.person_id
    // Whoever else waits has their turn between the batches of a large organization.
    await nextTurn()
  }
  return found.sort(byLikeness(order)).map(({ personId }) => personId)
}

const byLikeness = (order: 'asc' | 'desc') => (a: Found, b: Found) => {
  if (a.likeness !== b.likeness) return b.likeness - a.likeness
  const before = order === 'asc' ? -1 : 1
  return a.joinedAt < b.joinedAt ? before : -before
}
