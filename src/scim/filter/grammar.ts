// The grammar of RFC 7644 §3.4.2.2 by descent: or, and, not, groups, value paths, comparisons; and the normal form of ast.ts.

import type { Leniency } from '../quirks.ts'
import {
  type Attribute,
  type AttributePath,
  findInExtensions,
  findPath,
  findSubAttribute,
  type ResourceType,
} from '../schema.ts'
import { readAbsent } from './absent.ts'
import { type Comparison, type Filter, nameOf, type Operator } from './ast.ts'
import { allows, readComparand, readOperator } from './comparand.ts'
import type { Refuse, Tokens } from './lexer.ts'

export interface Reading {
  readonly type: ResourceType
  readonly leniency: Leniency
  readonly tokens: Tokens
  readonly refuse: Refuse
  /** What becomes of an attribute that the type does not have. */
  readonly unknown: 'refused' | 'absent'
}

/** A whole filter; inside `attr[…]` the names are those of the parts of `within`. */
export function readFilter(reading: Reading, within?: AttributePath): Filter {
  const terms = [readConjunction(reading, within)]
  while (reading.tokens.skipWord('or')) terms.push(readConjunction(reading, within))
  return joined('or', terms)
}

/** What stands between `[` (already read) and `]`, about the elements of `path`. */
export function readElementFilter(reading: Reading, path: AttributePath): Filter {
  if (path.sub || !path.attribute.multiValued)
    throw reading.refuse(`Only a multi-valued attribute can be followed by "[": "${nameOf(path)}" is none.`)
  const term = reading.tokens.nested(() => readFilter(reading, path))
  reading.tokens.require(']', '"and", "or" or "]"')
  return term
}

const isKnown = ({ type }: Reading, text: string): boolean =>
  (findPath(type, text) ?? findInExtensions(type, text)) !== undefined

/** The attribute that `text` names, or a refusal that repeats the name. */
export function requirePath(reading: Reading, text: string): AttributePath {
  const { type, leniency } = reading
  const path = findPath(type, text) ?? findInExtensions(type, text)
  if (!path) throw reading.refuse(`${type.name} has no attribute "${text}".`)
  if (path.extension !== undefined && !text.includes(':') && !leniency.allows('bare_extension_attribute'))
    throw reading.refuse(`"${text}" belongs to an extension: expected "${path.extension}:${text}".`)
  return path
}

function readConjunction(reading: Reading, within: AttributePath | undefined): Filter {
  const terms = [readTerm(reading, within)]
  while (reading.tokens.skipWord('and')) terms.push(readTerm(reading, within))
  return joined('and', terms)
}

function readTerm(reading: Reading, within: AttributePath | undefined): Filter {
  const { tokens } = reading
  const negated = tokens.skipWord('not')
  if (negated && tokens.next.kind !== '(') throw tokens.unexpected('"(" after "not"')
  if (!tokens.skip('(')) return readCondition(reading, within)
  const term = tokens.nested(() => readFilter(reading, within))
  tokens.require(')', '"and", "or" or ")"')
  return negated ? not(term) : term
}

function readCondition(reading: Reading, within: AttributePath | undefined): Filter {
  const { tokens } = reading
  const token = tokens.take()
  if (token.kind !== 'word') throw tokens.unexpected('the name of an attribute', token)
  if (within) return readComparison(reading, partOf(reading, within, token.text), term => term)
  if (reading.unknown === 'absent' && !isKnown(reading, token.text)) return readAbsent(tokens)
  const path = requirePath(reading, token.text)
  if (tokens.skip('[')) return readValuePath(reading, path)
  return readComparison(reading, path, term => anyElement(path, term))
}

/** `emails[type eq "work"]`, and Entra's `emails[type eq "work"].value eq "x"`, one more condition on that element. */
function readValuePath(reading: Reading, path: AttributePath): Filter {
  const { tokens } = reading
  const term = readElementFilter(reading, path)
  const { next } = tokens
  if (next.kind !== 'word' || !next.text.startsWith('.')) return anyElement(path, term)
  if (!reading.leniency.allows('value_path_comparison')) throw tokens.unexpected('"and", "or" or the end')
  tokens.take()
  const part = partOf(reading, path, next.text.slice(1))
  return anyElement(path, joined('and', [term, readComparison(reading, part, each => each)]))
}

/** The operator and comparand after `path`; `some` turns a term about one element into one about the attribute. */
function readComparison(reading: Reading, path: AttributePath, some: (term: Filter) => Filter): Filter {
  const { tokens } = reading
  tokens.countTerm()
  const operator = readOperator(tokens)
  const present: Filter = { kind: 'present', path }
  const exists = path.sub || !path.attribute.multiValued ? some(present) : present
  if (operator === 'pr') return exists
  const { next } = tokens
  if (next.kind === 'word' && next.text === 'null' && (operator === 'eq' || operator === 'ne')) {
    tokens.take()
    return operator === 'ne' ? exists : not(exists)
  }
  if (operator === 'ne') return not(some(compare(reading, path, 'eq')))
  return some(compare(reading, path, operator))
}

function compare(reading: Reading, bare: AttributePath, operator: Operator): Filter {
  const { tokens, leniency } = reading
  const path = comparable(reading, bare)
  const leaf = path.sub ?? path.attribute
  if (!allows(leaf, operator))
    throw reading.refuse(`"${operator}" cannot be asked of "${nameOf(path)}", which is of type ${leaf.type}.`)
  const token = tokens.take()
  const value = readComparand(leaf, token, leniency)
  if (value === undefined)
    throw tokens.unexpected(`${described(leaf)} to compare "${nameOf(path)}" with`, token)
  const term: Comparison = { kind: 'compare', path, operator, value }
  const isPrimary = path.attribute.multiValued && path.sub?.name === 'primary'
  return isPrimary && value === false ? not({ ...term, value: true }) : term
}

/** `emails` and `manager` stand for their `value`; a password answers no question, it would be guessed letter by letter. */
function comparable(reading: Reading, path: AttributePath): AttributePath {
  const { attribute } = path
  if (!path.sub && attribute.type === 'complex') {
    const sub = findSubAttribute(attribute, 'value')
    if (!sub)
      throw reading.refuse(
        `"${nameOf(path)}" is compared by one of its parts, such as ${partsOf(attribute)}.`,
      )
    return comparable(reading, { ...path, sub })
  }
  const leaf = path.sub ?? attribute
  if (leaf.returned === 'never' || path.sub?.multiValued)
    throw reading.refuse(`"${nameOf(path)}" cannot be filtered by.`)
  return path
}

function partOf(reading: Reading, { extension, attribute }: AttributePath, name: string): AttributePath {
  const sub = findSubAttribute(attribute, name)
  // An element of a simple attribute has one part, itself, and RFC 7643 §2.4 calls that `value`.
  if (!sub && (attribute.type === 'complex' || name.toLowerCase() !== 'value'))
    throw reading.refuse(`"${attribute.name}" has no part "${name}".`)
  return { extension, attribute, sub }
}

const not = (term: Filter): Filter => (term.kind === 'not' ? term.term : { kind: 'not', term })

const anyElement = (path: AttributePath, term: Filter): Filter =>
  path.attribute.multiValued ? { kind: 'element', path: { ...path, sub: undefined }, term } : term

function joined(kind: 'and' | 'or', terms: readonly Filter[]): Filter {
  const [first] = terms
  return first && terms.length === 1 ? first : { kind, terms }
}

const partsOf = (attribute: Attribute): string =>
  (attribute.subAttributes ?? []).map(sub => `"${attribute.name}.${sub.name}"`).join(', ')

function described({ type }: Attribute): string {
  if (type === 'boolean') return 'true or false'
  if (type === 'integer' || type === 'decimal') return 'a number'
  return type === 'dateTime' ? 'a quoted dateTime such as "2024-05-01T08:00:00Z"' : 'a quoted text'
}
