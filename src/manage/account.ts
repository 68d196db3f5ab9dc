// Who the caller is: the person behind the credentials, and where that person belongs.
import type { Context } from '../context.ts'
import { levels } from '../domain/level.ts'
import { findOrganization, listOrganizationsOf } from '../store/organization/organizations.ts'
import { currentOrganization, type Principal } from './caller.ts'
import { userBasic } from './user-basic.ts'

export async function readAccount(ctx: Context, principal: Principal) {
  const { person, organizations } = principal
  const all = await listOrganizationsOf(ctx.db, person.id, organizations ?? undefined)
  const current = await currentOrganization(ctx, principal)
  const entered =
    principal.operator?.organizationId && (await findOrganization(ctx.db, principal.operator.organizationId))
  return {
    ...userBasic(person),
    organization: entered
      ? brief({ ...entered, level: levels.owner })
      : (all.map(brief).find(({ id }) => id === current) ?? null),
    organizations: all.map(brief),
  }
}

const brief = ({ id, name, slug, level }: { id: string; name: string; slug: string; level: number }) => ({
  id,
  name,
  slug,
  membership_level: level,
})
