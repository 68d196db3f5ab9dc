// The invites of an organization: listed, made one by one or many at once, withdrawn.
import { invalid, missing, Refusal, within } from '../base/refusal.ts'
import type { Context } from '../context.ts'
import { type Db, transact } from '../store/db.ts'
import {
  countInvites,
  deleteInvite,
  findInvite,
  type Invite,
  listInvites,
} from '../store/organization/invites.ts'
import { findOrganization } from '../store/organization/organizations.ts'
import { findPeople } from '../store/organization/people.ts'
import { record } from './audit.ts'
import { type Caller, holdLevel, requireLevel } from './caller.ts'
import {
  accessOf,
  beginInviting,
  type InviteWish,
  type Inviting,
  type IssuedInvite,
  invite,
  isInviter,
  refuseOthersThanInviters,
} from './invites/invite.ts'
import { type InviteLink, linkOf } from './invites/link.ts'
import { userBasic } from './user-basic.ts'

/** Looked at before what is to be done is. */
export async function requireInviter(ctx: Context, caller: Caller): Promise<void> {
  refuseOthersThanInviters(await findOrganization(ctx.db, caller.organizationId), caller)
}

/** For a page that offers it or does not. */
export async function mayInvite(ctx: Context, caller: Caller): Promise<boolean> {
  const organization = await findOrganization(ctx.db, caller.organizationId)
  return isInviter(organization, caller)
}

export async function readInvites(
  ctx: Context,
  { organizationId }: Caller,
  page: { limit: number; offset: number },
) {
  const count = await countInvites(ctx.db, organizationId, {})
  const invites = await listInvites(ctx.db, organizationId, page)
  return { count, results: await viewInvites(ctx.db, ctx.now(), invites) }
}

export async function createInvite(ctx: Context, caller: Caller, wish: InviteWish) {
  return transact(ctx.db, async tx => {
    const inviting = await beginInviting(tx, ctx, caller)
    const { made } = await invite(tx, inviting, wish)
    return viewInvite(tx, inviting.now, made)
  })
}

/** All of them or none. */
export async function createInvites(ctx: Context, caller: Caller, wishes: readonly InviteWish[]) {
  return transact(ctx.db, async tx => {
    const inviting = await beginInviting(tx, ctx, caller)
    const issued = await inviteAll(tx, inviting, wishes)
    return viewInvites(
      tx,
      inviting.now,
      issued.map(({ made }) => made),
    )
  })
}

/** The same for whoever passes the links on by themselves, where no mail server does. */
export async function issueInvites(
  ctx: Context,
  caller: Caller,
  wishes: readonly InviteWish[],
): Promise<InviteLink[]> {
  return transact(ctx.db, async tx => {
    const issued = await inviteAll(tx, await beginInviting(tx, ctx, caller), wishes)
    return issued.map(each => linkOf(ctx, each))
  })
}

async function inviteAll(tx: Db, inviting: Inviting, wishes: readonly InviteWish[]): Promise<IssuedInvite[]> {
  refuseDoubles(wishes)
  const issued: IssuedInvite[] = []
  for (const [place, wish] of wishes.entries())
    issued.push(await invite(tx, inviting, wish).catch(error => rethrowWithin(place, error)))
  return issued
}

function refuseDoubles(wishes: readonly InviteWish[]): void {
  const addresses = wishes.map(wish => wish.target_email)
  const place = addresses.findIndex((address, at) => addresses.indexOf(address) < at)
  if (place < 0) return
  throw invalid('unique', `${addresses[place]} stands in the list twice.`, `${place}.target_email`)
}

function rethrowWithin(place: number, error: unknown): never {
  const isOfItem = error instanceof Refusal && error.kind === 'invalid'
  throw isOfItem ? within(String(place), error) : error
}

/** Its link opens nothing any more. */
export async function removeInvite(ctx: Context, caller: Caller, id: string): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    requireLevel(await holdLevel(tx, caller), 'admin')
    const found = await findInvite(tx, caller.organizationId, id)
    if (!found || !(await deleteInvite(tx, caller.organizationId, id))) throw missing()
    const target = { type: 'invite', id, label: found.target_email }
    const changes = { level: { before: found.level, after: null } }
    const about = [found.target_email]
    await record(tx, caller, { action: 'invite.deleted', target, about, changes, now })
  })
}

export async function viewInvite(db: Db, now: Date, one: Invite) {
  const creator =
    one.created_by === null ? undefined : (await findPeople(db, [one.created_by])).get(one.created_by)
  return view(one, now, creator ? userBasic(creator) : null)
}

export async function viewInvites(db: Db, now: Date, invites: readonly Invite[]) {
  const ids = invites.flatMap(({ created_by }) => created_by ?? [])
  const people = await findPeople(db, [...new Set(ids)])
  return invites.map(one => {
    const creator = people.get(one.created_by ?? '')
    return view(one, now, creator ? userBasic(creator) : null)
  })
}

const view = (one: Invite, now: Date, createdBy: ReturnType<typeof userBasic> | null) => ({
  id: one.id,
  target_email: one.target_email,
  first_name: one.first_name,
  emailing_attempt_made: one.emailing_attempt_made === 1,
  level: one.level,
  is_expired: one.expires_at <= now.toISOString(),
  created_by: createdBy,
  created_at: one.created_at,
  updated_at: one.updated_at,
  message: one.message || null,
  private_project_access: accessOf(one),
  is_setup_delegation: one.is_setup_delegation === 1,
})
