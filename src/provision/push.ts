// One request of an identity provider as the deeds see it: whose domain, by which token, read how leniently.
import type { Context } from '../context.ts'
import type { Actor } from '../domain/actor.ts'
import type { Leniency } from '../scim/quirks.ts'
import type { AdmittedToken } from '../store/domain/scim-tokens.ts'
import type { Story } from './log/outcome.ts'

export interface Push {
  readonly token: AdmittedToken
  readonly actor: Actor
  readonly leniency: Leniency
  /** By which its events know it (RFC 9967 §2.2): the request's id, and within a bulk the operation's position after it. */
  readonly txn: string
  /** What the log will say; the deeds write down what they meet and do. */
  readonly story: Story
  /** Whether it only tries what would happen: nothing of it may remain, not even in memory. */
  readonly isRehearsal?: true | undefined
}

type Circumstances = Pick<Push, 'leniency' | 'txn' | 'story'> & { ip: string | null; requestId: string }

export function pushBy(token: AdmittedToken, { leniency, txn, story, ip, requestId }: Circumstances): Push {
  const label = `${token.domain.name} …${token.hint}`
  return { token, actor: { type: 'scim', id: token.id, label, ip, requestId }, leniency, txn, story }
}

/** Where a domain's SCIM endpoints are; without a slash at its end. */
export const baseUrlOf = ({ config }: Context, domainId: string): string =>
  `${config.baseUrl}/scim/v2/${domainId}`
