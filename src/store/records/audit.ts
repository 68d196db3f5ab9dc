// The audit log: who changed what, written in the transaction of the change.
import { type ExpressionBuilder, sql } from 'kysely'
import { idsFrom, newIdAt } from '../../base/id.ts'
import type { Actor } from '../../domain/actor.ts'
import { aside } from '../aside.ts'
import type { Db } from '../db.ts'
import { type DatabaseKind, foldSql, kindOf } from '../dialect.ts'
import { type Places, prepare } from '../statement.ts'
import type { AuditAboutTable, AuditTable } from '../tables/records.ts'
import type { Tables } from '../tables/tables.ts'

/** Secrets never come here: a caller writes `***` for them. */
export type Changes = Readonly<Record<string, { before: unknown; after: unknown }>>

export interface AuditEntry {
  actor: Actor
  /** `domain.updated`, `user.created`, … */
  action: string
  target: { type: string; id: string; label: string }
  /** Whose timeline it stands in, by the id of a person or a user or by an address; users find what targets them. */
  about?: readonly string[] | undefined
  changes: Changes
  now: string
}

const insert = prepare((db, row: Places<AuditTable>) =>
  db.insertInto('audit').values({
    organization_id: row.organization_id,
    id: row.id,
    created_at: row.created_at,
    actor_type: row.actor_type,
    actor_id: row.actor_id,
    actor_label: row.actor_label,
    action: row.action,
    target_type: row.target_type,
    target_id: row.target_id,
    target_label: row.target_label,
    changes: row.changes,
    ip: row.ip,
    request_id: row.request_id,
  }),
)

const insertAbout = prepare((db, row: Places<AuditAboutTable>) =>
  db
    .insertInto('audit_about')
    .values({ organization_id: row.organization_id, subject: row.subject, audit_id: row.audit_id }),
)

export async function appendAudit(tx: Db, organizationId: string, entry: AuditEntry): Promise<void> {
  const id = newIdAt(new Date(entry.now))
  await insert.run(tx, {
    organization_id: organizationId,
    id,
    created_at: entry.now,
    actor_type: entry.actor.type,
    actor_id: entry.actor.id,
    actor_label: entry.actor.label,
    action: entry.action,
    target_type: entry.target.type,
    target_id: entry.target.id,
    target_label: entry.target.label,
    changes: JSON.stringify(entry.changes),
    ip: entry.actor.ip,
    request_id: entry.actor.requestId,
  })
  for (const subject of new Set(entry.about))
    await insertAbout.run(tx, { organization_id: organizationId, subject, audit_id: id })
}

export type AuditRow = AuditTable

/** Inclusive bounds; what is left out does not limit. */
export interface AuditSearch {
  after?: string | undefined
  before?: string | undefined
  action?: string | undefined
  /** What the action begins with, up to its point: `member`. */
  actionArea?: string | undefined
  actorType?: AuditRow['actor_type'] | undefined
  actorId?: string | undefined
  targetType?: string | undefined
  targetId?: string | undefined
  requestId?: string | undefined
  /** Part of the actor's or the target's label or of the action, in any case. */
  search?: string | undefined
}

/** Newest first; ids begin with their time. `beforeId` goes on after the last row of a batch. */
export async function listAudit(
  db: Db,
  organizationId: string,
  {
    limit,
    offset = 0,
    beforeId,
    ...search
  }: AuditSearch & {
    limit: number
    offset?: number
    beforeId?: string | undefined
  },
): Promise<AuditRow[]> {
  const query = matching(db, organizationId, search)
    .$if(beforeId !== undefined, found => found.where('id', '<', beforeId ?? ''))
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .compile()
  return (await db.executeQuery(isSlow(search) && !db.isTransaction ? aside(query) : query)).rows
}

/** What no index answers, and may fit one row in a million. */
const isSlow = ({ targetId, requestId, after: _, before: __, ...rest }: AuditSearch): boolean =>
  targetId === undefined && requestId === undefined && Object.values(rest).some(value => value !== undefined)

export async function countAudit(db: Db, organizationId: string, search: AuditSearch): Promise<number> {
  const { total } = await matching(db, organizationId, search)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

function matching(db: Db, organizationId: string, search: AuditSearch) {
  const { after, before, action, actorType, actorId, targetType, targetId, requestId, search: term } = search
  const { actionArea } = search
  let query = db.selectFrom('audit').where('organization_id', '=', organizationId)
  // The second bound says the same once more, by the key: an id begins with its time.
  if (after !== undefined)
    query = query.where('created_at', '>=', after).where('id', '>=', idsFrom(new Date(after)))
  if (before !== undefined) query = query.where('created_at', '<=', before)
  if (action !== undefined) query = query.where('action', '=', action)
  if (actionArea !== undefined) query = query.where('action', 'like', likeStart(`${actionArea}.`))
  if (actorType !== undefined) query = query.where('actor_type', '=', actorType)
  if (actorId !== undefined) query = query.where('actor_id', '=', actorId)
  if (targetType !== undefined) query = query.where('target_type', '=', targetType)
  if (targetId !== undefined) query = query.where('target_id', '=', targetId)
  if (requestId !== undefined) query = query.where('request_id', '=', requestId)
  return term === undefined ? query : query.where(containing(kindOf(db), term))
}

const likeStart = (text: string) => sql<string>`${`${escaped(text)}%`} escape '\\'`

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')

function containing(kind: DatabaseKind, term: string) {
  const pattern = `%${escaped(term.toLowerCase())}%`
  const columns = ['actor_label', 'target_label', 'action'] as const
  return ({ or, eb, ref }: ExpressionBuilder<Tables, 'audit'>) =>
    or(columns.map(column => eb(foldSql(kind, ref(column)), 'like', sql<string>`${pattern} escape '\\'`)))
}
