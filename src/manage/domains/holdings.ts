// What goes with a domain when it is given up, counted.
import type { Context } from '../../context.ts'
import { countRowsUpTo, countSessionsThrough } from '../../store/domain/holdings.ts'
import { countMembersOn } from '../../store/organization/members/by-domain.ts'
import { countSetUpLinks } from '../../store/organization/set-up-links.ts'
import { countResources } from '../../store/resources/counts.ts'
import { listPeopleLevelledBy } from '../../store/resources/group-levels.ts'
import type { Caller } from '../caller.ts'
import { readDomain } from './domains.ts'
import type { DomainObject } from './view.ts'

export interface Holdings {
  readonly domain: DomainObject
  readonly users: number
  readonly groups: number
  readonly tokens: number
  /** That are not over. */
  readonly setUpLinks: number
  /** Rows of its logs; counted up to `mostCounted`. */
  readonly requests: number
  readonly signIns: number
  readonly sessions: number
  /** Members whose level one of its groups gives. */
  readonly levels: number
  /** Members whose address is on it: they stay. */
  readonly members: number
}

export const mostCounted = 10_000

export async function readHoldings(ctx: Context, caller: Caller, id: string): Promise<Holdings> {
  const { db } = ctx
  const domain = await readDomain(ctx, caller, id)
  const now = ctx.now().toISOString()
  const bound = { domainId: id, most: mostCounted }
  return {
    domain,
    users: await countResources(db, id, 'User'),
    groups: await countResources(db, id, 'Group'),
    tokens: domain.scim_tokens.length,
    setUpLinks: await countSetUpLinks(db, caller.organizationId, { domainId: id, liveAt: now }),
    requests: await countRowsUpTo(db, 'scim_log', bound),
    signIns: await countRowsUpTo(db, 'sign_ins', bound),
    sessions: await countSessionsThrough(db, id, now),
    levels: (await listPeopleLevelledBy(db, caller.organizationId, id)).length,
    members: await countMembersOn(db, caller.organizationId, domain.domain),
  }
}
