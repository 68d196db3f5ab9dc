// The filters of the audit log as they stand in the URL of its page.
import { readId } from '../../../base/id.ts'
import type { Actor } from '../../../domain/actor.ts'
import type { AuditFilter } from '../../../manage/audit.ts'
import { readChoice, readSearch } from '../../look/filters.ts'

export const actors = [
  ['user', 'a person'],
  ['api_key', 'an API key'],
  ['scim', 'SCIM'],
  ['saml', 'SAML'],
  ['set_up_link', 'a set-up link'],
  ['operator', 'the operator'],
  ['system', 'the server itself'],
] as const satisfies readonly (readonly [Actor['type'], string])[]

/** What actions begin with. */
export const areas = [
  ['member', 'members'],
  ['invite', 'invites'],
  ['session', 'sessions'],
  ['api_key', 'API keys'],
  ['user', 'users of SCIM'],
  ['group', 'groups'],
  ['domain', 'domains'],
  ['scim', 'SCIM tokens and schemas'],
  ['setup', 'set-up'],
  ['set_up_link', 'set-up links'],
  ['organization', 'the organization'],
  ['project', 'projects'],
  ['integration', 'integrations'],
  ['legal_document', 'legal documents'],
] as const

export const spans = [
  ['1h', 'last hour', 1],
  ['24h', 'last day', 24],
  ['7d', 'last week', 7 * 24],
  ['30d', 'last 30 days', 30 * 24],
  ['1y', 'last year', 365 * 24],
] as const

const names = ['q', 'by', 'area', 'within', 'action', 'who', 'what', 'request'] as const

/** As they came; what cannot be is left out. */
export type Filters = Readonly<Partial<Record<(typeof names)[number], string>>>

export function readFilters(params: URLSearchParams): Filters {
  const all: Record<(typeof names)[number], string | undefined> = {
    q: readSearch(params),
    by: readChoice(params, 'by', actors),
    area: readChoice(params, 'area', areas),
    within: readChoice(params, 'within', spans),
    action: /^[a-z_]{1,40}\.[a-z_]{1,40}$/.exec(params.get('action') ?? '')?.[0],
    who: readId(params.get('who') ?? ''),
    what: /^[\w-]{1,64}$/.exec(params.get('what') ?? '')?.[0],
    request: /^[\w.-]{1,128}$/.exec(params.get('request') ?? '')?.[0],
  }
  return Object.fromEntries(names.flatMap(name => (all[name] ? [[name, all[name]]] : [])))
}

export function searchFor(filters: Filters, now: Date): AuditFilter {
  const hours = spans.find(([name]) => name === filters.within)?.[2]
  return {
    search: filters.q,
    actorType: actors.find(([type]) => type === filters.by)?.[0],
    actionArea: filters.area,
    after: hours === undefined ? undefined : new Date(now.getTime() - hours * 3_600_000).toISOString(),
    action: filters.action,
    actorId: filters.who,
    targetId: filters.what,
    requestId: filters.request,
  }
}

/** With its `?`, or empty. */
export function queryOf(filters: Filters, more: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams({ ...filters, ...more }).toString()
  return text === '' ? '' : `?${text}`
}
