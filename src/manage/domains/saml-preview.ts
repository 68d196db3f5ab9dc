// What a domain's SAML would be with what an identity provider gives: looked at before anything is saved.
import type { Context } from '../../context.ts'
import { type Domain, hasSaml } from '../../domain/domain.ts'
import { type Settings, withSettings } from '../../domain/settings.ts'
import { describeCertificates, listSha1Certificates } from '../../saml/certificate.ts'
import { type DomainCaller, requirePart } from '../set-up/caller.ts'
import { requireDomain } from './domains.ts'
import { hasSameSaml, readSamlSource, samlChange } from './saml-fields.ts'
import { viewDomain } from './view.ts'

/** Metadata as XML or by its URL, or the fields as somebody typed them, checked. */
export type SamlOffer =
  | { readonly metadata: string }
  | { readonly settings: Pick<Settings, 'saml_entity_id' | 'saml_acs_url' | 'saml_x509_cert'> }

type Certificate = ReturnType<typeof describeCertificates>[number]

export interface SamlSide {
  readonly entityId: string | null
  readonly ssoUrl: string | null
  readonly binding: Domain['samlSsoBinding']
  readonly signsRequests: boolean
  readonly certificates: readonly Certificate[]
  /** PEM blocks. */
  readonly pem: string | null
}

/** What an administrator should know before saving; the first three mean that nobody could sign in. */
export type Caution =
  | { readonly kind: 'our_entity_id' | 'our_acs_url' | 'all_expired' }
  | { readonly kind: 'expired' | 'expires_soon' | 'not_yet_valid'; readonly certificate: Certificate }
  | { readonly kind: 'sha1'; readonly fingerprint: string }
  | { readonly kind: 'other_entity_id' | 'other_certificates' | 'enforced' | 'url_ends' | 'nothing_changes' }

export interface SamlPreview {
  readonly domain: Awaited<ReturnType<typeof viewDomain>>
  readonly before: SamlSide
  readonly after: SamlSide
  /** Where the metadata was fetched. */
  readonly url: string | null
  /** Names exactly this change: saving with it makes this one or none. */
  readonly seen: string
  readonly cautions: readonly Caution[]
}

export async function previewSaml(
  ctx: Context,
  caller: DomainCaller,
  { id, offer }: { id: string; offer: SamlOffer },
): Promise<SamlPreview> {
  requirePart(caller, id, 'saml')
  const source = 'metadata' in offer ? await readSamlSource(ctx, offer.metadata) : null
  const before = await requireDomain(ctx, caller, id)
  const settings = 'settings' in offer ? offer.settings : {}
  const after = withSettings(before, settings, { source, now: ctx.now().toISOString() })
  const domain = await viewDomain(ctx, caller, before)
  const sides = { before: sideOf(before, ctx.now()), after: sideOf(after, ctx.now()) }
  return {
    domain,
    ...sides,
    url: source?.url ?? null,
    seen: samlChange(before, after),
    cautions: [
      ...cautionsAbout(sides.after, domain),
      ...cautionsAboutCertificates(sides.after, ctx.now()),
      ...cautionsAboutChange(before, after),
    ],
  }
}

const sideOf = (domain: Domain, now: Date): SamlSide => ({
  entityId: domain.samlEntityId,
  ssoUrl: domain.samlSsoUrl,
  binding: domain.samlSsoBinding,
  signsRequests: domain.samlSignRequests,
  certificates: domain.samlCertificates ? describeCertificates(domain.samlCertificates, now) : [],
  pem: domain.samlCertificates,
})

/** Our own values are easily pasted back to us. */
function cautionsAbout(
  { entityId, ssoUrl }: SamlSide,
  ours: { saml_sp_entity_id: string; saml_sp_acs_url: string },
): Caution[] {
  const isOurId = entityId === ours.saml_sp_entity_id
  const isOurAcs = ssoUrl === ours.saml_sp_acs_url
  return [
    ...(isOurId ? [{ kind: 'our_entity_id' } as const] : []),
    ...(isOurAcs ? [{ kind: 'our_acs_url' } as const] : []),
  ]
}

const soonDays = 30

function cautionsAboutCertificates({ certificates, pem }: SamlSide, now: Date): Caution[] {
  const isExpired = ({ expires_in_days: days }: Certificate) => days < 0
  const single = certificates.flatMap((certificate): Caution[] => {
    if (isExpired(certificate)) return [{ kind: 'expired', certificate }]
    if (certificate.not_before > now.toISOString()) return [{ kind: 'not_yet_valid', certificate }]
    return certificate.expires_in_days < soonDays ? [{ kind: 'expires_soon', certificate }] : []
  })
  const isOver = certificates.length > 0 && certificates.every(isExpired)
  const weak = pem ? listSha1Certificates(pem) : []
  return [
    ...(isOver ? [{ kind: 'all_expired' } as const] : single),
    ...weak.map(fingerprint => ({ kind: 'sha1', fingerprint }) as const),
  ]
}

function cautionsAboutChange(before: Domain, after: Domain): Caution[] {
  if (hasSameSaml(before, after)) return [{ kind: 'nothing_changes' }]
  const kinds: Caution['kind'][] = []
  const isReplaced = hasSaml(before)
  if (isReplaced && before.samlEntityId !== after.samlEntityId) kinds.push('other_entity_id')
  else if (before.samlTestedAt !== null && after.samlTestedAt === null) kinds.push('other_certificates')
  if (before.ssoEnforcement === 'saml' && after.samlTestedAt === null) kinds.push('enforced')
  if (before.samlMetadataUrl !== null && after.samlMetadataUrl === null) kinds.push('url_ends')
  return kinds.map(kind => ({ kind }) as Caution)
}
