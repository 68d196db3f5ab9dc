// Whom a sign-in is about, where and when it began, both clocks, and what became of it.
import { html } from 'hono/html'
import type { SignInEntry } from '../../../manage/sign-ins/entry.ts'
import type { Markup } from '../../look/page.ts'
import { on, state, theirs } from '../../look/words.ts'
import { levelName } from '../level.ts'
import { apart, theirTime } from './clocks.ts'
import { whom } from './row.ts'

/** `clockSkewSeconds`: by how much the clocks may differ. */
export function facts(entry: SignInEntry, clockSkewSeconds: number): Markup {
  const { signIn, domain, person } = entry
  return html`<dl><dt>When</dt><dd>${on(signIn.created_at)} <span class="soft">(${signIn.created_at})</span></dd>
<dt>Person</dt><dd>${whom({ ...signIn, person })}${person !== null && signIn.email !== null && person.name !== signIn.email ? html` <span class="soft">${theirs(signIn.email)}</span>` : ''}</dd>
${signIn.name_id === null ? '' : html`<dt>NameID</dt><dd><code>${theirs(signIn.name_id)}</code></dd>`}
<dt>Domain</dt><dd><a href="/domains/${domain.id}">${domain.domain}</a></dd>
<dt>Began</dt><dd>${began(entry)}</dd>
<dt>Clocks</dt><dd>${clocks(entry, clockSkewSeconds)}</dd>
${signIn.outcome === 'refused' ? html`<dt>What became of it</dt><dd>Nobody was signed in.</dd>` : ''}
<dt>From</dt><dd>${signIn.ip === null ? '–' : html`<code>${theirs(signIn.ip, 60)}</code>`}</dd>
<dt>Trace id</dt><dd><code>${theirs(signIn.trace_id)}</code></dd></dl>`
}

function began({ signIn }: SignInEntry): Markup | string {
  const { kind, request_id: id, requested_at: at } = signIn
  if (kind === 'idp') return 'at the identity provider: nobody here had asked'
  const where = kind === 'test' ? 'here, as a test' : 'here'
  if (id === null || at === null) return `${where}; the request is not known any more`
  const seconds = (Date.parse(signIn.created_at) - Date.parse(at)) / 1000
  return html`${where}, ${spanOf(seconds)} before the answer came <span class="soft">(${at})</span><br><span class="small soft">Request <code>${id}</code></span>`
}

const spanOf = (seconds: number): string =>
  seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`

function clocks({ signIn }: SignInEntry, clockSkewSeconds: number): Markup | string {
  const at = theirTime(signIn)
  const offset = signIn.idp_clock_offset_ms
  if (at === undefined || offset === null)
    return 'not known: the response was not read so far, or does not say when it was made'
  const isFar = Math.abs(offset) > clockSkewSeconds * 1000
  return html`${state(isFar ? 'bad' : 'good', apart(offset))}
<br><span class="small soft">ours ${signIn.created_at.slice(11, 23)}, theirs ${at.slice(11, 23)} UTC, the way included; ${clockSkewSeconds} s are allowed</span>`
}

const ways = {
  membership: 'already in the organization',
  invite: 'by an invite',
  jit: 'joined by just-in-time provisioning',
}

/** Of one that was accepted. */
export function became({ signIn, isSessionOpen }: SignInEntry): Markup | string {
  const { kind, result } = signIn
  if (kind === 'test') return 'Nobody was signed in: it was a test.'
  if (result === null) return 'The person was signed in.'
  const session = isSessionOpen
    ? html`The session is open until ${on(result.session_ends_at)}.`
    : html`The session has ended; it could have lasted until ${on(result.session_ends_at)}.`
  return html`Let in as ${levelName(result.level)}, ${ways[result.by]}${result.is_new_person ? '; the person was made by it' : ''}. ${session}`
}
