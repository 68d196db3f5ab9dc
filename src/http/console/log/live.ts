// The live SCIM log of a domain.
import { requireDomain } from '../../../manage/domains/domains.ts'
import { followLog } from '../../../manage/domains/scim-log/follow.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { administratorOf, followLive, sinceIn } from '../live.ts'
import type { Listener } from '../stream.ts'
import { readFilters, searchFor } from './filters.ts'
import { logRow } from './row.ts'

export async function followScimLog(call: OrganizationCall): Promise<Response> {
  const { ctx, caller } = call
  const { id } = await requireDomain(ctx, caller, idIn(call, 'id'))
  return followLogOf(
    id,
    administratorOf(call, now => requireDomain(ctx, now, id)),
  )
}

/** The listener must be allowed to see the log of the domain. */
export function followLogOf(domainId: string, listener: Listener): Response {
  const { ctx, c } = listener
  const filters = readFilters(new URL(c.req.url).searchParams)
  // No times: what is new is within them.
  const { after: _after, before: _before, ...search } = searchFor(filters, ctx.now())
  return followLive(listener, {
    next: followLog(ctx, domainId, { search, sinceId: sinceIn(listener) }),
    show: row => logRow(row, { filters, now: ctx.now() }),
  })
}
