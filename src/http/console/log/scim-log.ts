// The SCIM log of a domain: its list with filters, and one entry.

import { readId } from '../../../base/id.ts'
import { requireDomain } from '../../../manage/domains/domains.ts'
import { readDay, readLogEntry, readLogPage } from '../../../manage/domains/scim-log-view.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { entryPage } from './entry-page.ts'
import { readFilters, searchFor } from './filters.ts'
import { logPage } from './list-page.ts'

const rowsOnPage = 50

export async function list(call: OrganizationCall): Promise<Response> {
  const { ctx, caller, c } = call
  const domain = await requireDomain(ctx, caller, idIn(call, 'id'))
  const params = new URL(c.req.url).searchParams
  const filters = readFilters(params)
  const beforeId = readId(params.get('before') ?? '')
  const search = searchFor(filters, ctx.now())
  const [{ rows, hasOlder }, day] = await Promise.all([
    readLogPage(ctx, domain.id, { search, limit: rowsOnPage, beforeId }),
    readDay(ctx, domain.id, { ...search, statusMin: undefined, statusMax: undefined }),
  ])
  const page = { domain, filters, rows, hasOlder, isNewest: beforeId === undefined, day, now: ctx.now() }
  return showConsole(call, 200, logPage(page))
}

export async function show(call: OrganizationCall): Promise<Response> {
  const { ctx, caller } = call
  const domain = await requireDomain(ctx, caller, idIn(call, 'id'))
  const found = await readLogEntry(ctx, domain.id, idIn(call, 'entry'))
  return showConsole(call, 200, entryPage({ domain, baseUrl: ctx.config.baseUrl, ...found }))
}
