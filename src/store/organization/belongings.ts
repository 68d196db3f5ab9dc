// What an organization has, by numbers: all of it goes when the organization does.
import type { Db } from '../db.ts'

const own = ['members', 'domains', 'projects', 'invites', 'integrations', 'legal_documents'] as const
const ofDomains = ['users', 'groups'] as const

type Belonging = (typeof own)[number] | (typeof ofDomains)[number]

export async function countBelongings(
  db: Db,
  organizationId: string,
): Promise<Readonly<Record<Belonging, number>>> {
  const ownCounts = own.map(async table => {
    const { total } = await db
      .selectFrom(table)
      .where('organization_id', '=', organizationId)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return [table, Number(total)] as const
  })
  const domainCounts = ofDomains.map(async table => {
    const { total } = await db
      .selectFrom(table)
      .innerJoin('domains', 'domains.id', `${table}.domain_id`)
      .where('domains.organization_id', '=', organizationId)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return [table, Number(total)] as const
  })
  const counts = await Promise.all([...ownCounts, ...domainCounts])
  return Object.fromEntries(counts) as Record<Belonging, number>
}
