// The operator's way into an organization: the command line needs no membership, but the organization must be there.

import { readId } from '../../base/id.ts'
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { findOrganization } from '../../store/organization/organizations.ts'
import { type Caller, operatorCaller } from '../caller.ts'

export async function enterAsOperator(ctx: Context, organizationId: string): Promise<Caller> {
  const id = readId(organizationId)
  const organization = id && (await findOrganization(ctx.db, id))
  if (!organization) throw missing(`There is no organization with the id ${organizationId}.`)
  return operatorCaller(organization.id)
}
