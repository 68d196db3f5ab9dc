// The organizations: those of a person, a new one with its owner, and what its administrators change.
import { newId } from '../../base/id.ts'
import { denied, invalid, missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { levels } from '../../domain/level.ts'
import { type Db, transact } from '../../store/db.ts'
import { isUniqueViolation } from '../../store/dialect.ts'
import { endApiKeysLimitedTo } from '../../store/organization/api-keys.ts'
import { lockInstallationsOf } from '../../store/organization/integrations.ts'
import { countMembersFrom, countMembersOf, ensureMember } from '../../store/organization/members.ts'
import {
  deleteOrganization,
  findOrganization,
  insertOrganization,
  isSlugTaken,
  listOrganizationsOf,
  lockOrganization,
  type Organization,
  updateOrganization,
} from '../../store/organization/organizations.ts'
import { updatePerson } from '../../store/organization/people.ts'
import { appendOperatorLog } from '../../store/records/operator-log.ts'
import { endFirstRun } from '../../store/sign-in/first-run.ts'
import { changesBetween, record } from '../audit.ts'
import { type Caller, holdLevel, type Principal, requireLevel } from '../caller.ts'
import { type MadeFrom, refuseOverwriting } from '../meanwhile.ts'
import { enqueueUninstall } from '../vercel/pushes.ts'

export async function readOrganizations(
  ctx: Context,
  { person, organizations }: Principal,
  { limit, offset }: { limit: number; offset: number },
) {
  const all = await listOrganizationsOf(ctx.db, person.id, { only: organizations ?? undefined })
  const page = all.slice(offset, offset + limit)
  const ids = page.map(({ id }) => id)
  const members = await countMembersOf(ctx.db, ids)
  return { count: all.length, results: page.map(row => view(row, row.level, members.get(row.id) ?? 0)) }
}

export async function readOrganization(ctx: Context, { organizationId, level }: Caller) {
  const organization = await findOrganization(ctx.db, organizationId)
  if (!organization) throw missing()
  return view(organization, level, await countMembersFrom(ctx.db, organizationId, levels.member))
}

const view = (organization: Organization, level: number, memberCount: number) => ({
  id: organization.id,
  name: organization.name,
  slug: organization.slug,
  created_at: organization.created_at,
  updated_at: organization.updated_at,
  membership_level: level,
  member_count: memberCount,
  ...settingsOf(organization),
})

const settingsOf = ({ members_can_invite, default_membership_level }: Organization) => ({
  members_can_invite: members_can_invite === 1,
  default_membership_level,
})

const fieldsOf = (organization: Organization) => ({
  name: organization.name,
  ...settingsOf(organization),
})

export interface OrganizationFields {
  readonly name: string
  readonly slug?: string | undefined
  readonly members_can_invite?: boolean | undefined
  readonly default_membership_level?: number | undefined
}

type OrganizationPatch = { readonly [K in keyof OrganizationFields]?: OrganizationFields[K] | undefined }

/** Whoever may make an organization; asked before what it is to be like is read. */
export function requireUnlimited({ organizations }: Principal): void {
  if (organizations !== null)
    throw denied('A key that is limited to organizations cannot make another organization.')
}

/** The caller becomes its owner, and it becomes the caller's current one. */
export async function createOrganization(ctx: Context, principal: Principal, fields: OrganizationFields) {
  requireUnlimited(principal)
  const { person, actor, scopes } = principal
  const organizationId = await retryingSlug(fields.slug, () =>
    transact(ctx.db, async tx => {
      const organization = await foundOrganization(tx, fields, ctx.now().toISOString())
      await addOwner(tx, { organization, personId: person.id, actor })
      await updatePerson(tx, person.id, { current_organization_id: organization.id })
      return organization.id
    }),
  )
  return readOrganization(ctx, { actor, personId: person.id, organizationId, level: levels.owner, scopes })
}

/**
 * The slug is the asked one, or made from the name and then, if needed, from a number. A server that has an organization
 * is no empty one: the link of its first run ends, also for somebody who follows it at this moment.
 */
export async function foundOrganization(
  tx: Db,
  fields: OrganizationFields,
  now: string,
): Promise<Organization> {
  const { name, slug, members_can_invite, default_membership_level } = fields
  if (slug !== undefined && (await isSlugTaken(tx, slug))) throw takenSlug(slug)
  const organization: Organization = {
    id: newId(),
    name,
    slug: slug ?? (await freeSlug(tx, name)),
    members_can_invite: members_can_invite ? 1 : 0,
    default_membership_level: default_membership_level ?? levels.member,
    created_at: now,
    updated_at: now,
  }
  await insertOrganization(tx, organization)
  await endFirstRun(tx)
  return organization
}

export async function addOwner(
  tx: Db,
  { organization, personId, actor }: { organization: Organization; personId: string; actor: Caller['actor'] },
): Promise<void> {
  const { id: organizationId, created_at: now } = organization
  await ensureMember(tx, { organizationId, personId, level: levels.owner, origin: 'founder', now })
  const target = { type: 'organization', id: organizationId, label: organization.name }
  const changes = changesBetween({}, { name: organization.name, slug: organization.slug })
  const founding = { action: 'organization.created', target, about: [personId], changes, now }
  await record(tx, { organizationId, actor }, founding)
}

/** Of as many as look for a free slug at once, each round of looking gives one to at least one of them. */
const slugRounds = 100

/** Another process may take a free slug between our look and our insert; then we look again. */
export async function retryingSlug<T>(asked: string | undefined, attempt: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isUniqueViolation(error, 'organizations_slug_key') || round === slugRounds) throw error
      if (asked !== undefined) throw takenSlug(asked)
    }
  }
}

const takenSlug = (slug: string) => invalid('unique', `The slug "${slug}" is taken.`, 'slug')

async function freeSlug(db: Db, name: string): Promise<string> {
  const base = slugOf(name)
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`
    if (!(await isSlugTaken(db, slug))) return slug
  }
}

/** Letters and digits of the name with single hyphens between them, at most 48. */
function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const slug = plain.replaceAll(/[^a-z0-9]+/g, '-').slice(0, 48)
  return slug.replaceAll(/^-|-$/g, '') || 'organization'
}

export async function changeOrganization(
  ctx: Context,
  caller: Caller,
  { madeFrom, ...patch }: OrganizationPatch & { readonly madeFrom?: MadeFrom | undefined },
) {
  const { organizationId } = caller
  await retryingSlug(patch.slug, () =>
    transact(ctx.db, async tx => {
      const before = await lockOrganization(tx, organizationId)
      if (!before) throw missing()
      requireLevel(await holdLevel(tx, caller), 'admin')
      const after = withFields(before, patch)
      if (madeFrom) refuseOverwriting(madeFrom, { before: fieldsOf(before), after: fieldsOf(after) })
      const changes = changesBetween(before, after)
      if (Object.keys(changes).length === 0) return
      if (await isSlugTaken(tx, after.slug, organizationId)) throw takenSlug(after.slug)
      const now = ctx.now().toISOString()
      await updateOrganization(tx, organizationId, { ...after, updated_at: now })
      const target = { type: 'organization', id: organizationId, label: after.name }
      await record(tx, caller, { action: 'organization.updated', target, changes, now })
    }),
  )
  return readOrganization(ctx, caller)
}

function withFields(before: Organization, patch: OrganizationPatch): Organization {
  const { name, slug, members_can_invite: invites, default_membership_level: level } = patch
  return {
    ...before,
    name: name ?? before.name,
    slug: slug ?? before.slug,
    members_can_invite: invites === undefined ? before.members_can_invite : invites ? 1 : 0,
    default_membership_level: level ?? before.default_membership_level,
  }
}

/**
 * Everything of it goes, its audit log and the keys for it alone too; people stay. Vendors hear of it through the outbox,
 * and who it was stays in the log of the installation.
 */
export async function removeOrganization(ctx: Context, caller: Caller): Promise<void> {
  const { organizationId, actor } = caller
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const organization = await lockOrganization(tx, organizationId)
    if (!organization) throw missing()
    requireLevel(await holdLevel(tx, caller), 'owner')
    await endApiKeysLimitedTo(tx, organizationId)
    for (const installation of await lockInstallationsOf(tx, organizationId))
      await enqueueUninstall(ctx, tx, installation)
    await deleteOrganization(tx, organizationId)
    // A link that was printed while the first one was made would come to life with the last one's end.
    await endFirstRun(tx)
    const target = `${organization.name} (${organization.slug})`
    await appendOperatorLog(tx, { actor, action: 'organization.deleted', target, now })
  })
  const { type, id } = actor
  ctx.log.warn({ organizationId, by: { type, id } }, 'organization deleted')
}
