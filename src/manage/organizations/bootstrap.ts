// The first steps of an installation, safe to repeat: an organization, its owner, and a key that opens everything.
import type { Context } from '../../context.ts'
import { operatorActor } from '../../domain/actor.ts'
import { readAddress } from '../../domain/address.ts'
import { levels } from '../../domain/level.ts'
import { readOrganizationName } from '../../domain/names.ts'
import { everything } from '../../domain/scope.ts'
import { type Db, transact } from '../../store/db.ts'
import { ensureMember, findMember, updateMember } from '../../store/organization/members.ts'
import { deleteOrganization, findOrganizationByName } from '../../store/organization/organizations.ts'
import { ensurePerson } from '../../store/organization/people.ts'
import { makeKey } from '../api-keys.ts'
import { record } from '../audit.ts'
import { addOwner, foundOrganization, retryingSlug } from './organizations.ts'

export interface Bootstrapped {
  readonly organization_id: string
  readonly owner_id: string
  readonly api_key: string
}

/** Makes what is missing, and a fresh key each time. `owner` is an e-mail address. */
export async function bootstrap(
  ctx: Context,
  { organization, owner }: { organization: string; owner: string },
): Promise<Bootstrapped> {
  const name = readOrganizationName(organization, 'organization')
  const email = readAddress(owner, 'owner')
  const now = ctx.now().toISOString()
  return retryingSlug(undefined, () =>
    transact(ctx.db, async tx => {
      const person = await ensurePerson(tx, {
        email,
        firstName: '',
        lastName: '',
        isEmailVerified: true,
        now,
      })
      const id = await ensureOwned(tx, { name, personId: person.id, now })
      const key = { label: 'bootstrap', scopes: [everything], organizations: null, personId: person.id, now }
      const { value } = await makeKey(tx, operatorActor, key)
      return { organization_id: id, owner_id: person.id, api_key: value }
    }),
  )
}

/** The oldest organization of this name, with the person as an owner. */
async function ensureOwned(
  tx: Db,
  { name, personId, now }: { name: string; personId: string; now: string },
): Promise<string> {
  const known = await findOrganizationByName(tx, name)
  if (known) {
    await raiseToOwner(tx, { organizationId: known.id, personId, now })
    return known.id
  }
  const organization = await foundOrganization(tx, { name }, now)
  // Between the look and the insert another bootstrap may have been done: then its organization is the one.
  const faster = await findOrganizationByName(tx, name, organization.id)
  if (faster) {
    await deleteOrganization(tx, organization.id)
    await raiseToOwner(tx, { organizationId: faster.id, personId, now })
    return faster.id
  }
  await addOwner(tx, { organization, personId, actor: operatorActor })
  return organization.id
}

async function raiseToOwner(
  tx: Db,
  { organizationId, personId, now }: { organizationId: string; personId: string; now: string },
): Promise<void> {
  const before = await findMember(tx, organizationId, personId)
  if (before?.status === 'active' && before.level === levels.owner) return
  const level = levels.owner
  const member = await ensureMember(tx, { organizationId, personId, level, origin: 'founder', now })
  await updateMember(tx, organizationId, { personId, level, status: 'active', updated_at: now })
  const changes = {
    level: { before: before?.level ?? null, after: level },
    status: { before: before?.status ?? null, after: 'active' },
  }
  const target = { type: 'member', id: member.id, label: personId }
  const caller = { organizationId, actor: operatorActor }
  await record(tx, caller, { action: 'member.level_changed', target, about: [personId], changes, now })
}
