// The filters of the SCIM log as they stand in the URL of its page.
import { readId } from '../../../base/id.ts'
import { storableText } from '../../../base/storable.ts'
import type { LogSearch } from '../../../manage/domains/scim-log/search.ts'
import type { IdentityProvider } from '../../../scim/identity-provider.ts'

export const statusClasses = [
  ['ok', 'ok', 200, 399],
  ['4xx', 'refused (4xx)', 400, 499],
  ['5xx', 'failed (5xx)', 500, 599],
] as const

const changes = 'changes'

export const methods = [
  [changes, 'all but GET'],
  ['GET', 'GET'],
  ['POST', 'POST'],
  ['PUT', 'PUT'],
  ['PATCH', 'PATCH'],
  ['DELETE', 'DELETE'],
] as const

export const providers = [
  ['okta', 'Okta'],
  ['entra_id', 'Entra ID'],
  ['google', 'Google'],
  ['onelogin', 'OneLogin'],
  ['jumpcloud', 'JumpCloud'],
  ['ping', 'Ping'],
  ['rippling', 'Rippling'],
  ['other', 'other'],
] as const satisfies readonly (readonly [IdentityProvider, string])[]

export const spans = [
  ['1h', 'last hour', 1],
  ['24h', 'last day', 24],
  ['7d', 'last week', 7 * 24],
  ['30d', 'last 30 days', 30 * 24],
] as const

const names = ['status', 'method', 'provider', 'within', 'from', 'to', 'q', 'person', 'token'] as const
type FilterName = (typeof names)[number]

/** What was asked for, as it came; what is not one of the choices is left out. */
export type Filters = Readonly<Partial<Record<FilterName, string>>>

const isOneOf = (choices: readonly (readonly [string, ...unknown[]])[], text: string) =>
  choices.some(([name]) => name === text)

/** A minute as browsers write it, in UTC: `2026-01-31T09:30`; some add seconds. */
const isMinute = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) && !Number.isNaN(Date.parse(`${text}Z`))

const checks: Readonly<Record<FilterName, (text: string) => boolean>> = {
  status: text => isOneOf(statusClasses, text),
  method: text => isOneOf(methods, text),
  provider: text => isOneOf(providers, text),
  within: text => isOneOf(spans, text),
  from: isMinute,
  to: isMinute,
  q: text => text.length <= 200,
  person: text => readId(text) !== undefined,
  token: text => /^[\w-]{1,8}$/.test(text),
}

export function readFilters(params: URLSearchParams): Filters {
  const given = names.flatMap(name => {
    const text = storableText(params.get(name)?.trim() ?? '')
    return text !== '' && checks[name](text) ? [[name, text] as const] : []
  })
  return Object.fromEntries(given)
}

export function searchFor(filters: Filters, now: Date): LogSearch {
  const { method } = filters
  const status = statusClasses.find(([name]) => name === filters.status)
  return {
    statusMin: status?.[2],
    statusMax: status?.[3],
    method: method === changes ? undefined : method,
    isChange: method === changes ? true : undefined,
    identityProvider: filters.provider,
    ...timesOf(filters, now),
    search: filters.q,
    resourceId: filters.person && readId(filters.person),
    tokenHint: filters.token,
  }
}

/** Of two beginnings the later one counts; the minute that `to` names belongs to it. */
function timesOf({ within, from, to }: Filters, now: Date): Pick<LogSearch, 'after' | 'before'> {
  const span = spans.find(([name]) => name === within)
  const begin = span && new Date(now.getTime() - span[2] * 3_600_000)
  return {
    after: [begin, from && new Date(`${from}Z`)]
      .flatMap(each => (each ? each.toISOString() : []))
      .sort()
      .at(-1),
    before: to && new Date(Date.parse(`${to}Z`) + 59_999).toISOString(),
  }
}

/** With its `?`, or empty. */
export function queryOf(filters: Filters, more: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams({ ...filters, ...more }).toString()
  return text === '' ? '' : `?${text}`
}
