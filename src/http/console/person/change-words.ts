// What a change in the audit log is told as in the timeline of whom it is about.
import { html } from 'hono/html'
import type { Change } from '../../../manage/people/entries.ts'
import type { Markup } from '../../look/page.ts'
import { type Tone, theirs } from '../../look/words.ts'
import { levelName } from '../level.ts'

export interface Words {
  readonly tone: Tone
  /** The kind of thing, in a word or two. */
  readonly kind: string
  readonly sentence: Markup
}

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
  'api_key.closed': ({ target }) => keyWords(target, 'no longer opens this organization', 'off'),
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

/** `userIds`: of the users whose timeline it is, for what the change of a group says of them. */
export function wordsOf(change: Change, userIds: ReadonlySet<string>): Words {
  const { action, target, changes } = change
  const within = (ids: unknown) => Array.isArray(ids) && ids.some(id => userIds.has(String(id)))
  if (target.type === 'group' && within(changes.members?.after))
    return { tone: 'good', kind: 'group', sentence: html`Joined the group ${theirs(target.label, 80)}` }
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
