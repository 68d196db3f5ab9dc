// One entry of the SCIM log with its neighbours.
import { missing } from '../../../base/refusal.ts'
import type { Context } from '../../../context.ts'
import { findScimLogRow, findScimLogRowAfter, listScimLog } from '../../../store/domain/scim-log.ts'
import { type NamedRequest, nameRequests } from './names.ts'
import { view } from './search.ts'

export interface LogEntry {
  readonly entry: NamedRequest
  readonly olderId: string | null
  readonly newerId: string | null
}

export async function readLogEntry(ctx: Context, domainId: string, id: string): Promise<LogEntry> {
  const row = await findScimLogRow(ctx.db, domainId, id)
  if (!row) throw missing()
  const [older, newer, named] = await Promise.all([
    listScimLog(ctx.db, domainId, { search: {}, limit: 1, beforeId: id }),
    findScimLogRowAfter(ctx.db, domainId, id),
    nameRequests(ctx, domainId, [view(row)]),
  ])
  const [entry = { ...view(row), resource_name: null }] = named
  return { entry, olderId: older[0]?.id ?? null, newerId: newer?.id ?? null }
}
