// How many resources of a kind a domain has, kept in the transaction of each change.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'

interface Count {
  domainId: string
  kind: string
}

const add = prepare((db, { domainId, kind, shard, by }: Places<Count & { shard: number; by: number }>) =>
  db
    .insertInto('resource_counts')
    .values({ domain_id: domainId, kind, shard, total: by })
    .onConflict(conflict =>
      conflict
        .columns(['domain_id', 'kind', 'shard'])
        .doUpdateSet({ total: ({ eb, ref }) => eb('resource_counts.total', '+', ref('excluded.total')) }),
    ),
)
const sum = prepare((db, { domainId, kind }: Places<Count>) =>
  db
    .selectFrom('resource_counts')
    .where('domain_id', '=', domainId)
    .where('kind', '=', kind)
    .select(({ fn }) => fn.sum<number>('total').as('total')),
)

/** `id` is the resource's; its last digit chooses one of 16 rows, so that writers seldom wait for each other. */
export const changeCount = (tx: Db, { id, ...count }: Count & { id: string; by: 1 | -1 }) =>
  add.run(tx, { ...count, shard: Number.parseInt(id.slice(-1), 16) })

export const countResources = async (db: Db, domainId: string, kind: string): Promise<number> =>
  Number((await sum.first(db, { domainId, kind }))?.total ?? 0)
