// The first run: an empty server gives out one link, and by it come its first organization, its owner and its operator.
import { missing, Refusal } from '../../base/refusal.ts'
import { digestOf, newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import type { Actor } from '../../domain/actor.ts'
import { readAddress } from '../../domain/address.ts'
import { readOrganizationName, readPersonName } from '../../domain/names.ts'
import { type Db, transact } from '../../store/db.ts'
import { markSignedIn } from '../../store/organization/members.ts'
import { hasOrganizations } from '../../store/organization/organizations.ts'
import { ensurePerson, type Person, updatePerson } from '../../store/organization/people.ts'
import { appendOperatorLog } from '../../store/records/operator-log.ts'
import { isFirstRun, replaceFirstRun, takeFirstRun } from '../../store/sign-in/first-run.ts'
import { type OpenedSession, openSession } from '../../store/sign-in/opening.ts'
import type { Origin } from '../caller.ts'
import { addOwner, foundOrganization, retryingSlug } from '../organizations/organizations.ts'

const hoursToFollow = 24
const hourMs = 60 * 60 * 1000

/** The link of an empty server, which ends every earlier one; undefined once there is an organization. */
export async function offerFirstRun(ctx: Context): Promise<{ url: string; hours: number } | undefined> {
  const secret = newSecret()
  const expiresAt = new Date(ctx.now().getTime() + hoursToFollow * hourMs).toISOString()
  const isEmpty = await transact(ctx.db, async tx => {
    if (await hasOrganizations(tx)) return false
    await replaceFirstRun(tx, { digest: digestOf(secret), expiresAt })
    return true
  })
  return isEmpty ? { url: `${ctx.config.baseUrl}/first-run/${secret}`, hours: hoursToFollow } : undefined
}

/** Whether there is anybody who could sign in. */
export const isSetUp = (ctx: Context): Promise<boolean> => hasOrganizations(ctx.db)

/** Looks without doing anything; refuses a link that leads nowhere. */
export async function openFirstRun(ctx: Context, secret: string): Promise<void> {
  const isOpen = await isFirstRun(ctx.db, digestOf(secret), ctx.now().toISOString())
  if (!isOpen || (await hasOrganizations(ctx.db))) throw await deadLink(ctx.db)
}

const deadLink = async (db: Db): Promise<Refusal> =>
  (await hasOrganizations(db))
    ? new Refusal('missing', 'already_set_up', 'This server is set up already.')
    : missing('This link has expired, or the server printed another one since.')

export interface FirstRunForm {
  readonly organization: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
}

/** All or nothing; of two who send the form at once, one gets in. The address is the operator's word. */
export async function completeFirstRun(
  ctx: Context,
  secret: string,
  { form, origin }: { form: FirstRunForm; origin: Origin },
): Promise<OpenedSession> {
  const name = readOrganizationName(form.organization, 'organization')
  const first_name = readPersonName(form.firstName, 'first_name')
  const last_name = readPersonName(form.lastName, 'last_name')
  const email = readAddress(form.email, 'email')
  const now = ctx.now()
  const at = now.toISOString()
  return retryingSlug(undefined, () =>
    transact(ctx.db, async tx => {
      const isOurs = await takeFirstRun(tx, digestOf(secret), at)
      if (!isOurs || (await hasOrganizations(tx))) throw await deadLink(tx)
      const known = await ensurePerson(tx, {
        email,
        firstName: first_name,
        lastName: last_name,
        isEmailVerified: true,
        now: at,
      })
      const person: Person = { ...known, first_name, last_name, is_email_verified: 1, is_operator: 1 }
      const actor: Actor = { type: 'operator', id: person.id, label: email, ...origin }
      const organization = await foundOrganization(tx, { name }, at)
      await updatePerson(tx, person.id, {
        first_name,
        last_name,
        is_email_verified: 1,
        is_operator: 1,
        current_organization_id: organization.id,
        updated_at: at,
      })
      await addOwner(tx, { organization, personId: person.id, actor })
      await markSignedIn(tx, { organizationId: organization.id, personId: person.id, now: at })
      await appendOperatorLog(tx, { actor, action: 'operator.granted', target: email, now: at })
      return openSession(tx, ctx.config, {
        person,
        organizationId: organization.id,
        method: 'owner',
        domainId: null,
        endsAt: null,
        actor,
        now,
      })
    }),
  )
}
