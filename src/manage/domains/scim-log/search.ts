// Reading the SCIM log of a domain: a page or a stream, searched by the true value though rows are masked.
import type { Context } from '../../../context.ts'
import { maskTerm } from '../../../scim/mask.ts'
import { countScimLog, listScimLog, type ScimLogRow, seekScimLog } from '../../../store/domain/scim-log.ts'
import type { ScimLogSearch } from '../../../store/domain/scim-log-search.ts'

/** What each filter is called is the matter of the surface; `search` is the true term. */
export interface LogSearch extends Omit<ScimLogSearch, 'terms'> {
  search?: string | undefined
}

export async function readScimLog(
  ctx: Context,
  domainId: string,
  { search, limit, offset }: { search: LogSearch; limit: number; offset: number },
) {
  const wanted = withTerms(search)
  const count = await countScimLog(ctx.db, domainId, wanted)
  const rows = count > offset ? await seekScimLog(ctx.db, domainId, { search: wanted, limit, offset }) : []
  return { count, results: rows.map(view) }
}

const batchSize = 500

/** Everything that matches, newest first, a batch at a time. */
export async function* streamScimLog(ctx: Context, domainId: string, search: LogSearch) {
  const wanted = withTerms(search)
  let last: ScimLogRow | undefined
  do {
    const after = last ? { beforeId: last.id } : {}
    const rows = await listScimLog(ctx.db, domainId, { search: wanted, limit: batchSize, ...after })
    yield* rows.map(view)
    last = rows[batchSize - 1]
  } while (last)
}

/** A term of one or two characters is masked to what stands in every masked row; it is looked for as it is. */
export function withTerms({ search, ...filters }: LogSearch): ScimLogSearch {
  if (search === undefined) return filters
  const masked = maskTerm(search)
  return { ...filters, terms: masked === search || masked === '***' ? [search] : [search, masked] }
}

export type LoggedRequest = ReturnType<typeof view>

export const view = (row: ScimLogRow) => ({
  id: row.id,
  request_method: row.request_method,
  request_path: row.request_path,
  request_headers: JSON.parse(row.request_headers) as unknown,
  request_body: row.request_body === null ? null : (JSON.parse(row.request_body) as unknown),
  response_status: row.response_status,
  response_body: row.response_body === null ? null : (JSON.parse(row.response_body) as unknown),
  identity_provider: row.identity_provider,
  duration_ms: row.duration_ms,
  created_at: row.created_at,
  request_id: row.request_id,
  scim_type: row.scim_type,
  token_hint: row.token_hint,
  resource_type: row.resource_type,
  resource_id: row.resource_id,
  outcome: row.outcome,
  accommodations: JSON.parse(row.accommodations) as unknown,
})
