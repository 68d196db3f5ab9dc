// The audit log as people look at it: from any row on, with where what it is about is to be found.
import type { Context } from '../context.ts'
import { type AuditSearch, listAudit } from '../store/records/audit.ts'
import { type FoundPlace, listPlaces } from '../store/resources/places.ts'
import { type AuditObject, describeAudit } from './audit.ts'
import type { Caller } from './caller.ts'

export interface PlacedAudit extends AuditObject {
  /** Null for what is gone, and for what has no page. */
  readonly place: FoundPlace | null
}

/** Newest first. Nothing is counted: in a log of millions that takes longer than reading the page. */
export async function readAuditPage(
  ctx: Context,
  { organizationId }: Caller,
  { limit, beforeId, ...search }: AuditSearch & { limit: number; beforeId: string | undefined },
): Promise<{ rows: PlacedAudit[]; hasOlder: boolean }> {
  const rows = await listAudit(ctx.db, organizationId, { ...search, limit: limit + 1, beforeId })
  const shown = rows.slice(0, limit).map(describeAudit)
  const ids = new Set(shown.filter(({ target }) => placed.has(target.type)).map(({ target }) => target.id))
  const places = await listPlaces(ctx.db, organizationId, [...ids])
  const placeOf = new Map(places.map(place => [place.id, place]))
  return {
    rows: shown.map(row => ({ ...row, place: placeOf.get(row.target.id) ?? null })),
    hasOlder: rows.length > limit,
  }
}

const placed = new Set(['user', 'group', 'member'])
