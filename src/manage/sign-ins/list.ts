// The sign-ins of an organization as people look at them: from any one on, over all domains or one, and as they come.
import { idsFrom } from '../../base/id.ts'
import type { Context } from '../../context.ts'
import { explainRefusal } from '../../saml/explain.ts'
import type { RefusalCode } from '../../saml/refusal.ts'
import { listDomainNames } from '../../store/domain/domains.ts'
import {
  findSignInEdge,
  listSignInHeads,
  type SignInHead,
  type SignInPlace,
  type SignInSearch,
} from '../../store/sign-in/sign-ins.ts'
import type { Caller } from '../caller.ts'
import { requireDomain } from '../domains/domains.ts'
import { followRows } from '../following.ts'
import { type NamedPerson, namePeople } from './people.ts'
import { failedStepOf, type Step, stepsOf } from './view.ts'

export { refusalTitles } from '../../saml/explain.ts'

export type { SignInSearch }

export interface ListedSignIn
  extends Pick<
    SignInHead,
    'id' | 'domain_id' | 'created_at' | 'kind' | 'outcome' | 'code' | 'email' | 'name_id' | 'duration_ms'
  > {
  readonly domain: string
  /** Null for somebody who is no member. */
  readonly person: NamedPerson | null
  /** Why it was refused, in words. */
  readonly reason: string | null
  /** The check that it did not get past. */
  readonly stoppedAt: Step['name'] | null
}

export interface NamedDomain {
  readonly id: string
  readonly name: string
}

/** So many are offered to choose from. */
const mostDomains = 500

export const readDomainNames = (ctx: Context, { organizationId }: Caller): Promise<NamedDomain[]> =>
  listDomainNames(ctx.db, organizationId, mostDomains)

interface Wanted {
  readonly search: SignInSearch
  readonly limit: number
  /** Only older ones than this. */
  readonly beforeId?: string | undefined
  /** A text within others is in no index: so many rows are looked through for it at once. */
  readonly rowsLookedThrough?: number
}

interface SignInPage {
  readonly rows: ListedSignIn[]
  readonly hasOlder: boolean
  /** How far back was looked, where that is not everything; older ones than this may fit as well. */
  readonly lookedTo: { readonly id: string; readonly created_at: string } | undefined
}

const usuallyLookedThrough = 20_000

/** Newest first. Nothing is counted: of millions that takes longer than reading the page. */
export async function readSignInPage(
  ctx: Context,
  caller: Caller,
  { search, limit, beforeId, rowsLookedThrough: rows = usuallyLookedThrough }: Wanted,
): Promise<SignInPage> {
  const place = await placeOf(ctx, caller, search)
  const edge =
    search.search === undefined ? undefined : await findSignInEdge(ctx.db, place, { search, rows, beforeId })
  // The same bound once more, by which the key is searched.
  const sinceId = search.after === undefined ? undefined : idsFrom(new Date(search.after))
  const fromId = edge?.id ?? sinceId
  const heads = await listSignInHeads(ctx.db, place, { search, limit: limit + 1, beforeId, fromId })
  const hasOlder = heads.length > limit
  const shown = await describe(ctx, caller, heads.slice(0, limit))
  return { rows: shown, hasOlder, lookedTo: hasOlder ? undefined : edge }
}

/** What is new since the last time that it was asked, newest first. */
export async function followSignIns(
  ctx: Context,
  caller: Caller,
  { search, sinceId }: { search: SignInSearch; sinceId: string },
): Promise<() => Promise<ListedSignIn[]>> {
  const place = await placeOf(ctx, caller, search)
  const next = followRows(ctx, {
    list: ({ afterId: fromId, limit }) => listSignInHeads(ctx.db, place, { search, limit, fromId }),
    sinceId,
  })
  return async () => describe(ctx, caller, await next())
}

async function placeOf(ctx: Context, caller: Caller, { domainId }: SignInSearch): Promise<SignInPlace> {
  if (domainId !== undefined) await requireDomain(ctx, caller, domainId)
  return { organizationId: caller.organizationId }
}

/** With the names of domains and people. */
export async function describe(
  ctx: Context,
  caller: Caller,
  heads: readonly SignInHead[],
): Promise<ListedSignIn[]> {
  if (heads.length === 0) return []
  const [domains, personOf] = await Promise.all([
    readDomainNames(ctx, caller),
    namePeople(ctx, caller.organizationId, heads),
  ])
  const names = new Map(domains.map(({ id, name }) => [id, name]))
  return heads.map(head => {
    const failed = failedStepOf(stepsOf(head))
    return {
      id: head.id,
      domain_id: head.domain_id,
      created_at: head.created_at,
      kind: head.kind,
      outcome: head.outcome,
      code: head.code,
      email: head.email,
      name_id: head.name_id,
      duration_ms: head.duration_ms,
      domain: names.get(head.domain_id) ?? head.domain_id,
      person: personOf(head),
      reason: head.code && explainRefusal(head.code as RefusalCode, undefined, failed?.name).title,
      stoppedAt: failed?.name ?? null,
    }
  })
}
