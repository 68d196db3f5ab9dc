// Who the operators of the installation are, and who may do what only they may.
import { denied, invalid, missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { operatorActor } from '../../domain/actor.ts'
import { readAddress } from '../../domain/address.ts'
import { domainOfAddress } from '../../domain/domain.ts'
import { type Db, transact } from '../../store/db.ts'
import { findVerifiedDomain } from '../../store/domain/domains.ts'
import { deleteInvitesOfOperator } from '../../store/organization/invites.ts'
import { listMembershipsOf } from '../../store/organization/members.ts'
import { findOrganization } from '../../store/organization/organizations.ts'
import {
  findPersonByEmail,
  listOperators,
  lockPerson,
  type Person,
  updatePerson,
} from '../../store/organization/people.ts'
import { deleteSetUpLinksOfOperator } from '../../store/organization/set-up-links.ts'
import { appendOperatorLog } from '../../store/records/operator-log.ts'
import { endOperatingOf } from '../../store/sign-in/operating.ts'
import type { Principal } from '../caller.ts'

interface Operator {
  readonly id: string
  readonly email: string
  readonly name: string
}

/** The installation's pages are not there for anybody else. */
export function requireOperator({ operator, person, signedInAt }: Principal): void {
  if (operator) return
  if (person.is_operator === 0 || signedInAt === null) throw missing()
  throw denied(
    'You are an operator, but this session came through SAML, about which the administrators of an organization decide. Sign out, and sign in by a mailed link or by `gatehouse owner-link`.',
    'operator_session_required',
  )
}

export const readOperators = async (ctx: Context): Promise<Operator[]> =>
  (await listOperators(ctx.db)).map(view)

/** `warning`: why it may not have been a good idea. */
export async function grantOperator(
  ctx: Context,
  email: string,
): Promise<Operator & { warning: string | null }> {
  const address = readAddress(email)
  const now = ctx.now().toISOString()
  const person = await transact(ctx.db, async tx => {
    const found = await findPersonByEmail(tx, address)
    if (!found || (await listMembershipsOf(tx, found.id)).length === 0)
      throw invalid(
        'invalid_input',
        `${address} is an active member of no organization, and could not sign in.`,
        'email',
      )
    return change(tx, found, { isOperator: true, now })
  })
  return { ...view(person), warning: await warningAbout(ctx, address) }
}

export async function revokeOperator(ctx: Context, email: string): Promise<Operator> {
  const address = readAddress(email)
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    const found = await findPersonByEmail(tx, address)
    if (found?.is_operator !== 1) throw missing(`${address} is no operator.`)
    return view(await change(tx, found, { isOperator: false, now }))
  })
}

async function change(
  tx: Db,
  { id }: Person,
  { isOperator, now }: { isOperator: boolean; now: string },
): Promise<Person> {
  const person = await lockPerson(tx, id)
  if (!person) throw missing()
  const is_operator = isOperator ? 1 : 0
  if (person.is_operator === is_operator) return person
  await updatePerson(tx, id, { is_operator, updated_at: now })
  if (!isOperator) await endReachOf(tx, person, now)
  await appendOperatorLog(tx, {
    actor: operatorActor,
    action: isOperator ? 'operator.granted' : 'operator.revoked',
    target: person.email,
    now,
  })
  return { ...person, is_operator }
}

/** Where they are at present, and what they sent: a link to themselves would be a way back in. */
async function endReachOf(tx: Db, { id, email: label }: Person, now: string): Promise<void> {
  const actor = { ...operatorActor, id, label }
  await endOperatingOf(tx, id, { actor, now })
  await deleteInvitesOfOperator(tx, id)
  await deleteSetUpLinksOfOperator(tx, id)
}

/** Whoever has the mail of a domain gets the links that sign its people in. */
async function warningAbout(ctx: Context, address: string): Promise<string | null> {
  const name = domainOfAddress(address)
  const domain = name === undefined ? undefined : await findVerifiedDomain(ctx.db, name)
  const organization = domain && (await findOrganization(ctx.db, domain.organizationId))
  if (!organization) return null
  return `${name} is a verified domain of ${organization.name}: whoever looks after its mail could sign in as this operator.`
}

const view = ({ id, email, first_name, last_name }: Person): Operator => ({
  id,
  email,
  name: `${first_name} ${last_name}`.trim(),
})
