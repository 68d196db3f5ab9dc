// The SCIM log as it grows.
import type { Context } from '../../../context.ts'
import { listScimLog } from '../../../store/domain/scim-log.ts'
import { followRows } from '../../following.ts'
import { type NamedRequest, nameRequests } from './names.ts'
import { type LogSearch, view, withTerms } from './search.ts'

/** What is new since the last time that it was asked, newest first. */
export function followLog(
  ctx: Context,
  domainId: string,
  { search, sinceId }: { search: LogSearch; sinceId: string },
): () => Promise<NamedRequest[]> {
  const wanted = withTerms(search)
  const next = followRows(ctx, {
    list: ({ afterId, limit }) => listScimLog(ctx.db, domainId, { search: wanted, limit, fromId: afterId }),
    sinceId,
  })
  return async () => nameRequests(ctx, domainId, (await next()).map(view))
}
