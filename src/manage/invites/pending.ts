// The invites as people look at them: with their end, and what became of the mail of each.
import type { Context } from '../../context.ts'
import type { Db } from '../../store/db.ts'
import {
  countInvites,
  type Invite,
  type InviteFilter,
  listInvites,
} from '../../store/organization/invites.ts'
import { listMembersAmong } from '../../store/organization/members/list.ts'
import { listItemsAbout } from '../../store/records/outbox.ts'
import type { Caller } from '../caller.ts'
import { progressOf } from '../delivery/progress.ts'
import { viewInvites } from '../invites.ts'

export type PendingInvite = Awaited<ReturnType<typeof readPendingInvites>>['results'][number]

/** What became of a mail; `file`: there is no mail server, and it lies in the folder of the server. */
export type MailState = 'sent' | 'file' | 'waiting' | 'failing' | 'given_up' | 'none'

export async function readPendingInvites(
  ctx: Context,
  { organizationId }: Caller,
  { limit, offset, ...filter }: InviteFilter & { limit: number; offset: number },
) {
  const count = await countInvites(ctx.db, organizationId, filter)
  const invites = await listInvites(ctx.db, organizationId, { ...filter, limit, offset })
  const views = await viewInvites(ctx.db, ctx.now(), invites)
  const mails = await readMails(ctx.db, invites)
  const results = views.flatMap((view, at) => {
    const invite = invites[at]
    return invite
      ? [{ ...view, expires_at: invite.expires_at, mail: mailOf(invite, mails.get(invite.id)) }]
      : []
  })
  return { count, results }
}

type Item = Awaited<ReturnType<typeof listItemsAbout>>[number]

async function readMails(db: Db, invites: readonly Invite[]): Promise<ReadonlyMap<string, Item>> {
  if (invites.length === 0) return new Map()
  const items = await listItemsAbout(
    db,
    invites.map(({ id }) => id),
  )
  return new Map(items.map(item => [item.about ?? '', item]))
}

function mailOf(invite: Invite, item: Item | undefined): { state: MailState; error: string | null } {
  if (invite.emailing_attempt_made === 1) return { state: 'sent', error: null }
  if (invite.mailed_at !== null) return { state: 'file', error: null }
  if (!item) return { state: 'none', error: null }
  const { state, error } = progressOf(item)
  return { state, error }
}

/** For each of these addresses that belongs to a member, what the member is. */
export async function findMembersAmong(
  { db }: Context,
  { organizationId }: Caller,
  emails: readonly string[],
): Promise<ReadonlyMap<string, 'active' | 'suspended'>> {
  const members = await listMembersAmong(db, organizationId, emails)
  return new Map(members.map(({ email, status }) => [email, status]))
}
