// How often each quirk of its identity provider was accommodated in a domain.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'

export interface QuirkCount {
  domainId: string
  name: string
  times: number
  now: string
}

const add = prepare((db, { domainId, name, times, now }: Places<QuirkCount>) =>
  db
    .insertInto('scim_quirks')
    .values({ domain_id: domainId, name, total: times, last_seen_at: now })
    .onConflict(conflict =>
      conflict.columns(['domain_id', 'name']).doUpdateSet({
        total: ({ eb, ref }) => eb('scim_quirks.total', '+', ref('excluded.total')),
        last_seen_at: ({ ref }) => ref('excluded.last_seen_at'),
      }),
    ),
)

export const countQuirk = (tx: Db, count: QuirkCount) => add.run(tx, count)

/** By name. */
export const listQuirks = (db: Db, domainId: string) =>
  db
    .selectFrom('scim_quirks')
    .select(['name', 'total', 'last_seen_at'])
    .where('domain_id', '=', domainId)
    .orderBy('name')
    .execute()
