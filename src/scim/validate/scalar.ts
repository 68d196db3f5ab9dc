// The simple types of RFC 7643 §2.3: what each accepts, and the sentence that refuses anything else.

import { invalidValue } from '../errors.ts'
import { kindOf, quote } from '../resource.ts'
import type { Attribute, AttributeType } from '../schema.ts'
import { instantOf } from '../text/instant.ts'

type SimpleType = Exclude<AttributeType, 'complex'>

/** PostgreSQL refuses index rows over 2,704 bytes, and by these names resources are looked up. */
const maxIndexedBytes = 2_000
const indexedNames: ReadonlySet<string> = new Set(['userName', 'displayName', 'externalId', 'value'])
const maxTextBytes = 65_536

/** RFC 4648 §4 or §5, the padding optional. */
const base64 = /^[A-Za-z0-9+/_-]*={0,2}$/

const isText = (value: unknown): boolean => typeof value === 'string'

const types: Record<SimpleType, { expected: string; accepts: (value: unknown) => boolean }> = {
  string: { expected: 'a string', accepts: isText },
  reference: { expected: 'a URI as a string', accepts: isText },
  boolean: { expected: 'true or false', accepts: value => typeof value === 'boolean' },
  decimal: { expected: 'a number', accepts: value => Number.isFinite(value) },
  integer: { expected: 'a whole number', accepts: value => Number.isSafeInteger(value) },
  dateTime: {
    expected: 'a date and time such as "2026-01-31T09:30:00Z"',
    accepts: value => typeof value === 'string' && instantOf(value) !== undefined,
  },
  binary: { expected: 'base64 text', accepts: value => typeof value === 'string' && isBase64(value) },
}

/** The value itself, when it is of the attribute's simple type; `where` names it in the refusal. */
export function readScalar(attribute: Attribute, value: unknown, where: string): string | number | boolean {
  const type = types[attribute.type === 'complex' ? 'string' : attribute.type]
  if (typeof value === 'string' && type.accepts(value)) return checkText(attribute, value, where)
  if ((typeof value === 'number' || typeof value === 'boolean') && type.accepts(value)) return value
  throw invalidValue(`${where} must be ${type.expected}, but ${came(attribute, value)} came.`)
}

/** A string is shown only where a string was not wanted: elsewhere it may be a password or a name. */
function came(attribute: Attribute, value: unknown): string {
  return typeof value === 'string' && attribute.type !== 'string' ? quote(value) : kindOf(value)
}

function checkText(attribute: Attribute, text: string, where: string): string {
  if (text.includes('\0')) throw invalidValue(`${where} must be text, but it contains the character U+0000.`)
  if (!text.isWellFormed())
    throw invalidValue(`${where} must be text, but it contains half of a surrogate pair.`)
  if (attribute.required && text.trim() === '')
    throw invalidValue(`${where} is required, but an empty text came.`)
  const limit = isIndexed(attribute) ? maxIndexedBytes : maxTextBytes
  const bytes = Buffer.byteLength(text)
  if (bytes > limit)
    throw invalidValue(`${where} may have ${limit} bytes in UTF-8, but a text of ${bytes} came.`)
  return text
}

const isIndexed = ({ name, type, uniqueness }: Attribute): boolean =>
  uniqueness !== 'none' || (indexedNames.has(name) && type === 'string')

function isBase64(text: string): boolean {
  return base64.test(text) && text.replace(/=+$/, '').length % 4 !== 1
}
