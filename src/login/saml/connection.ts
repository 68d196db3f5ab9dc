// One domain's SAML connection: our names for it, what we expect of the other side, and whether there is one at all.
import type { Config } from '../../config.ts'
import type { Context } from '../../context.ts'
import { samlStateOf } from '../../domain/access.ts'
import type { Domain } from '../../domain/domain.ts'
import { attempt, type Checks } from '../../saml/checks.ts'
import { SamlRefusal } from '../../saml/refusal.ts'
import type { Connection } from '../../saml/verdict.ts'
import { readKeys } from '../keys.ts'

/** A domain whose SAML settings are complete. */
export interface ConnectedDomain extends Domain {
  readonly samlEntityId: string
  readonly samlSsoUrl: string
  readonly samlCertificates: string
}

export const serviceProviderOf = ({ baseUrl }: Pick<Config, 'baseUrl'>, domainId: string) => ({
  entityId: `${baseUrl}/saml/${domainId}/metadata`,
  acsUrl: `${baseUrl}/saml/${domainId}/acs`,
})

/** Throws `saml_not_configured` or `saml_domain_unverified`. */
export function requireConnected(domain: Domain | undefined): ConnectedDomain {
  if (!domain) throw new SamlRefusal('saml_not_configured', 'a domain', 'none by this address')
  if (samlStateOf(domain) === 'unverified') {
    throw new SamlRefusal('saml_domain_unverified', `${domain.name} to be verified`, 'a domain that is not')
  }
  if (isConnected(domain)) return domain
  throw new SamlRefusal(
    'saml_not_configured',
    'Entity ID, single sign-on URL and certificate of the identity provider',
    'settings that are not complete',
  )
}

/** The same as a check of a sign-in. */
export const checkConnected = (checks: Checks, domain: Domain | undefined): ConnectedDomain =>
  attempt(
    checks,
    'connection',
    () => requireConnected(domain),
    ({ name }) => ({ expected: 'a verified domain with SAML', got: name }),
  )

const isConnected = (domain: Domain): domain is ConnectedDomain => samlStateOf(domain) === 'connected'

export async function connectionOf(ctx: Context, domain: ConnectedDomain): Promise<Connection> {
  const { entityId, acsUrl } = serviceProviderOf(ctx.config, domain.id)
  return {
    spEntityId: entityId,
    acsUrl,
    idpEntityId: domain.samlEntityId,
    certificates: domain.samlCertificates,
    decryptionKeys: (await readKeys(ctx, 'saml')).map(key => key.privateKey),
    clockSkewSeconds: ctx.config.samlClockSkew,
    allowSha1: ctx.config.samlAllowSha1,
    // Only ever under a signed response.
    allowCbc: true,
  }
}
