// The mail of a set-up link: put into the outbox with it, and not sent when the link is over by then.
import type { Context } from '../../context.ts'
import { setUpLetter } from '../../outside/mail/letters.ts'
import type { Mail } from '../../outside/mail/message.ts'
import type { Db } from '../../store/db.ts'
import { findSetUpLink, type SetUpLink } from '../../store/organization/set-up-links.ts'
import { enqueue } from '../../store/records/outbox.ts'
import type { Deliver } from '../delivery/delivery.ts'

export const setUpKind = 'set_up_mail'

interface Payload {
  readonly linkId: string
  readonly mail: Mail
}

interface Addressing {
  readonly link: SetUpLink
  readonly to: string
  readonly url: string
  readonly organizationName: string
  /** null: the recipient says which one. */
  readonly domainName: string | null
  readonly askedBy: string
}

export async function queueSetUpMail(tx: Db, { config }: Context, addressing: Addressing): Promise<void> {
  const { link, to, url, organizationName: organization, domainName: domain, askedBy } = addressing
  const { id: about, organization_id: organizationId, created_at: now, expires_at: expiresAt } = link
  const mail = setUpLetter({ to, organization, domain, askedBy, url, expiresAt })
  const payload: Payload = { linkId: about, mail }
  await enqueue(tx, config.secrets, { kind: setUpKind, payload, organizationId, about, now })
}

export const deliverSetUpLink: Deliver = async (ctx, { key, organizationId, payload }) => {
  const { linkId, mail } = payload as Payload
  const link = organizationId === null ? undefined : await findSetUpLink(ctx.db, organizationId, linkId)
  if (!link || link.revoked_at !== null || link.expires_at <= ctx.now().toISOString()) return
  await ctx.sendMail(mail, key)
}
