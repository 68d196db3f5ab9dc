// Links that sign their person in once, within fifteen minutes: mailed to members, or made for an owner by the operator.
import { invalid } from '../base/refusal.ts'
import { digestOf, newSecret } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { operatorActor } from '../domain/actor.ts'
import { addressIn, readAddress } from '../domain/address.ts'
import { levels } from '../domain/level.ts'
import { signInLetter } from '../outside/mail/letters.ts'
import { type Db, transact } from '../store/db.ts'
import { listMembershipsOf } from '../store/organization/members.ts'
import { findPersonByEmail, type Person } from '../store/organization/people.ts'
import { appendAudit } from '../store/records/audit.ts'
import { enqueue, mailKind } from '../store/records/outbox.ts'
import { countSignInLinks, insertSignInLink, type SignInLink } from '../store/sign-in/links.ts'
import { readNext } from './next.ts'
import { requireEmailLink } from './ways.ts'

const minutesToFollow = 15
/** A mailbox is not filled by whoever types its address. */
const mostLinksAtOnce = 5

export interface LinkWish {
  readonly email: string
  readonly next?: string | undefined
}

/**
 * Refuses by the address's domain alone. What is left to do for somebody who is known here, nobody waits for: how long
 * the answer takes would tell what the answer does not.
 */
export async function requestLink(ctx: Context, { email, next }: LinkWish): Promise<void> {
  const address = addressIn(email)
  await requireEmailLink(ctx, address ?? email)
  const place = readNext(next, ctx.config)
  if (address === undefined) return
  mailLink(ctx, address, place).catch(error =>
    ctx.log.error({ err: error }, 'a sign-in link could not be mailed'),
  )
}

async function mailLink(ctx: Context, email: string, next: string): Promise<void> {
  const now = ctx.now()
  const person = await findPersonByEmail(ctx.db, email)
  if (!person || (await listMembershipsOf(ctx.db, person.id)).length === 0) return
  if ((await countSignInLinks(ctx.db, person.id, now.toISOString())) >= mostLinksAtOnce) return
  const { row, url } = newLink(ctx, { person, kind: 'email', next, now })
  const mail = signInLetter({ to: email, url, minutes: minutesToFollow })
  await transact(ctx.db, async tx => {
    await insertSignInLink(tx, row)
    await enqueue(tx, ctx.config.secrets, { kind: mailKind, payload: mail, now: now.toISOString() })
  })
}

export interface OwnerLink {
  readonly url: string
  readonly expires_at: string
}

/** The way in for an owner when every other one is closed; on the word of whoever has the machine. */
export async function createOwnerLink(ctx: Context, email: string): Promise<OwnerLink> {
  const now = ctx.now()
  const person = await findPersonByEmail(ctx.db, readAddress(email, 'email'))
  const owned = person ? await listOwned(ctx.db, person) : []
  if (!person || owned.length === 0) {
    throw invalid('invalid_input', `${email} is the owner of no organization.`, 'email')
  }
  const { row, url } = newLink(ctx, { person, kind: 'owner', next: '/', now })
  await transact(ctx.db, async tx => {
    await insertSignInLink(tx, row)
    for (const organizationId of owned) {
      await appendAudit(tx, organizationId, {
        actor: operatorActor,
        action: 'owner_link.created',
        target: { type: 'person', id: person.id, label: person.email },
        about: [person.id],
        changes: { expires_at: { before: null, after: row.expires_at } },
        now: now.toISOString(),
      })
    }
  })
  return { url, expires_at: row.expires_at }
}

/** Where a link from the machine may take the person: what they own, and an operator anywhere; the oldest membership first. */
export async function listOwned(db: Db, { id, is_operator }: Person): Promise<string[]> {
  const memberships = await listMembershipsOf(db, id)
  return memberships
    .filter(({ level }) => level === levels.owner || is_operator === 1)
    .map(each => each.organization_id)
}

interface NewLink {
  readonly person: Person
  readonly kind: SignInLink['kind']
  readonly next: string
  readonly now: Date
}

function newLink(
  { config }: Context,
  { person, kind, next, now }: NewLink,
): { row: SignInLink; url: string } {
  const token = newSecret()
  const row: SignInLink = {
    person_id: person.id,
    digest: digestOf(token),
    kind,
    next,
    created_at: now.toISOString(),
    expires_at: new Date(now.getTime() + minutesToFollow * 60_000).toISOString(),
  }
  return { row, url: `${config.baseUrl}/login/link/${token}` }
}
