// The link of an invite, as far as whoever invites may see it.
import type { Context } from '../../context.ts'
import type { IssuedInvite } from './invite.ts'

export interface InviteLink {
  readonly id: string
  readonly target_email: string
  /** Null where a mail server takes it to the address: then whoever follows it has shown that the address is theirs. */
  readonly url: string | null
}

export const linkOf = ({ config }: Context, { made, token }: IssuedInvite): InviteLink => ({
  id: made.id,
  target_email: made.target_email,
  url: config.smtpUrl === '' ? `${config.baseUrl}/invites/${token}` : null,
})
