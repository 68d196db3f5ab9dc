// The filters of the sign-ins as they stand in the URL of their page.
import { readId } from '../../../base/id.ts'
import { refusalTitles, type SignInSearch } from '../../../manage/sign-ins/list.ts'
import { readChoice, readSearch } from '../../look/filters.ts'
import { spans } from '../log/filters.ts'

export const kinds = [
  ['sp', 'begun here'],
  ['idp', 'begun at the provider'],
  ['test', 'test'],
] as const

export const outcomes = [
  ['accepted', 'accepted'],
  ['refused', 'refused'],
] as const

export interface Filters {
  readonly outcome?: (typeof outcomes)[number][0] | undefined
  readonly code?: string | undefined
  readonly kind?: (typeof kinds)[number][0] | undefined
  readonly domain?: string | undefined
  readonly within?: (typeof spans)[number][0] | undefined
  readonly q?: string | undefined
  readonly person?: string | undefined
}

/** What is not one of the choices is left out. */
export function readFilters(params: URLSearchParams): Filters {
  return {
    outcome: readChoice(params, 'outcome', outcomes),
    code: readChoice(params, 'code', refusalTitles),
    kind: readChoice(params, 'kind', kinds),
    domain: readId(params.get('domain') ?? ''),
    within: readChoice(params, 'within', spans),
    q: readSearch(params) || undefined,
    person: readId(params.get('person') ?? ''),
  }
}

export function searchFor({ q, ...filters }: Filters, now: Date): SignInSearch {
  const span = spans.find(([name]) => name === filters.within)
  return {
    domainId: filters.domain,
    kind: filters.kind,
    outcome: filters.outcome,
    code: filters.code,
    personId: filters.person,
    after: span && new Date(now.getTime() - span[2] * 3_600_000).toISOString(),
    ...(q !== undefined && termFor(q)),
  }
}

/** A trace id or a whole address is sought exactly, for which there are indexes. */
function termFor(q: string): Pick<SignInSearch, 'traceId' | 'email' | 'search'> {
  const id = readId(q)
  if (id !== undefined) return { traceId: id }
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(q) ? { email: q.toLowerCase() } : { search: q }
}

/** With its `?`, or empty. */
export function queryOf(filters: Filters, more: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries({ ...filters, ...more }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

export const isFiltered = (filters: Filters): boolean => queryOf(filters) !== ''
