// The audit log by whom its rows are about: by their target, or by a person, a user or an address that they name.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { AuditRow } from './audit.ts'

export interface About {
  readonly organizationId: string
  /** The id of a person or a user, or an address. */
  readonly subject: string
}

/** Behind every id. */
export const lastId = '~'

export interface Page {
  /** Only what is older than this id. */
  readonly before: string
  readonly limit: number
}

const byTarget = prepare((db, { organizationId, subject, before, limit }: Places<About & Page>) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('target_id', '=', subject)
    .where('id', '<', before)
    .orderBy('id', 'desc')
    .limit(limit),
)
const bySubject = prepare((db, { organizationId, subject, before, limit }: Places<About & Page>) =>
  db
    .selectFrom('audit_about')
    .innerJoin('audit', join =>
      join
        .onRef('audit.organization_id', '=', 'audit_about.organization_id')
        .onRef('audit.id', '=', 'audit_about.audit_id'),
    )
    .selectAll('audit')
    .where('audit_about.organization_id', '=', organizationId)
    .where('audit_about.subject', '=', subject)
    .where('audit_about.audit_id', '<', before)
    .orderBy('audit_about.audit_id', 'desc')
    .limit(limit),
)

/** Newest first. */
export const listAuditOfTarget = (db: Db, about: About, page: Page): Promise<AuditRow[]> =>
  byTarget.all(db, { ...about, ...page })

/** Newest first. */
export const listAuditAbout = (db: Db, about: About, page: Page): Promise<AuditRow[]> =>
  bySubject.all(db, { ...about, ...page })
