// What each entry of a timeline is told as: one plain sentence, who did it, and where more about it stands.
import { html } from 'hono/html'
import type { Change, ScimRequest, TimelineEntry } from '../../../manage/people/entries.ts'
import type { Markup } from '../../look/page.ts'
import { theirs } from '../../look/words.ts'
import { providerName } from '../log/row.ts'
import { type Words, wordsOf } from './change-words.ts'

export interface Told extends Words {
  /** What to do about it. */
  readonly advice?: string | undefined
  readonly by: Markup
  readonly href: string
}

interface Around {
  /** The names of the organization's domains by their ids. */
  readonly domains: ReadonlyMap<string, string>
  /** Of the users whose timeline it is: what a group's change says of them. */
  readonly userIds: ReadonlySet<string>
}

export function tell(entry: TimelineEntry, around: Around): Told {
  if (entry.kind === 'scim') return tellScim(entry)
  if (entry.kind === 'sign_in') return tellSignIn(entry, around)
  const { first, request } = entry
  return {
    ...wordsOf(first, around.userIds),
    by: request ? byProvider(request) : byActor(first),
    href: request ? logEntry(request) : auditOf(first),
  }
}

const logEntry = ({ domainId, logId }: ScimRequest): string => `/domains/${domainId}/scim-log/${logId}`

const byProvider = ({ provider, tokenHint }: ScimRequest): Markup =>
  html`by ${providerName(provider)}${tokenHint === null ? '' : html`, token <code>…${theirs(tokenHint)}</code>`}`

function tellScim({ request, changes }: TimelineEntry & { kind: 'scim' }): Told {
  return {
    ...kindOf(request, changes),
    sentence: theirs(request.outcome, 240),
    by: byProvider(request),
    href: logEntry(request),
  }
}

/** What shuts somebody out stands out, however well it went. */
function kindOf({ status }: ScimRequest, changes: readonly Change[]): Pick<Told, 'tone' | 'kind'> {
  if (status >= 500) return { tone: 'bad', kind: `SCIM ${status} failed` }
  if (status >= 400) return { tone: 'warn', kind: `SCIM ${status} refused` }
  const ends = changes.map(({ changes: { membership } }) => membership).filter(each => each !== undefined)
  if (ends.some(({ after }) => after === 'suspended')) return { tone: 'bad', kind: 'deactivated' }
  if (ends.some(({ after }) => after === null)) return { tone: 'bad', kind: 'removed' }
  return { tone: 'good', kind: `SCIM ${status} ok` }
}

const kinds = {
  sp: 'Signed in',
  idp: 'Signed in, beginning at the identity provider,',
  test: 'Tried the test sign-in',
} as const

function tellSignIn(
  { attempt: { domainId, signInId, kind, code, advice }, changes }: TimelineEntry & { kind: 'sign_in' },
  { domains }: Around,
): Told {
  const at = html`through SAML of ${domains.get(domainId) ?? 'a domain that is gone'}`
  const joined = changes.some(({ action }) => action === 'member.joined')
  return {
    tone: code === null ? 'good' : 'bad',
    kind: kind === 'test' ? 'test sign-in' : code === null ? 'signed in' : 'sign-in refused',
    sentence:
      code === null
        ? html`${kinds[kind]} ${at}${joined ? ', and joined by it' : ''}`
        : html`Was refused ${at}: <code>${code}</code>`,
    advice: advice ?? undefined,
    by: html``,
    href: `/sign-ins/${domainId}/${signInId}`,
  }
}

const auditOf = ({ requestId, target }: Change): string =>
  requestId !== null && /^[\w.-]{1,128}$/.test(requestId)
    ? `/audit?${new URLSearchParams({ request: requestId })}`
    : `/audit?${new URLSearchParams({ what: target.id })}`

const actors: Readonly<Record<string, string>> = {
  api_key: 'with the API key ',
  set_up_link: 'with the set-up link ',
  scim: 'by SCIM of ',
  saml: 'by SAML of ',
}

const byActor = ({ by: { type, label }, ip }: Change): Markup =>
  html`${actors[type] ?? 'by '}${theirs(label, 80)}${ip === null || type === 'scim' ? '' : html` from ${ip}`}`
