// A live log: rows as server-sent events, read from the log itself so that it does not matter which process wrote them.
import { setTimeout as sleep } from 'node:timers/promises'
import { streamSSE } from 'hono/streaming'
import { readId } from '../../base/id.ts'
import { missing, Refusal, throttled } from '../../base/refusal.ts'
import { authenticateSession, type Caller, enterOrganization, requireLevel } from '../../manage/caller.ts'
import { readSessionCookie } from '../cookies.ts'
import type { Markup } from '../look/page.ts'
import type { OrganizationCall } from './call.ts'

const pollMs = 1000
/** Something is said so often, so that proxies keep the connection and one that broke is noticed. */
const quietPolls = 15
/** After so many polls the browser connects again by itself. */
const mostPolls = 600
const mostPerSession = 6

const open = new Map<string, number>()

/** Who follows it, by a session or another right. */
export interface Listener extends Pick<OrganizationCall, 'ctx' | 'c' | 'lifecycle'> {
  /** So many may be open at once for each. */
  readonly credentialId: string
  /** Asked again and again: refuses whoever may not listen any more. */
  readonly requireStillAllowed: () => Promise<unknown>
}

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

export function followLive<Row extends { readonly id: string }>(
  { ctx, c, lifecycle, credentialId, requireStillAllowed }: Listener,
  { next, show }: Feed<Row>,
): Response {
  enter(credentialId)
  // Says to proxies of the nginx kind that each row is to be passed on at once.
  c.header('X-Accel-Buffering', 'no')
  const response = streamSSE(c, async stream => {
    try {
      for (let poll = 0; poll < mostPolls && !stream.aborted && !lifecycle.draining; poll++) {
        await requireStillAllowed()
        const rows = await next()
        for (const row of rows.reverse()) {
          const data = JSON.stringify(String(await show(row)))
          await stream.writeSSE({ event: 'row', id: row.id, data })
        }
        if (rows.length === 0 && poll % quietPolls === 0) await stream.writeSSE({ event: 'quiet', data: '' })
        await sleep(pollMs)
      }
    } catch (error) {
      if (!(error instanceof Refusal)) ctx.log.error({ err: error }, 'the live log ended')
    } finally {
      leave(credentialId)
    }
  })
  // Streams are `no-cache` by default, which may still be kept.
  response.headers.set('Cache-Control', 'no-store')
  return response
}

function enter(sessionId: string): void {
  const count = open.get(sessionId) ?? 0
  if (count >= mostPerSession) throw throttled('Too many pages with a live log are open; close some.', 10)
  open.set(sessionId, count + 1)
}

function leave(sessionId: string): void {
  const count = (open.get(sessionId) ?? 1) - 1
  if (count === 0) open.delete(sessionId)
  else open.set(sessionId, count)
}
