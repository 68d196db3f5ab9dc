// What was done to the installation as a whole, by operators for the most part: it belongs into no organization's audit log.
import type { Selectable } from 'kysely'
import { newId } from '../../base/id.ts'
import { storableText } from '../../base/storable.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Db } from '../db.ts'
import type { OperatorLogTable } from '../tables/operators.ts'

type OperatorLogRow = Selectable<OperatorLogTable>

export interface OperatorDeed {
  readonly actor: Actor
  readonly action: string
  /** Whom or what it was done to, in words. */
  readonly target: string
  readonly outcome?: string | null
  readonly now: string
}

export const appendOperatorLog = (tx: Db, { actor, action, target, outcome, now }: OperatorDeed) =>
  tx
    .insertInto('operator_log')
    .values({
      id: newId(),
      created_at: now,
      actor_id: actor.id,
      actor_label: actor.label,
      action,
      target: storableText(target),
      outcome: outcome ? storableText(outcome) : null,
      ip: actor.ip,
      request_id: actor.requestId,
    })
    .execute()

/** Newest first. */
export const listOperatorLog = (db: Db, limit: number): Promise<OperatorLogRow[]> =>
  db.selectFrom('operator_log').selectAll().orderBy('id', 'desc').limit(limit).execute()

/** The last deed of this kind. */
export const findLastDeed = (db: Db, action: string): Promise<OperatorLogRow | undefined> =>
  db
    .selectFrom('operator_log')
    .selectAll()
    .where('action', '=', action)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
