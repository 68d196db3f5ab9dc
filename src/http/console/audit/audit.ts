// The audit log of the organization: who changed what, a page at a time or all of it as NDJSON.
import { readId } from '../../../base/id.ts'
import { streamAuditLog } from '../../../manage/audit.ts'
import { readAuditPage } from '../../../manage/audit-view.ts'
import { ndjson } from '../../api/mount/paging.ts'
import type { OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { readFilters, searchFor } from './filters.ts'
import { auditPage } from './page.ts'

const rowsOnPage = 25

export async function list(call: OrganizationCall): Promise<Response> {
  const { ctx, c, caller } = call
  const params = new URL(c.req.url).searchParams
  const filters = readFilters(params)
  const beforeId = readId(params.get('before') ?? '')
  const now = ctx.now()
  const search = searchFor(filters, now)
  const page = await readAuditPage(ctx, caller, { ...search, limit: rowsOnPage, beforeId })
  return showConsole(call, 200, auditPage({ ...page, filters, isNewest: beforeId === undefined, now }))
}

/** Everything that the filters let through, newest first. */
export function exportLog({ ctx, c, caller }: OrganizationCall): Response {
  const search = searchFor(readFilters(new URL(c.req.url).searchParams), ctx.now())
  const name = `audit-log-${ctx.now().toISOString().slice(0, 10)}.ndjson`
  c.header('Content-Disposition', `attachment; filename="${name}"`)
  return ndjson(c, streamAuditLog(ctx, caller, search))
}
