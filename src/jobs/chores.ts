// What the worker can do: the chores of every day, and what a request has left to do; each in steps, to stop after any.
import type { Context } from '../context.ts'
import type { Domain } from '../domain/domain.ts'
import { purgeSignIns, purgeStarts, renewKeys } from '../login/retention.ts'
import { listCertified, noticeCertificates } from '../manage/domains/certificate-notices.ts'
import { listRefreshable, refreshMetadata } from '../manage/domains/saml-metadata.ts'
import { retireJob } from '../manage/domains/scim-schemas.ts'
import { listDueDomains, recheckDomain } from '../manage/domains/verification.ts'
import { reconcileDocuments } from '../manage/legal/reconcile.ts'
import { purgeEvents, purgeExpired, purgeScimLog } from '../manage/retention.ts'
import { workOffAccepted } from '../provision/bulk/job.ts'
import { bulkJob } from '../provision/bulk/later.ts'
import { retireSchema } from '../provision/custom/retire.ts'

export interface Chore {
  readonly name: string
  /** Undefined when each job of this name was asked for, and is done with when it has run. */
  readonly everyMs?: number
  /**
   * Yields between steps; a run that ends early goes on where it makes sense in the next. `key` tells jobs of one name
   * apart.
   */
  readonly run: (ctx: Context, key: string) => AsyncGenerator<void>
}

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
const batchSize = 50

export const chores: readonly Chore[] = [
  { name: 'domains.recheck', everyMs: hourMs, run: recheckDomains },
  { name: 'domains.refresh_metadata', everyMs: dayMs, run: refreshAllMetadata },
  { name: 'domains.notice_certificates', everyMs: dayMs, run: noticeAllCertificates },
  { name: 'scim_log.purge', everyMs: dayMs, run: purgeScimLog },
  { name: 'sign_ins.purge', everyMs: dayMs, run: purgeSignIns },
  { name: 'sign_in_requests.purge', everyMs: hourMs, run: purgeStarts },
  { name: 'keys.renew', everyMs: dayMs, run: renewKeys },
  { name: 'events.purge', everyMs: dayMs, run: purgeEvents },
  { name: 'expired.purge', everyMs: dayMs, run: purgeExpired },
  { name: 'legal_documents.reconcile', everyMs: hourMs, run: reconcileDocuments },
  { name: bulkJob, run: workOffAccepted },
  { name: retireJob, run: retireSchema },
]

/** Looks every hour for domains that were last checked a day ago, so that checks spread and a missed hour costs little. */
async function* recheckDomains(ctx: Context) {
  const before = new Date(ctx.now().getTime() - dayMs).toISOString()
  const failed = new Set<string>()
  for (;;) {
    // Those that failed are still due, and the first on the list.
    const limit = batchSize + failed.size
    const due = await listDueDomains(ctx, { before, limit })
    for (const domain of due.filter(({ id }) => !failed.has(id))) {
      if (!(await isLookedAfter(ctx, domain, recheckDomain))) failed.add(domain.id)
      yield
    }
    if (due.length < limit) return
  }
}

type Look = (ctx: Context, domain: Domain) => Promise<void>

/** A domain that cannot be looked after holds up none of those behind it; its turn comes again. */
async function isLookedAfter(ctx: Context, domain: Domain, look: Look): Promise<boolean> {
  try {
    await look(ctx, domain)
    return true
  } catch (error) {
    const { organizationId, name } = domain
    ctx.log.error({ err: error, organizationId, domain: name, chore: look.name }, 'a domain was passed over')
    return false
  }
}

function refreshAllMetadata(ctx: Context) {
  return overDomains(ctx, { list: listRefreshable, look: refreshMetadata })
}

function noticeAllCertificates(ctx: Context) {
  return overDomains(ctx, { list: listCertified, look: noticeCertificates })
}

interface Round {
  readonly list: (ctx: Context, page: { after: string; limit: number }) => Promise<Domain[]>
  readonly look: Look
}

async function* overDomains(ctx: Context, { list, look }: Round) {
  let after = ''
  for (;;) {
    const domains = await list(ctx, { after, limit: batchSize })
    for (const domain of domains) {
      await isLookedAfter(ctx, domain, look)
      yield
    }
    if (domains.length < batchSize) return
    after = domains.at(-1)?.id ?? after
  }
}
