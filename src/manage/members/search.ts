// Searching members: all are looked at, a batch at a time, since what is similar is decided here and not in a database.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createSearch } from '../../domain/member-search.ts'
import type { Db } from '../../store/db.ts'
import { listSearched, type MemberFilter, type MemberOrder } from '../../store/organization/members/list.ts'

const batchSize = 1000

export interface MemberSearch extends MemberFilter, MemberOrder {
  readonly term: string
}

type Searched = Awaited<ReturnType<typeof listSearched>>[number]

interface Found {
  readonly personId: string
  readonly likeness: number
  /** Null comes last. */
  readonly place: string | null
}

/** The ids of the people: those who contain the term first, then those like it, the likest first; else in the order. */
export async function searchMembers(
  db: Db,
  organizationId: string,
  { term, by, order, ...filter }: MemberSearch,
): Promise<string[]> {
  const likenessOf = createSearch(term)
  const found: Found[] = []
  for (let after = ''; ; ) {
    const rows = await listSearched(db, organizationId, { ...filter, after, limit: batchSize })
    for (const row of rows) {
      const likeness = likenessOf(row)
      if (likeness !== undefined) found.push({ personId: row.person_id, likeness, place: places[by](row) })
    }
    const last = rows.at(-1)
    if (!last || rows.length < batchSize) break
    after = last.person_id
    // Whoever else waits has their turn between the batches of a large organization.
    await nextTurn()
  }
  return found.sort(byLikeness(order)).map(({ personId }) => personId)
}

const places: Readonly<Record<MemberOrder['by'], (row: Searched) => string | null>> = {
  joined: row => `${row.joined_at} ${row.id}`,
  signed_in: row => row.last_login_at && `${row.last_login_at} ${row.id}`,
  name: ({ first_name, last_name, email }) => (`${first_name} ${last_name}`.trim() || email).toLowerCase(),
}

const byLikeness = (order: 'asc' | 'desc') => (a: Found, b: Found) => {
  if (a.likeness !== b.likeness) return b.likeness - a.likeness
  if (a.place === null || b.place === null) return Number(a.place === null) - Number(b.place === null)
  const before = order === 'asc' ? -1 : 1
  return a.place < b.place ? before : -before
}
