// The live log: rows as server-sent events, read from the log itself so that it does not matter which process wrote them.
import { setTimeout as sleep } from 'node:timers/promises'
import { streamSSE } from 'hono/streaming'
import { readId } from '../../../base/id.ts'
import { Refusal, throttled } from '../../../base/refusal.ts'
import { authenticateSession, enterOrganization, requireLevel } from '../../../manage/caller.ts'
import { requireDomain } from '../../../manage/domains/domains.ts'
import { followLog } from '../../../manage/domains/scim-log-view.ts'
import { readSessionCookie } from '../../cookies.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { readFilters, searchFor } from './filters.ts'
import { logRow } from './row.ts'

const pollMs = 1000
/** Something is said so often, so that proxies keep the connection and one that broke is noticed. */
const quietPolls = 15
/** After so many polls the browser connects again by itself. */
const mostPolls = 600
const mostPerSession = 6

const open = new Map<string, number>()

export async function followLive(call: OrganizationCall): Promise<Response> {
  const { ctx, c, principal, lifecycle } = call
  const domain = await requireDomain(ctx, call.caller, idIn(call, 'id'))
  const params = new URL(c.req.url).searchParams
  const filters = readFilters(params)
  // No `within`: what is new is within it.
  const { after: _, ...search } = searchFor(filters, ctx.now())
  const sinceId = readId(c.req.header('last-event-id') ?? '') ?? readId(params.get('since') ?? '') ?? ''
  const next = followLog(ctx, domain.id, { search, sinceId })
  enter(principal.credentialId)
  // Says to proxies of the nginx kind that each row is to be passed on at once.
  c.header('X-Accel-Buffering', 'no')
  const response = streamSSE(c, async stream => {
    try {
      for (let poll = 0; poll < mostPolls && !stream.aborted && !lifecycle.draining; poll++) {
        await requireStillAllowed(call)
        const rows = await next()
        for (const row of rows.reverse()) {
          const markup = await logRow(row, { domainId: domain.id, filters, now: ctx.now() })
          await stream.writeSSE({ event: 'row', id: row.id, data: JSON.stringify(String(markup)) })
        }
        if (rows.length === 0 && poll % quietPolls === 0) await stream.writeSSE({ event: 'quiet', data: '' })
        await sleep(pollMs)
      }
    } catch (error) {
      if (!(error instanceof Refusal)) ctx.log.error({ err: error }, 'the live log ended')
    } finally {
      leave(principal.credentialId)
    }
  })
  // Streams are `no-cache` by default, which may still be kept.
  response.headers.set('Cache-Control', 'no-store')
  return response
}

/** Whoever signs out, or is no administrator any more, sees no more. */
async function requireStillAllowed(call: OrganizationCall): Promise<void> {
  const { ctx, c } = call
  const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
  const principal = await authenticateSession(ctx, readSessionCookie(c, ctx.config) ?? '', origin)
  const caller = await enterOrganization(ctx, principal, '@current')
  requireLevel(caller, 'admin')
  await requireDomain(ctx, caller, idIn(call, 'id'))
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
