// Following a link that signs its person in: it is shown first, and taken only when the person says so.
import { missing } from '../base/refusal.ts'
import { digestOf } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { type Db, transact } from '../store/db.ts'
import { listMembershipsOf, lockMember, markSignedIn } from '../store/organization/members.ts'
import { findPerson, type Person, updatePerson } from '../store/organization/people.ts'
import {
  consumeSignInLink,
  deleteSignInLinks,
  findSignInLink,
  type SignInLink,
} from '../store/sign-in/links.ts'
import { type OpenedSession, openSession } from '../store/sign-in/opening.ts'
import { withCode } from './application-code.ts'
import { listOwned } from './link.ts'
import { requireEmailLink } from './ways.ts'

interface Shown {
  readonly link: SignInLink
  readonly person: Person
}

/** Looks without taking: programs that scan mail for their readers follow every link. Refuses a dead one. */
export async function readLink(ctx: Context, token: string): Promise<Shown> {
  const link = await findSignInLink(ctx.db, digestOf(token))
  const isLive = link !== undefined && link.expires_at > ctx.now().toISOString()
  const person = isLive ? await findPerson(ctx.db, link.person_id) : undefined
  if (!link || !person) throw deadLink()
  // Enforced since the mail was sent; the operator's link is there for just that.
  if (link.kind === 'email') await requireEmailLink(ctx, person.email)
  return { link, person }
}

const deadLink = () => missing('This link has expired or was used before. Please ask for another one.')

interface Origin {
  readonly ip: string | null
  readonly requestId: string
}

export async function followLink(
  ctx: Context,
  token: string,
  origin: Origin,
): Promise<{ session: OpenedSession; next: string }> {
  const { link, person } = await readLink(ctx, token)
  const now = ctx.now()
  return transact(ctx.db, async tx => {
    const isFirst = await consumeSignInLink(tx, link)
    const organizationId = isFirst ? await chooseOrganization(tx, link, person) : undefined
    if (organizationId === undefined) throw deadLink()
    await deleteSignInLinks(tx, person.id)
    await markSignedIn(tx, { organizationId, personId: person.id, now: now.toISOString() })
    if (link.kind === 'email' && person.is_email_verified === 0) {
      await updatePerson(tx, person.id, { is_email_verified: 1 })
    }
    const session = await openSession(tx, ctx.config, {
      person,
      organizationId,
      method: link.kind,
      domainId: null,
      endsAt: null,
      actor: { type: 'user', id: person.id, label: person.email, ...origin },
      now,
    })
    return { session, next: await withCode(tx, ctx, { next: link.next, sessionId: session.id }) }
  })
}

/** The one they used last, where they are still active, else the oldest; for the operator's link, one they own. */
async function chooseOrganization(tx: Db, link: SignInLink, person: Person): Promise<string | undefined> {
  const all = (await listMembershipsOf(tx, person.id)).map(each => each.organization_id)
  const open = link.kind === 'owner' ? await listOwned(tx, person) : all
  const chosen = open.find(id => id === person.current_organization_id) ?? open[0]
  // Whoever is being deactivated at this moment is waited for.
  const member = chosen === undefined ? undefined : await lockMember(tx, chosen, person.id)
  return member?.status === 'active' ? chosen : undefined
}
