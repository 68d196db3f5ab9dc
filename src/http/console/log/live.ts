// The live SCIM log of a domain.
import { requireDomain } from '../../../manage/domains/domains.ts'
import { followLog } from '../../../manage/domains/scim-log-view.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { followLive, sinceIn } from '../live.ts'
import { readFilters, searchFor } from './filters.ts'
import { logRow } from './row.ts'

export async function followScimLog(call: OrganizationCall): Promise<Response> {
  const { ctx, c, caller } = call
  const { id: domainId } = await requireDomain(ctx, caller, idIn(call, 'id'))
  const filters = readFilters(new URL(c.req.url).searchParams)
  // No `within`: what is new is within it.
  const { after: _, ...search } = searchFor(filters, ctx.now())
  return followLive(call, {
    next: followLog(ctx, domainId, { search, sinceId: sinceIn(call) }),
    show: row => logRow(row, { domainId, filters, now: ctx.now() }),
    requireOpen: now => requireDomain(ctx, now, domainId),
  })
}
