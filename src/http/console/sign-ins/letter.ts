// What to send to whoever administers the identity provider: plain words, with our values and nothing secret.
import type { SignInEntry } from '../../../manage/sign-ins/entry.ts'
import { failedStepOf } from '../../../manage/sign-ins/view.ts'
import { type OurValues, valueWords } from '../../attempt/explained.ts'
import { beginningWithin, readable } from '../../look/words.ts'
import { clockWords } from './clocks.ts'
import { oursOf } from './ours.ts'

/** Of one that was refused. Nobody's text begins a line of its own in it. */
export function letterFor(entry: SignInEntry, baseUrl: string): string {
  const { signIn, domain, explanation } = entry
  const failed = failedStepOf(signIn.steps)
  const ours = oursOf(domain)
  return [
    `A sign-in to ${baseUrl} was refused: ${lowerFirst(explanation?.title ?? 'it was not accepted')}.`,
    table([
      ['When', `${signIn.created_at.slice(0, 19).replace('T', ' ')} UTC`],
      ['Domain', domain.domain],
      ['Person', entry.address ?? 'not known'],
      ['Code', signIn.code ?? ''],
      ['Trace id', signIn.trace_id],
      ['Expected', failed?.expected ?? ''],
      ['Got', withoutName(failed?.got ?? '', entry)],
      ...(isAboutTime(signIn.code) ? [['Clocks', clockWords(signIn) ?? ''] as const] : []),
    ]),
    toChange(entry),
    `Our values\n${table(Object.entries(ours).map(([name, value]) => [valueWords[name as keyof OurValues], value] as const))}`,
  ].join('\n\n')
}

function toChange(entry: SignInEntry): string {
  const { explanation } = entry
  const steps = (explanation?.fix ?? []).map((step, at) => `  ${at + 1}. ${step}`)
  const [place, ...others] = explanation?.places ?? []
  const where = place && others.length === 0 ? [`  At ${place.provider}: ${place.field}`] : []
  return [
    'What to change',
    `  ${plain(withoutName(entry.signIn.advice ?? '', entry))}`,
    ...steps,
    ...where,
  ].join('\n')
}

const isAboutTime = (code: string | null) => code === 'saml_expired' || code === 'saml_not_yet_valid'

/** A NameID may say more about a person than their address does. */
const withoutName = (text: string, { address, signIn: { name_id: name } }: SignInEntry): string =>
  name === null || name.length < shortestName || name.toLowerCase() === address
    ? text
    : text.replaceAll(name, '…')

const shortestName = 4

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${`${name}:`.padEnd(width)}${plain(value)}`)
    .join('\n')
}

/** Of a page. */
const mostBytes = 600

const plain = (text: string): string => readable(beginningWithin(text, mostBytes)).replaceAll(/\s+/g, ' ')

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1)
