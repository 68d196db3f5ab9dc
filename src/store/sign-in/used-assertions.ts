// The assertions that have signed somebody in: each counts once, for as long as it could be sent again.
import { digestOf } from '../../base/secret.ts'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'

interface Key {
  domainId: string
  digest: string
}

const insert = prepare((db, { domainId, digest, until }: Places<Key & { until: string }>) =>
  db
    .insertInto('used_assertions')
    .values({ domain_id: domainId, digest, expires_at: until })
    .onConflict(conflict => conflict.columns(['domain_id', 'digest']).doNothing()),
)
const find = prepare((db, { domainId, digest }: Places<Key>) =>
  db
    .selectFrom('used_assertions')
    .select('digest')
    .where('domain_id', '=', domainId)
    .where('digest', '=', digest),
)

/** Whether this is its first use: of two callers at once, one hears so. An id may be of any length. */
export const useAssertion = async (
  tx: Db,
  domainId: string,
  { id, until }: { id: string; until: string },
): Promise<boolean> => (await insert.run(tx, { domainId, digest: digestOf(id), until })) > 0

export const isAssertionUsed = async (db: Db, domainId: string, id: string): Promise<boolean> =>
  (await find.first(db, { domainId, digest: digestOf(id) })) !== undefined

export const deleteExpiredAssertions = (db: Db, now: string) =>
  db.deleteFrom('used_assertions').where('expires_at', '<', now).execute()
