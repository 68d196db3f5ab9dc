// What each entry of a timeline is told as: one plain sentence, who did it, and where more about it stands.
import { html } from 'hono/html'
import type { Change, ScimRequest, TimelineEntry } from '../../../manage/people/timeline.ts'
import type { Markup } from '../../look/page.ts'
import { type Tone, theirs } from '../../look/words.ts'
import { levelName } from '../level.ts'
import { providerName } from '../log/row.ts'

export interface Told {
  readonly tone: Tone
  /** The kind of thing, in a word or two. */
  readonly kind: string
  readonly sentence: Markup
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
    ...tellChange(first, around),
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
    sentence: theirs(request.outcome, 400),
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
    by: html`by the identity provider`,
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

type Words = Pick<Told, 'tone' | 'kind' | 'sentence'>

const level = (value: unknown): string => (typeof value === 'number' ? levelName(value) : 'nothing')

const origins: Readonly<Record<string, string>> = {
  jit: 'just in time',
  invite: 'by an invite',
  scim: 'by SCIM',
  founder: 'as its founder',
}

const methods: Readonly<Record<string, string>> = {
  saml: 'through SAML',
  email: 'by a link in a mail',
  owner: 'by a link that the operator made',
}

const keyWords = ({ label }: Change['target'], became: string, tone: Tone): Words => ({
  tone,
  kind: 'API key',
  sentence: html`The API key ${theirs(label, 80)} ${became}`,
})

/** An action that is not here is told by its own name. */
const sentences: Readonly<Record<string, (change: Change) => Words>> = {
  'session.created': ({ changes }) => ({
    tone: 'good',
    kind: 'signed in',
    sentence: html`Signed in ${methods[String(changes.method?.after)] ?? ''}`,
  }),
  'session.ended': ({ target, changes }) => ({
    tone: 'off',
    kind: 'session',
    sentence:
      target.type === 'session'
        ? html`Signed out`
        : html`All sessions were ended${typeof changes.sessions?.before === 'number' ? `: ${changes.sessions.before}` : ''}`,
  }),
  'member.joined': ({ changes }) => ({
    tone: 'good',
    kind: 'membership',
    sentence: html`Joined ${origins[String(changes.origin?.after)] ?? ''} as ${level(changes.level?.after)}`,
  }),
  'member.level_changed': ({ changes }) => ({
    tone: 'warn',
    kind: 'level',
    sentence: html`The level changed from ${level(changes.level?.before)} to ${level(changes.level?.after)}${changes.group?.after ? ', by a group' : ''}`,
  }),
  'member.removed': () => ({
    tone: 'bad',
    kind: 'membership',
    sentence: html`Removed from the organization`,
  }),
  'organization.created': () => ({
    tone: 'good',
    kind: 'membership',
    sentence: html`Became the owner of the new organization`,
  }),
  'invite.created': ({ changes }) => ({
    tone: 'good',
    kind: 'invite',
    sentence: html`Invited as ${level(changes.level?.after)}`,
  }),
  'invite.deleted': () => ({ tone: 'warn', kind: 'invite', sentence: html`The invite was withdrawn` }),
  'invite.resent': () => ({ tone: 'good', kind: 'invite', sentence: html`The invite was sent again` }),
  'setup.delegated': () => ({ tone: 'good', kind: 'invite', sentence: html`Was asked to finish the set-up` }),
  'api_key.created': ({ target }) => keyWords(target, 'was made', 'warn'),
  'api_key.deleted': ({ target }) => keyWords(target, 'was ended', 'off'),
  'api_key.closed': ({ target }) => keyWords(target, 'opens this organization no more', 'off'),
  'identity.unlinked': ({ changes }) => ({
    tone: 'warn',
    kind: 'name',
    sentence: html`Untied from the name <code>${theirs(String(changes.name_id?.before), 80)}</code> at ${theirs(String(changes.domain?.before), 80)}`,
  }),
  'owner_link.created': () => ({
    tone: 'warn',
    kind: 'owner link',
    sentence: html`A link was made that lets them in once`,
  }),
  'user.created': () => ({ tone: 'good', kind: 'SCIM', sentence: html`Their user was created` }),
  'user.deleted': () => ({ tone: 'bad', kind: 'SCIM', sentence: html`Their user was deleted` }),
  'user.updated': ({ changes }) => ({
    tone: changes.active?.after === false ? 'bad' : 'good',
    kind: 'SCIM',
    sentence:
      changes.active === undefined
        ? html`Their user was changed`
        : html`Their user was ${changes.active.after === false ? 'deactivated' : 'activated'}`,
  }),
}

function tellChange(change: Change, { userIds }: Around): Words {
  const { action, target, changes } = change
  const within = (ids: unknown) => Array.isArray(ids) && ids.some(id => userIds.has(String(id)))
  if (target.type === 'group' && within(changes.members?.after))
    return { tone: 'good', kind: 'group', sentence: html`Came into the group ${theirs(target.label, 80)}` }
  if (target.type === 'group' && within(changes.members?.before))
    return { tone: 'warn', kind: 'group', sentence: html`Left the group ${theirs(target.label, 80)}` }
  return (
    sentences[action]?.(change) ?? {
      tone: 'off',
      kind: 'change',
      sentence: html`<code>${action}</code> of ${theirs(target.label, 80)}`,
    }
  )
}
