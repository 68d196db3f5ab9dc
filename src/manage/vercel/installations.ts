// Installations from Vercel's marketplace: each makes an organization of its own, with whoever installed it as owner.
import { newIdAt } from '../../base/id.ts'
import { missing } from '../../base/refusal.ts'
import { storableText } from '../../base/storable.ts'
import type { Context } from '../../context.ts'
import type { Actor } from '../../domain/actor.ts'
import { addressIn } from '../../domain/address.ts'
import type { VercelCredentials } from '../../outside/vercel.ts'
import type { VercelClaims } from '../../outside/vercel-token.ts'
import { type Db, transact } from '../../store/db.ts'
import { isUniqueViolation } from '../../store/dialect.ts'
import {
  deleteIntegration,
  findInstallation,
  type Integration,
  insertIntegration,
  lockInstallation,
  updateIntegration,
} from '../../store/organization/integrations.ts'
import { ensurePerson } from '../../store/organization/people.ts'
import { record } from '../audit.ts'
import type { Origin } from '../caller.ts'
import { addOwner, foundOrganization, retryingSlug } from '../organizations/organizations.ts'
import { integrationTarget, sealCredentials } from './facts.ts'

/** Who asks at Vercel, and from where it reached us. */
export interface VercelCaller {
  readonly claims: VercelClaims
  readonly installationId: string
  readonly origin: Origin
}

export interface InstallationWish {
  readonly scopes: readonly string[]
  readonly acceptedPolicies: Readonly<Record<string, unknown>>
  readonly credentials: VercelCredentials
  readonly account: {
    readonly name?: string | undefined
    readonly url: string
    /** Lower-cased address. */
    readonly contact: { readonly email: string; readonly name?: string | undefined }
  }
}

/** The one plan there is: nothing here is sold through Vercel. */
export const billingPlan = {
  id: 'free',
  type: 'subscription',
  name: 'Free',
  scope: 'installation',
  description: 'Everything; nothing is billed through Vercel.',
  paymentMethodRequired: false,
}

const longestName = 64

/** What is there is brought up to date; Vercel repeats a call that it heard no answer to. */
export async function upsertInstallation(
  ctx: Context,
  caller: VercelCaller,
  wish: InstallationWish,
): Promise<void> {
  const sealed = sealCredentials(ctx, wish.credentials)
  if (await refresh(ctx, caller, { wish, sealed })) return
  try {
    await retryingSlug(undefined, () => transact(ctx.db, tx => install(ctx, tx, { caller, wish, sealed })))
  } catch (error) {
    // The same call at the same moment was first.
    if (!isUniqueViolation(error, 'integrations_installation')) throw error
    await refresh(ctx, caller, { wish, sealed })
  }
}

const configOf = ({ scopes, acceptedPolicies, account }: InstallationWish): string =>
  JSON.stringify({ scopes, accepted_policies: acceptedPolicies, account, billing_plan_id: billingPlan.id })

/** Whether there was one. */
const refresh = (
  ctx: Context,
  caller: VercelCaller,
  { wish, sealed }: { wish: InstallationWish; sealed: string },
): Promise<boolean> =>
  transact(ctx.db, async tx => {
    const known = await lockInstallation(tx, 'vercel', caller.installationId)
    if (!known) return false
    const now = ctx.now().toISOString()
    await updateIntegration(tx, known, { config: configOf(wish), sealed, updated_at: now })
    await recordVisit(tx, known, { caller, action: 'integration.updated', now })
    return true
  })

async function install(
  ctx: Context,
  tx: Db,
  { caller, wish, sealed }: { caller: VercelCaller; wish: InstallationWish; sealed: string },
): Promise<void> {
  const { installationId, claims } = caller
  const now = ctx.now()
  const at = now.toISOString()
  const { name: accountName, contact } = wish.account
  const label = [...(accountName?.trim() || `Vercel ${installationId}`)].slice(0, longestName).join('')
  const organization = await foundOrganization(tx, { name: label }, at)
  // Vercel vouches for the address in its token; the one in the body is what the account says of itself.
  const vouchedFor = addressIn(claims.email ?? '')
  const name = storableText(claims.name ?? contact.name ?? '')
  const [firstName = '', ...rest] = name.trim().split(/\s+/)
  const person = await ensurePerson(tx, {
    email: vouchedFor ?? contact.email,
    firstName,
    lastName: rest.join(' '),
    isEmailVerified: vouchedFor !== undefined,
    now: at,
  })
  await addOwner(tx, { organization, personId: person.id, actor: actorOf(caller) })
  const integration: Integration = {
    organization_id: organization.id,
    id: newIdAt(now),
    kind: 'vercel',
    type: 'marketplace',
    integration_id: installationId,
    config: configOf(wish),
    sealed,
    pushed_at: null,
    created_by: person.id,
    created_at: at,
    updated_at: at,
  }
  await insertIntegration(tx, integration)
  await recordVisit(tx, integration, { caller, action: 'integration.installed', now: at })
}

export async function readInstallation(ctx: Context, { installationId }: VercelCaller) {
  const known = await findInstallation(ctx.db, 'vercel', installationId)
  if (!known) throw missing('There is no such installation.')
  return { billingPlan }
}

/** The organization stays; gone already is as good. */
export async function endInstallation(ctx: Context, caller: VercelCaller) {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const known = await lockInstallation(tx, 'vercel', caller.installationId)
    if (!known) return
    await deleteIntegration(tx, known)
    await recordVisit(tx, known, { caller, action: 'integration.deleted', now })
  })
  return { finalized: true }
}

const recordVisit = (
  tx: Db,
  integration: Integration,
  { caller, action, now }: { caller: VercelCaller; action: string; now: string },
) =>
  record(
    tx,
    { organizationId: integration.organization_id, actor: actorOf(caller) },
    { action, target: integrationTarget(integration), changes: {}, now },
  )

const actorOf = ({ claims, origin }: VercelCaller): Actor =>
  claims.form === 'user'
    ? { type: 'user', id: null, label: `${claims.email ?? claims.userId} at Vercel`, ...origin }
    : { type: 'system', id: null, label: 'Vercel', ...origin }
