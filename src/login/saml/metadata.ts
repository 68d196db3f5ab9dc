// What a domain's identity provider is given to read about us.
import type { Context } from '../../context.ts'
import { spMetadata } from '../../saml/sp-metadata.ts'
import { findDomainById } from '../../store/domain/domains.ts'
import { ensureKeys } from '../keys.ts'
import { serviceProviderOf } from './connection.ts'

/** Undefined when there is no such domain. It is there before the domain is verified: both sides are set up together. */
export async function readSpMetadata(ctx: Context, domainId: string): Promise<string | undefined> {
  const domain = await findDomainById(ctx.db, domainId)
  if (!domain) return undefined
  const certificates = (await ensureKeys(ctx, 'saml')).map(key => key.public)
  return spMetadata({
    ...serviceProviderOf(ctx.config, domain.id),
    signingCertificates: certificates,
    encryptionCertificates: certificates,
    signsRequests: domain.samlSignRequests,
  })
}
