// Telling administrators that a certificate of their identity provider will expire: 30, 14, 7 days and a day before.
import type { Context } from '../../context.ts'
import { type Domain, hasSaml } from '../../domain/domain.ts'
import { certificateLetter } from '../../outside/mail/letters.ts'
import { describeCertificates } from '../../saml/certificate.ts'
import { transact } from '../../store/db.ts'
import { listDomainsWithCertificates } from '../../store/domain/domains.ts'
import { takeNotice } from '../../store/records/notices.ts'
import { mailAdmins } from '../delivery/admin-mail.ts'

/** In days; the nearest one that was not passed yet says which notice is due. */
const thresholds = [1, 7, 14, 30]

type Certificate = ReturnType<typeof describeCertificates>[number]

export async function noticeCertificates(ctx: Context, domain: Domain): Promise<void> {
  if (!hasSaml(domain)) return
  const now = ctx.now()
  const certificates = describeCertificates(domain.samlCertificates ?? '', now)
  for (const certificate of certificates) {
    const { expires_in_days: days, not_after } = certificate
    const threshold = thresholds.find(each => days <= each)
    if (threshold === undefined || not_after <= now.toISOString()) continue
    const others = certificates.filter(other => other.not_after > not_after).length
    await notice(ctx, domain, { certificate, threshold, others })
  }
}

/** Each certificate and threshold once, however often it is looked at. */
async function notice(
  ctx: Context,
  { organizationId, id, name: domain }: Domain,
  { certificate, threshold, others }: { certificate: Certificate; threshold: number; others: number },
): Promise<void> {
  const { fingerprint_sha256: fingerprint, expires_in_days: days } = certificate
  const name = `saml.certificate_expiring ${fingerprint} ${threshold}`
  const isNew = await transact(ctx.db, async tx => {
    if (!(await takeNotice(tx, id, { name, now: ctx.now().toISOString() }))) return false
    await mailAdmins(tx, ctx, {
      organizationId,
      write: addressed => certificateLetter({ ...addressed, domain, certificate, days, others }),
    })
    return true
  })
  if (isNew) ctx.log.warn({ organizationId, domain, fingerprint, days }, 'a SAML certificate will expire')
}

/** Domains that have certificates, in the order of their ids, after one of them. */
export const listCertified = (ctx: Context, { after, limit }: { after: string; limit: number }) =>
  listDomainsWithCertificates(ctx.db, after, limit)
