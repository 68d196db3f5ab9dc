// Which operators an attribute's type allows, and how a comparand is read as a value of that type (RFC 7644 §3.4.2.2, Table 3).

import type { Leniency } from '../quirks.ts'
import type { Attribute, AttributeType } from '../schema.ts'
import { instantOf } from '../text/instant.ts'
import type { Comparand, Operator } from './ast.ts'
import type { Token, Tokens } from './lexer.ts'

const equality: readonly Operator[] = ['eq']
const ordered: readonly Operator[] = ['eq', 'gt', 'ge', 'lt', 'le']
const all: readonly Operator[] = ['eq', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']

const allowed: Record<AttributeType, readonly Operator[]> = {
  string: all,
  reference: all,
  dateTime: ordered,
  integer: ordered,
  decimal: ordered,
  boolean: equality,
  binary: equality,
  complex: [],
}

const operators = new Map<string, Operator | 'ne' | 'pr'>(
  (['eq', 'ne', 'co', 'sw', 'ew', 'pr', 'gt', 'ge', 'lt', 'le'] as const).map(each => [each, each]),
)

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

export const allows = (attribute: Attribute, operator: Operator): boolean =>
  allowed[attribute.type].includes(operator)

/** The next word, in any case. */
export function readOperator(tokens: Tokens): Operator | 'ne' | 'pr' {
  const token = tokens.take()
  const operator = token.kind === 'word' ? operators.get(token.text.toLowerCase()) : undefined
  if (!operator) throw tokens.unexpected(`one of ${[...operators.keys()].join(', ')}`, token)
  return operator
}

/** The value of `token` for `attribute`; undefined when it is not of the attribute's type. */
export function readComparand(attribute: Attribute, token: Token, leniency: Leniency): Comparand | undefined {
  const quoted = token.kind === 'text'
  if (!('text' in token) || (!quoted && token.text === 'null')) return undefined
  switch (attribute.type) {
    case 'boolean':
      return readBoolean(token.text, quoted, leniency)
    case 'integer':
    case 'decimal':
      return quoted ? undefined : readNumber(token.text)
    case 'complex':
      return undefined
    case 'dateTime':
      if (instantOf(token.text) === undefined) return undefined
  }
  // In single quotes it would be compared with the quotes, and a search that finds nobody makes doubles.
  if (!quoted && token.text.startsWith("'")) return undefined
  return quoted || leniency.allows('unquoted_comparand') ? token.text : undefined
}

function readNumber(text: string): number | undefined {
  return number.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined
}

function readBoolean(text: string, quoted: boolean, leniency: Leniency): boolean | undefined {
  const lower = text.toLowerCase()
  if (lower !== 'true' && lower !== 'false') return undefined
  const exact = !quoted && text === lower
  return exact || leniency.allows(quoted ? 'quoted_boolean' : 'string_boolean') ? lower === 'true' : undefined
}
