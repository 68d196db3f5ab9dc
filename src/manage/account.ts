// Who the caller is: the person behind the credentials, and where that person belongs.
import type { Context } from '../context.ts'
import { levels } from '../domain/level.ts'
import { findOrganization, listOrganizationsOf } from '../store/organization/organizations.ts'
import { countOrganizationsOf, searchOrganizationsOf } from '../store/organization/own.ts'
import { currentOrganization, type Principal } from './caller.ts'
import { userBasic } from './user-basic.ts'

export async function readAccount(ctx: Context, principal: Principal) {
  const { person, organizations } = principal
  const all = await listOrganizationsOf(ctx.db, person.id, { only: organizations ?? undefined })
  return {
    ...userBasic(person),
    organization: await findCurrent(ctx, principal),
    organizations: all.map(brief),
  }
}

/** So many organizations are told at once; whoever is in more looks them up. */
const mostTold = 12

/** The account of a session; `organizations` has the first few, and `hasMore` says whether there are others. */
export async function readSessionAccount(ctx: Context, principal: Principal) {
  const { person } = principal
  const first = await listOrganizationsOf(ctx.db, person.id, { limit: mostTold + 1 })
  return {
    ...userBasic(person),
    organization: await findCurrent(ctx, principal),
    organizations: first.slice(0, mostTold).map(brief),
    hasMore: first.length > mostTold,
  }
}

async function findCurrent(ctx: Context, principal: Principal): Promise<Brief | null> {
  const id = await currentOrganization(ctx, principal)
  if (id === undefined) return null
  if (id === principal.operator?.organizationId) {
    const entered = await findOrganization(ctx.db, id)
    return entered ? brief({ ...entered, level: levels.owner }) : null
  }
  const [own] = await listOrganizationsOf(ctx.db, principal.person.id, { only: [id] })
  return own ? brief(own) : null
}

/** By their names, those of a session. */
export async function readOwnOrganizations(
  { db }: Context,
  { person }: Principal,
  query: { search: string | undefined; limit: number; offset: number },
) {
  const count = await countOrganizationsOf(db, person.id, query)
  return { count, results: (await searchOrganizationsOf(db, person.id, query)).map(brief) }
}

/** By their ids, those that the person belongs to. */
export async function nameOwnOrganizations(
  { db }: Context,
  { person }: Principal,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await listOrganizationsOf(db, person.id, { only: [...new Set(ids)] })
  return new Map(found.map(({ id, name }) => [id, name]))
}

type Brief = ReturnType<typeof brief>

const brief = ({ id, name, slug, level }: { id: string; name: string; slug: string; level: number }) => ({
  id,
  name,
  slug,
  membership_level: level,
})
