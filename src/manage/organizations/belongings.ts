// What goes with an organization, told before it is deleted.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { listDomains } from '../../store/domain/domains.ts'
import { countBelongings } from '../../store/organization/belongings.ts'
import { findOrganization } from '../../store/organization/organizations.ts'
import type { Caller } from '../caller.ts'

const mostNames = 50

export type Belongings = Awaited<ReturnType<typeof readBelongings>>

export async function readBelongings(ctx: Context, { organizationId }: Caller) {
  const organization = await findOrganization(ctx.db, organizationId)
  if (!organization) throw missing()
  const domains = await listDomains(ctx.db, organizationId, { limit: mostNames, offset: 0 })
  return {
    name: organization.name,
    slug: organization.slug,
    domain_names: domains.map(({ name }) => name),
    counts: await countBelongings(ctx.db, organizationId),
  }
}
