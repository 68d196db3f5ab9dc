// The organizations of the installation as its operators see them: what becomes of each, and a new one for somebody.
import type { Context } from '../../context.ts'
import { readAddress } from '../../domain/address.ts'
import { readOrganizationName } from '../../domain/names.ts'
import { transact } from '../../store/db.ts'
import { countMembersOf } from '../../store/organization/members.ts'
import {
  countAllOrganizations,
  listAllOrganizations,
  readDirectoryFacts,
} from '../../store/organization/overview.ts'
import { ensurePerson } from '../../store/organization/people.ts'
import { appendOperatorLog } from '../../store/records/operator-log.ts'
import { holdOperator, type Principal } from '../caller.ts'
import { addOwner, foundOrganization, retryingSlug } from '../organizations/organizations.ts'
import { requireOperator } from './rights.ts'

export async function readOverview(
  ctx: Context,
  principal: Principal,
  { search, limit, offset }: { search?: string | undefined; limit: number; offset: number },
) {
  requireOperator(principal)
  const count = await countAllOrganizations(ctx.db, { search })
  const organizations = await listAllOrganizations(ctx.db, { search, limit, offset })
  const ids = organizations.map(({ id }) => id)
  const [members, facts] = [await countMembersOf(ctx.db, ids), await readDirectoryFacts(ctx.db, ids)]
  const results = organizations.map(({ id, name, slug, created_at }) => ({
    id,
    name,
    slug,
    created_at,
    members: members.get(id) ?? 0,
    ...(facts.get(id) ?? none),
  }))
  return { count, results }
}

const none = { domains: 0, verified: 0, users: 0, last_push_at: null, last_refused_at: null }

/** The address is the operator's word, as it is with `bootstrap`. */
export async function createOrganizationFor(
  ctx: Context,
  principal: Principal,
  form: { name: string; owner: string },
): Promise<{ id: string; name: string; owner: string }> {
  requireOperator(principal)
  const name = readOrganizationName(form.name, 'name')
  const email = readAddress(form.owner, 'owner')
  const now = ctx.now().toISOString()
  return retryingSlug(undefined, () =>
    transact(ctx.db, async tx => {
      await holdOperator(tx, principal.person.id)
      const person = await ensurePerson(tx, {
        email,
        firstName: '',
        lastName: '',
        isEmailVerified: true,
        now,
      })
      const organization = await foundOrganization(tx, { name }, now)
      const actor = { ...principal.actor, type: 'operator' } as const
      await addOwner(tx, { organization, personId: person.id, actor })
      await appendOperatorLog(tx, {
        actor,
        action: 'organization.created',
        target: name,
        outcome: `owned by ${email}`,
        now,
      })
      return { id: organization.id, name, owner: email }
    }),
  )
}
