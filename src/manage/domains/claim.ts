// Claiming a domain: by an administrator, who has to verify it, or by the operator, whose word is enough.
import { newId } from '../../base/id.ts'
import { invalid, missing } from '../../base/refusal.ts'
import { newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { claimedDomain, type Domain, isVerified, readDomainName } from '../../domain/domain.ts'
import { type Settings, withSettings } from '../../domain/settings.ts'
import { type Db, transact } from '../../store/db.ts'
import { isUniqueViolation } from '../../store/dialect.ts'
import { findDomainByName, insertDomain } from '../../store/domain/domains.ts'
import { keepOrganizations } from '../../store/organization/organizations.ts'
import type { Caller } from '../caller.ts'
import type { DomainCaller } from '../set-up/caller.ts'
import { bindClaim, requireClaim } from '../set-up/claim.ts'
import { holdRight } from '../set-up/hold.ts'
import { recordDomain } from './audit.ts'
import { readCertificateField, readSsoUrl } from './saml-fields.ts'
import { addToken } from './scim-tokens.ts'
import { asTaken, refuseHeldElsewhere } from './verification.ts'
import { type DomainObject, viewDomain } from './view.ts'

/** Before the rest of a new domain is read, as its name is the first field. */
export const refuseKnownName = (ctx: Context, { organizationId }: Caller, name: string): Promise<void> =>
  refuseKnown(ctx.db, organizationId, name)

async function refuseKnown(db: Db, organizationId: string, name: string): Promise<void> {
  if (await findDomainByName(db, organizationId, name)) throw known(name)
}

const known = (name: string) => invalid('unique', `This organization has ${name} already.`, 'domain')

interface NewDomain {
  readonly name: string
  readonly settings: Settings
  /** The operator's word that the organization owns the domain, instead of DNS. */
  readonly verified?: boolean | undefined
}

export async function createDomain(
  ctx: Context,
  caller: DomainCaller,
  input: NewDomain,
): Promise<DomainObject> {
  requireClaim(caller, { ...input.settings, verified: input.verified })
  const now = ctx.now().toISOString()
  const before = claim(caller, input.name, now)
  const claimed: Domain = input.verified ? { ...before, verifiedAt: now, verifiedBy: 'operator' } : before
  const domain = withSettings(claimed, input.settings, { now })
  try {
    const token = await transact(ctx.db, async tx => {
      if ((await keepOrganizations(tx, [caller.organizationId])).length === 0) throw missing()
      await holdRight(tx, caller, now)
      await refuseKnown(tx, caller.organizationId, domain.name)
      if (isVerified(domain)) await refuseHeldElsewhere(tx, domain)
      await insertDomain(tx, domain)
      await bindClaim(tx, caller, domain.id)
      const made = domain.scimEnabled ? await addToken(tx, caller, { domainId: domain.id, now }) : undefined
      await recordDomain(tx, caller, { action: 'domain.created', before, after: domain, now })
      return made
    })
    return await viewDomain(ctx, caller, domain, token?.clear)
  } catch (error) {
    if (isUniqueViolation(error, 'domains_name_in_organization')) throw known(domain.name)
    throw asTaken(error, domain.name)
  }
}

const claim = ({ organizationId }: DomainCaller, name: string, now: string): Domain =>
  claimedDomain({ id: newId(), organizationId, name: readDomainName(name), challenge: newSecret(), now })

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
