// A set-up link as whoever has it finds it: what it is for, who asks, until when, and as whom they then act.
import { digestOf } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { type Db, transact } from '../../store/db.ts'
import { findPerson } from '../../store/organization/people.ts'
import {
  findLiveSetUpLink,
  markSetUpLinkOpened,
  markSetUpLinkUsed,
  type NamedSetUpLink,
} from '../../store/organization/set-up-links.ts'
import { record } from '../audit.ts'
import type { Origin } from '../caller.ts'
import { nameOf } from '../user-basic.ts'
import type { SetUpCaller } from './caller.ts'
import { linkTarget } from './facts.ts'
import { linkOver } from './hold.ts'

export interface SetUp {
  readonly caller: SetUpCaller
  readonly organizationName: string
  /** null: still to be claimed. */
  readonly domainName: string | null
  /** A name or an address. */
  readonly askedBy: string
  readonly expiresAt: string
}

/** Looking at it begins nothing: programs look at the links of mails too. */
export async function readSetUp(ctx: Context, secret: string, origin: Origin): Promise<SetUp> {
  return describe(ctx.db, await findLive(ctx, secret), origin)
}

const lastUseResolutionMs = 60_000

/** The same, and it is noted as used; the first time in the audit log too. */
export async function openSetUp(ctx: Context, secret: string, origin: Origin): Promise<SetUp> {
  const link = await findLive(ctx, secret)
  const setUp = await describe(ctx.db, link, origin)
  const now = ctx.now()
  if (link.opened_at === null) await noteOpening(ctx, link, setUp.caller)
  const isNoted =
    link.last_used_at !== null &&
    link.last_used_ip === origin.ip &&
    now.getTime() - Date.parse(link.last_used_at) < lastUseResolutionMs
  if (!isNoted) await markSetUpLinkUsed(ctx.db, link, { now: now.toISOString(), ip: origin.ip })
  return setUp
}

/** The same whether there never was such a link, or it is over. */
async function findLive(ctx: Context, secret: string): Promise<NamedSetUpLink> {
  const link = await findLiveSetUpLink(ctx.db, digestOf(secret), ctx.now().toISOString())
  if (!link) throw linkOver()
  return link
}

async function describe(db: Db, link: NamedSetUpLink, origin: Origin): Promise<SetUp> {
  const maker = link.created_by === null ? undefined : await findPerson(db, link.created_by)
  return {
    caller: {
      actor: { type: 'set_up_link', id: link.id, label: link.label, ...origin },
      personId: null,
      organizationId: link.organization_id,
      linkId: link.id,
      domainId: link.domain_id,
      parts: link.parts,
    },
    organizationName: link.organization_name,
    domainName: link.domain_name,
    askedBy: maker ? nameOf(maker) : link.organization_name,
    expiresAt: link.expires_at,
  }
}

const noteOpening = (ctx: Context, link: NamedSetUpLink, caller: SetUpCaller): Promise<void> =>
  transact(ctx.db, async tx => {
    const now = ctx.now().toISOString()
    if (!(await markSetUpLinkOpened(tx, link, now))) return
    const changes = { opened_at: { before: null, after: now } }
    await record(tx, caller, { action: 'set_up_link.opened', target: linkTarget(link), changes, now })
  })
