// A live log: rows as server-sent events, read from the log itself so that it does not matter which process wrote them.
import { readId } from '../../base/id.ts'
import { missing } from '../../base/refusal.ts'
import { authenticateSession, type Caller, enterOrganization, requireLevel } from '../../manage/caller.ts'
import { readSessionCookie } from '../cookies.ts'
import type { Markup } from '../look/page.ts'
import type { OrganizationCall } from './call.ts'
import { keepTelling, type Listener } from './stream.ts'

/** `requireOpen`: refuses what is not for the caller any more, besides those who are no administrators of the organization. */
export const administratorOf = (
  { ctx, c, lifecycle, principal, caller: { organizationId } }: OrganizationCall,
  requireOpen: (caller: Caller) => Promise<unknown> = async () => {},
): Listener => ({
  ctx,
  c,
  lifecycle,
  credentialId: principal.credentialId,
  requireStillAllowed: async () => {
    const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
    const now = await authenticateSession(ctx, readSessionCookie(c, ctx.config) ?? '', origin)
    const caller = await enterOrganization(ctx, now, '@current')
    // By now it may be another one that they look at.
    if (caller.organizationId !== organizationId) throw missing()
    requireLevel(caller, 'admin')
    await requireOpen(caller)
  },
})

export interface Feed<Row> {
  /** What is new since the last time, newest first. */
  readonly next: () => Promise<Row[]>
  readonly show: (row: Row) => Markup
}

/** The row that the page has, or that came last. */
export const sinceIn = ({ c }: Pick<Listener, 'c'>): string =>
  readId(c.req.header('last-event-id') ?? '') ?? readId(c.req.query('since') ?? '') ?? ''

export const followLive = <Row extends { readonly id: string }>(
  listener: Listener,
  { next, show }: Feed<Row>,
): Response =>
  keepTelling(listener, async tell => {
    const rows = await next()
    for (const row of rows.reverse()) {
      await tell({ event: 'row', id: row.id, data: JSON.stringify(String(await show(row))) })
    }
    return rows.length > 0 ? 'told' : 'nothing'
  })
