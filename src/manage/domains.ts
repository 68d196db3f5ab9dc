// The domains of an organization: listed, claimed, changed, given up.
import { newId } from '../base/id.ts'
import { invalid, missing } from '../base/refusal.ts'
import { newSecret } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { type Domain, isVerified, readDomainName } from '../domain/domain.ts'
import { type Settings, withSettings } from '../domain/settings.ts'
import { type Db, transact } from '../store/db.ts'
import { isUniqueViolation } from '../store/dialect.ts'
import {
  countDomains,
  deleteDomain,
  findDomain,
  findDomainByName,
  insertDomain,
  listDomains,
  lockDomain,
  replaceDomain,
} from '../store/domains.ts'
import { deleteScimTokens } from '../store/scim-tokens.ts'
import { changesBetween, record } from './audit.ts'
import type { Caller } from './caller.ts'
import { type DomainObject, describeSettings, viewDomain, viewDomains } from './domain-view.ts'
import { readCertificateField, readSamlSource, readSsoUrl } from './saml-fields.ts'
import { addToken } from './scim-tokens.ts'
import { asTaken, refuseHeldElsewhere } from './verification.ts'

export async function readDomains(ctx: Context, caller: Caller, page: { limit: number; offset: number }) {
  const count = await countDomains(ctx.db, caller.organizationId)
  const domains = await listDomains(ctx.db, caller.organizationId, page)
  return { count, results: await viewDomains(ctx, caller, domains) }
}

export async function requireDomain(ctx: Context, { organizationId }: Caller, id: string): Promise<Domain> {
  const domain = await findDomain(ctx.db, organizationId, id)
  if (!domain) throw missing()
  return domain
}

export const readDomain = async (ctx: Context, caller: Caller, id: string): Promise<DomainObject> =>
  viewDomain(ctx, caller, await requireDomain(ctx, caller, id))

export async function refuseKnownName(db: Db, { organizationId }: Caller, name: string): Promise<void> {
  if (await findDomainByName(db, organizationId, name)) throw known(name)
}

const known = (name: string) => invalid('unique', `This organization has ${name} already.`, 'domain')

export interface NewDomain {
  readonly name: string
  readonly settings: Settings
  /** The operator's word that the organization owns the domain, instead of DNS. */
  readonly verified?: boolean | undefined
}

export async function createDomain(ctx: Context, caller: Caller, input: NewDomain): Promise<DomainObject> {
  const now = ctx.now().toISOString()
  const claimed = claim(caller, input, now)
  const domain = withSettings(claimed, input.settings, { now })
  try {
    const token = await transact(ctx.db, async tx => {
      await refuseKnownName(tx, caller, domain.name)
      if (isVerified(domain)) await refuseHeldElsewhere(tx, domain)
      await insertDomain(tx, domain)
      const made = domain.scimEnabled ? await addToken(tx, caller, { domainId: domain.id, now }) : undefined
      await recordChange(tx, caller, { action: 'domain.created', before: claimed, after: domain, now })
      return made
    })
    return await viewDomain(ctx, caller, domain, token?.clear)
  } catch (error) {
    if (isUniqueViolation(error, 'domains_name_in_organization')) throw known(domain.name)
    throw asTaken(error, domain.name)
  }
}

const claim = ({ organizationId }: Caller, { name, verified }: NewDomain, now: string): Domain => ({
  id: newId(),
  organizationId,
  name: readDomainName(name),
  challenge: newSecret(),
  verifiedAt: verified ? now : null,
  verifiedBy: verified ? 'operator' : null,
  lastCheckedAt: null,
  failingSince: null,
  verificationLostAt: null,
  jitProvisioningEnabled: false,
  ssoEnforcement: '',
  samlEntityId: null,
  samlSsoUrl: null,
  samlCertificates: null,
  samlIdpInitiatedEnabled: false,
  samlMetadataUrl: null,
  samlMetadataRefreshedAt: null,
  samlAttributeMapping: null,
  samlRoleMapping: null,
  samlTestedAt: null,
  scimEnabled: false,
  scimProfile: 'default',
  scimForeignAddresses: 'allow',
  createdAt: now,
  updatedAt: now,
})

export interface DomainPatch extends Settings {
  /** XML or an https URL; null ends the refreshing from one. */
  readonly saml_metadata?: string | null | undefined
}

export async function changeDomain(
  ctx: Context,
  caller: Caller,
  { id, patch: { saml_metadata: metadata, ...settings } }: { id: string; patch: DomainPatch },
): Promise<DomainObject> {
  const source = metadata ? await readSamlSource(ctx, metadata) : metadata === null ? null : undefined
  const now = ctx.now().toISOString()
  const { domain, token } = await transact(ctx.db, async tx => {
    const before = await lockDomain(tx, caller.organizationId, id)
    if (!before) throw missing()
    const after = withSettings(before, settings, { source, now })
    if (JSON.stringify(after) === JSON.stringify(before)) return { domain: before, token: undefined }
    const domain = { ...after, updatedAt: now }
    await replaceDomain(tx, domain)
    if (before.scimEnabled && !domain.scimEnabled) await deleteScimTokens(tx, id)
    const isSwitchedOn = domain.scimEnabled && !before.scimEnabled
    const token = isSwitchedOn ? await addToken(tx, caller, { domainId: id, now }) : undefined
    await recordChange(tx, caller, { action: 'domain.updated', before, after: domain, now })
    return { domain, token }
  })
  return viewDomain(ctx, caller, domain, token?.clear)
}

function recordChange(
  tx: Db,
  caller: Caller,
  { action, before, after, now }: { action: string; before: Domain; after: Domain; now: string },
) {
  return record(tx, caller, {
    action,
    target: { type: 'domain', id: after.id, label: after.name },
    changes: changesBetween(describeSettings(before), describeSettings(after)),
    now,
  })
}

/** Its SCIM resources, tokens, logs and the sessions that came in through its SAML go with it; people stay. */
export async function removeDomain(ctx: Context, caller: Caller, id: string): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const domain = await lockDomain(tx, caller.organizationId, id)
    if (!domain) throw missing()
    await deleteDomain(tx, caller.organizationId, id)
    await record(tx, caller, {
      action: 'domain.deleted',
      target: { type: 'domain', id, label: domain.name },
      changes: {},
      now,
    })
  })
}

/** What the command line says about a domain. */
export interface DomainOptions {
  readonly name: string
  readonly verified?: boolean | undefined
  readonly scim?: boolean | undefined
  readonly jit?: boolean | undefined
  readonly samlEntityId?: string | undefined
  readonly samlSsoUrl?: string | undefined
  readonly samlCert?: string | undefined
  readonly idpInitiated?: boolean | undefined
}

export const addDomain = async (
  ctx: Context,
  operator: Caller,
  options: DomainOptions,
): Promise<DomainObject> =>
  createDomain(ctx, operator, {
    name: options.name,
    verified: options.verified,
    settings: {
      jit_provisioning_enabled: options.jit || undefined,
      scim_enabled: options.scim || undefined,
      saml_entity_id: options.samlEntityId,
      saml_acs_url: options.samlSsoUrl && readSsoUrl(options.samlSsoUrl),
      saml_x509_cert: options.samlCert && readCertificateField(options.samlCert),
      saml_idp_initiated_enabled: options.idpInitiated || undefined,
    },
  })
