// The filters and the order of the list of members as they stand in its URL.
import { levels } from '../../../domain/level.ts'
import type { MemberQuery } from '../../../manage/members.ts'
import { readChoice, readPage, readSearch } from '../../look/filters.ts'

export const levelChoices = [
  ['member', 'member', levels.member],
  ['admin', 'admin', levels.admin],
  ['owner', 'owner', levels.owner],
] as const

export const origins = [
  ['scim', 'SCIM'],
  ['jit', 'JIT'],
  ['invite', 'invite'],
  ['founder', 'by hand'],
] as const

export const statuses = [
  ['active', 'active'],
  ['suspended', 'suspended'],
] as const

export const orders = [
  ['newest', 'newest first', 'joined', 'desc'],
  ['oldest', 'oldest first', 'joined', 'asc'],
  ['name', 'by name', 'name', 'asc'],
  ['-name', 'by name, from Z', 'name', 'desc'],
  ['seen', 'last seen first', 'signed_in', 'desc'],
  ['unseen', 'longest unseen first', 'signed_in', 'asc'],
] as const

const [byDefault] = orders

export interface Filters {
  readonly q: string
  readonly level: (typeof levelChoices)[number][0] | undefined
  readonly origin: (typeof origins)[number][0] | undefined
  readonly status: (typeof statuses)[number][0] | undefined
  readonly order: (typeof orders)[number][0]
  readonly page: number
}

export const readFilters = (params: URLSearchParams): Filters => ({
  q: readSearch(params),
  level: readChoice(params, 'level', levelChoices),
  origin: readChoice(params, 'origin', origins),
  status: readChoice(params, 'status', statuses),
  order: readChoice(params, 'order', orders) ?? byDefault[0],
  page: readPage(params),
})

export function queryFor(filters: Filters, limit: number): MemberQuery {
  const [, , by, order] = orders.find(([name]) => name === filters.order) ?? byDefault
  return {
    search: filters.q || undefined,
    level: levelChoices.find(([name]) => name === filters.level)?.[2],
    origin: filters.origin,
    status: filters.status,
    by,
    order,
    limit,
    offset: (filters.page - 1) * limit,
  }
}

/** All but the page, as the URL has them. */
export function paramsOf({ page: _, ...filters }: Filters): Record<string, string> {
  const set = Object.entries(filters).filter(
    ([name, value]) => value && !(name === 'order' && value === byDefault[0]),
  )
  return Object.fromEntries(set.map(([name, value]) => [name, String(value)]))
}
