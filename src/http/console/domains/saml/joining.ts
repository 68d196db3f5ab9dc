// Who comes in by SAML: people nobody has added, sign-ins that begin over there, and the level that a group gives.
import { html } from 'hono/html'
import { invalid } from '../../../../base/refusal.ts'
import { levels } from '../../../../domain/level.ts'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { levelName } from '../../level.ts'
import { madeFromField } from '../../made-from.ts'
import { refusalNotice } from '../../notice.ts'
import { openForm, refusedIn, type Stage } from '../stage.ts'

/** Of what the form changes. */
export const joiningLabels = {
  jit_provisioning_enabled: 'Anybody who signs in becomes a member (JIT)',
  saml_idp_initiated_enabled: 'A sign-in may start at the identity provider',
  saml_role_mapping: 'Levels by group',
} as const

export function joiningForm(stage: Stage): Markup {
  const { place, progress } = stage
  const { domain } = progress
  const refusal = refusedIn(stage, 'joining')
  const roles = refusal ? (place.form.get('roles') ?? '') : writeRoles(domain.saml_role_mapping)
  const isOn = (name: string, stored: boolean) => (refusal ? place.form.has(name) : stored)
  return html`<details${refusal ? html` open` : ''}><summary>Who may join: ${inWords(domain)} …</summary>
${refusal ? refusalNotice(refusal) : ''}${openForm(
  place,
  { path: '/settings', part: 'saml' },
  html`${madeFromField(domain, joiningLabels, { form: place.form, refusal })}${domain.is_verified ? switchField('jit', isOn('jit', domain.jit_provisioning_enabled), joiningLabels.jit_provisioning_enabled, 'Without it, only members, people with an invite and people pushed by SCIM get in.') : html`<p class="soft">Verify the domain first; then people can join just by signing in (JIT).</p>`}
${switchField('idp_initiated', isOn('idp_initiated', domain.saml_idp_initiated_enabled), joiningLabels.saml_idp_initiated_enabled, 'For tiles on its dashboard. A stolen response could then be used once by somebody else; leave it off if nobody needs it.')}
<p><label for="roles">${joiningLabels.saml_role_mapping}, for members who joined by JIT: one group per line, <code>group = admin</code> or <code>group = member</code></label></p>
<p><textarea id="roles" name="roles" rows="4" maxlength="200000" spellcheck="false" placeholder="Engineering = admin">${roles}</textarea></p>
<p><button>Save who may join</button></p>`,
)}</details>`
}

const inWords = (domain: DomainObject): string =>
  [
    domain.jit_provisioning_enabled ? 'JIT is on' : 'JIT is off',
    domain.saml_idp_initiated_enabled
      ? 'sign-ins may start at the identity provider'
      : 'sign-ins start here only',
  ].join(', ')

const switchField = (name: string, isOn: boolean, label: string, remark: string): Markup =>
  html`<p class="check"><input type="checkbox" id="${name}" name="${name}"${isOn ? html` checked` : ''}><label for="${name}">${label}</label> <span class="soft small">${remark}</span></p>`

const writeRoles = (mapping: DomainObject['saml_role_mapping']): string =>
  Object.entries(mapping ?? {})
    .map(([group, level]) => `${group} = ${levelName(level)}`)
    .join('\n')

const levelWords = new Map<string, number>([
  ['member', levels.member],
  ['admin', levels.admin],
])

/** Null when there is no line. */
export function readRoles(text: string): Record<string, number> | null {
  const roles = new Map<string, { number: number; level: number }>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const number = index + 1
    const [group, level] = readRole(line, number)
    const before = roles.get(group)
    if (before)
      throw refusedLine(
        number,
        `expected each group once; "${group.slice(0, 100)}" stands in line ${before.number} already.`,
      )
    roles.set(group, { number, level })
  }
  return roles.size === 0 ? null : Object.fromEntries([...roles].map(([group, { level }]) => [group, level]))
}

/** A group's name may have an equals sign in it. */
function readRole(line: string, number: number): [string, number] {
  const at = Math.max(0, line.lastIndexOf('='))
  const [group, word] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
  const level = levelWords.get(word.toLowerCase())
  if (group !== '' && level !== undefined) return [group, level]
  throw refusedLine(
    number,
    `expected "group = admin" or "group = member", got "${line.trim().slice(0, 100)}".`,
  )
}

const refusedLine = (number: number, words: string) =>
  invalid('invalid_input', `Line ${number}: ${words}`, 'saml_role_mapping')
