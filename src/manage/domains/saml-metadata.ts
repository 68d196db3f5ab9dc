// Keeping the SAML fields of a domain as its identity provider's metadata URL has them.
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { systemActor } from '../../domain/actor.ts'
import type { Domain } from '../../domain/domain.ts'
import { type SamlSource, withSettings } from '../../domain/settings.ts'
import { transact } from '../../store/db.ts'
import { listDomainsWithMetadata, lockDomain, replaceDomain } from '../../store/domain/domains.ts'
import { forgetIdentities } from '../../store/sign-in/identities.ts'
import { record } from '../audit.ts'
import { domainChanges, domainTarget } from './audit.ts'
import { readSamlSource } from './saml-fields.ts'

/** The daily refresh of one domain. What cannot be fetched or read leaves everything as it was. */
export async function refreshMetadata(
  ctx: Context,
  { organizationId, id, name, samlMetadataUrl: url }: Domain,
) {
  if (url === null) return
  try {
    await applySource(ctx, { organizationId, id, source: await readSamlSource(ctx, url) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    ctx.log.warn({ organizationId, domain: name, url, reason: error.message }, 'SAML metadata not refreshed')
  }
}

function applySource(
  ctx: Context,
  { organizationId, id, source }: { organizationId: string; id: string; source: SamlSource },
): Promise<void> {
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    const before = await lockDomain(tx, organizationId, id)
    // Meanwhile an administrator may have chosen another source, or none.
    if (before?.samlMetadataUrl !== source.url) return
    const refreshed = withSettings(before, {}, { source, now })
    const changes = domainChanges(before, refreshed)
    const isChanged = Object.keys(changes).length > 0
    await replaceDomain(tx, isChanged ? { ...refreshed, updatedAt: now } : refreshed)
    if (before.samlEntityId !== refreshed.samlEntityId) await forgetIdentities(tx, id)
    if (!isChanged) return
    const target = domainTarget(before)
    await record(
      tx,
      { organizationId, actor: systemActor },
      { action: 'domain.updated', target, changes, now },
    )
  })
}

/** Domains that have a metadata URL, in the order of their ids, after one of them. */
export const listRefreshable = (ctx: Context, { after, limit }: { after: string; limit: number }) =>
  listDomainsWithMetadata(ctx.db, after, limit)
