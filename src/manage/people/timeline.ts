// The one timeline of somebody: what their directory did, how they signed in, and what else was changed, page by page.
import { idsFrom } from '../../base/id.ts'
import type { Context } from '../../context.ts'
import { lastId } from '../../store/records/audit-about.ts'
import type { Caller } from '../caller.ts'
import { type TimelineEntry, viewEntries } from './entries.ts'
import { type Entry, foldRequests, longestMs, mergeNewest, timeOf } from './folding.ts'
import { type AnyHappening, readAudit, readScim, readSignIns } from './history.ts'
import type { Subject } from './subject.ts'

export type TimelineKind = 'scim' | 'sign-ins' | 'changes'

interface Wish {
  readonly kind: TimelineKind | undefined
  /** Only entries that are older than this one. */
  readonly before: string | undefined
  readonly limit: number
}

/** Newest first. Nothing is counted, and of everything only the newest is read. */
export async function readTimeline(
  ctx: Context,
  caller: Caller,
  { subject, kind, before, limit }: Wish & { subject: Subject },
): Promise<{ entries: TimelineEntry[]; hasOlder: boolean }> {
  // What belongs to the entries before the page is read again, so that none of it stands for itself here.
  const from = before === undefined ? lastId : idsFrom(new Date(timeOf(before) + longestMs + 1))
  const place = { ctx, caller, subject, before: from }
  const found: Entry<AnyHappening>[] = []
  for await (const entry of foldRequests(mergeNewest(sourcesFor(kind, place)))) {
    if (before !== undefined && entry.id >= before) continue
    if (!isWanted(kind, entry)) continue
    found.push(entry)
    if (found.length > limit) break
  }
  const entries = await viewEntries(ctx, subject, found.slice(0, limit))
  return { entries, hasOlder: found.length > limit }
}

function sourcesFor(
  kind: TimelineKind | undefined,
  place: Parameters<typeof readAudit>[0],
): AsyncIterable<AnyHappening>[] {
  switch (kind) {
    case 'scim':
      return [readScim(place), readAudit(place)]
    case 'sign-ins':
      return [readSignIns(place), readAudit(place, 'person')]
    case 'changes':
      return [readAudit(place)]
    case undefined:
      return [readScim(place), readSignIns(place), readAudit(place)]
  }
}

function isWanted(kind: TimelineKind | undefined, { head }: Entry<AnyHappening>): boolean {
  if (kind === undefined || head.kind !== 'audit') return true
  const isSession = head.row.action.startsWith('session.')
  if (kind === 'scim') return head.row.actor_type === 'scim'
  return kind === 'sign-ins' ? isSession : !isSession
}
