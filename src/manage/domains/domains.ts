// The domains of an organization: listed, claimed, changed, given up.
import { missing, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import type { Domain } from '../../domain/domain.ts'
import { type Settings, withSettings } from '../../domain/settings.ts'
import { transact } from '../../store/db.ts'
import {
  countDomains,
  deleteDomain,
  findDomain,
  listDomains,
  lockDomain,
  replaceDomain,
} from '../../store/domain/domains.ts'
import { deleteScimTokens } from '../../store/domain/scim-tokens.ts'
import { followGroups, listPeopleLevelledBy } from '../../store/resources/group-levels.ts'
import { forgetIdentities } from '../../store/sign-in/identities.ts'
import { record } from '../audit.ts'
import type { Caller } from '../caller.ts'
import { type MadeFrom, refuseOverwriting } from '../meanwhile.ts'
import { type DomainCaller, requireReach, requireSettings } from '../set-up/caller.ts'
import { holdRight } from '../set-up/hold.ts'
import { domainTarget, recordDomain } from './audit.ts'
import { hasSameSaml, readSamlSource, samlChange } from './saml-fields.ts'
import { addToken } from './scim-tokens.ts'
import { type DomainObject, describeSettings, viewDomain, viewDomains } from './view.ts'

export async function readDomains(ctx: Context, caller: Caller, page: { limit: number; offset: number }) {
  const count = await countDomains(ctx.db, caller.organizationId)
  const domains = await listDomains(ctx.db, caller.organizationId, page)
  return { count, results: await viewDomains(ctx, caller, domains) }
}

export async function requireDomain(ctx: Context, caller: DomainCaller, id: string): Promise<Domain> {
  requireReach(caller, id)
  const domain = await findDomain(ctx.db, caller.organizationId, id)
  if (!domain) throw missing()
  return domain
}

export const readDomain = async (ctx: Context, caller: DomainCaller, id: string): Promise<DomainObject> =>
  viewDomain(ctx, caller, await requireDomain(ctx, caller, id))

export interface DomainPatch extends Settings {
  /** XML or an https URL; null ends the refreshing from one. */
  readonly saml_metadata?: string | null | undefined
}

interface DomainChange {
  readonly id: string
  readonly patch: DomainPatch
  /** The change of the SAML settings that somebody has looked at before they said so: it is this one, or none. */
  readonly seen?: string | undefined
  readonly madeFrom?: MadeFrom | undefined
}

export async function changeDomain(
  ctx: Context,
  caller: DomainCaller,
  { id, patch, seen, madeFrom }: DomainChange,
): Promise<DomainObject> {
  requireSettings(caller, id, patch)
  const { saml_metadata: metadata, ...settings } = patch
  const source = metadata ? await readSamlSource(ctx, metadata) : metadata === null ? null : undefined
  const now = ctx.now().toISOString()
  const { domain, token } = await transact(ctx.db, async tx => {
    await holdRight(tx, caller, now)
    const before = await lockDomain(tx, caller.organizationId, id)
    if (!before) throw missing()
    const after = withSettings(before, settings, { source, now })
    if (seen !== undefined) refuseUnseen(before, after, seen)
    if (madeFrom)
      refuseOverwriting(madeFrom, { before: describeSettings(before), after: describeSettings(after) })
    if (JSON.stringify(after) === JSON.stringify(before)) return { domain: before, token: undefined }
    const domain = { ...after, updatedAt: now }
    await replaceDomain(tx, domain)
    if (before.samlEntityId !== domain.samlEntityId) await forgetIdentities(tx, id)
    if (before.scimEnabled && !domain.scimEnabled) await deleteScimTokens(tx, id)
    const isSwitchedOn = domain.scimEnabled && !before.scimEnabled
    const token = isSwitchedOn ? await addToken(tx, caller, { domainId: id, now }) : undefined
    await recordDomain(tx, caller, { action: 'domain.updated', before, after: domain, now })
    return { domain, token }
  })
  return viewDomain(ctx, caller, domain, token?.clear)
}

/** What is there already was saved by the same form a moment ago. */
function refuseUnseen(before: Domain, after: Domain, seen: string): void {
  if (samlChange(before, after) === seen || hasSameSaml(before, after)) return
  throw new Refusal(
    'conflict',
    'changed_meanwhile',
    'The identity provider publishes something else than what you looked at, or somebody has changed the settings since. Nothing was saved; please look again.',
  )
}

/** Its SCIM resources, tokens, logs, the levels its groups gave and the sessions that came in through its SAML go with it; people stay. */
export async function removeDomain(ctx: Context, caller: Caller, id: string): Promise<void> {
  const { organizationId, actor } = caller
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    await holdRight(tx, caller, now)
    const domain = await lockDomain(tx, organizationId, id)
    if (!domain) throw missing()
    const personIds = await listPeopleLevelledBy(tx, organizationId, id)
    await deleteDomain(tx, organizationId, id)
    await followGroups(tx, { organizationId, personIds, actor, now })
    await record(tx, caller, {
      action: 'domain.deleted',
      target: domainTarget(domain),
      changes: {},
      now,
    })
  })
}
