// Which attributes tell who a person is, and how such a value is shown in a log.

import { userSchema } from '../schemas/user.ts'

const personal: ReadonlySet<string> = new Set([
  // What directories call these where their mapping is wrong; no schema has it, and the log must not keep it.
  'givenname',
  'familyname',
  'firstname',
  'lastname',
  'fullname',
  'email',
  'mail',
  'login',
  'phone',
  'mobile',
  'userprincipalname',
  // What the schemas have.
  'username',
  'displayname',
  'nickname',
  'profileurl',
  'name',
  'emails',
  'phonenumbers',
  'addresses',
  'ims',
  'photos',
])

/** "work", "mobile" and the like: labels that tell nothing of a person. */
const labels: ReadonlySet<string> = new Set(
  userSchema.attributes.flatMap(each => each.subAttributes ?? []).flatMap(sub => sub.canonicalValues ?? []),
)

export const hidden = '***'

/** The names in a path, lower-cased, without filter and URN: `urn:…:User:name.familyName` is `name`, `familyname`. */
export function namesOf(path: string): readonly string[] {
  if (/^\w*$/.test(path)) return [path.toLowerCase()]
  const plain = path.replace(/\[[^\]]*\]?/g, '')
  return plain
    .slice(plain.lastIndexOf(':') + 1)
    .toLowerCase()
    .split('.')
}

/** `names` lead from the outside in: `manager`, `displayname`. */
export const isPersonal = (names: readonly string[]): boolean =>
  holdPersonal(names) || isNameOfMember(names.at(-2), names.at(-1))

/** Whether one of them makes all that stands within it personal. */
export function holdPersonal(names: readonly string[]): boolean {
  for (const name of names) if (personal.has(name)) return true
  return false
}

export const isNameOfMember = (outer: string | undefined, name: string | undefined): boolean =>
  name === 'display' && outer === 'members'

/** Names of attributes, lower-cased, besides `password`. */
export type Secrets = ReadonlySet<string>

export const noSecrets: Secrets = new Set()

export function isSecret(names: readonly string[], secrets: Secrets = noSecrets): boolean {
  for (const name of names) if (name === 'password' || secrets.has(name)) return true
  return false
}

export const isLabel = (name: string | undefined, value: string): boolean =>
  name === 'type' && labels.has(value)

/** First character, `***`, last character; an address keeps its domain; one or two characters vanish. */
export function maskValue(value: string): string {
  const at = value.lastIndexOf('@')
  if (at > 0 && !/\s/.test(value)) return maskWord(value.slice(0, at)) + value.slice(at)
  return maskWord(value)
}

function maskWord(word: string): string {
  if (word.length <= 2 || word === hidden) return hidden
  const first = word.codePointAt(0) ?? 0
  const last = word.codePointAt(word.length - 2) ?? 0
  const end = last > 0xffff ? String.fromCodePoint(last) : word.slice(-1)
  return String.fromCodePoint(first) + hidden + end
}
