// Reads what a filter says of an attribute that a type of resource does not have, where that counts as absent (RFC 7644 §3.4.2.1).
import type { Filter } from './ast.ts'
import { readOperator } from './comparand.ts'
import type { Tokens } from './lexer.ts'

const never: Filter = { kind: 'or', terms: [] }
const always: Filter = { kind: 'not', term: never }

/** What follows the name. The types that have the attribute check its values; here only the form counts. */
export function readAbsent(tokens: Tokens): Filter {
  if (!tokens.skip('[')) return readComparison(tokens)
  tokens.nested(() => skipElementFilter(tokens))
  const { next } = tokens
  if (next.kind !== 'word' || !next.text.startsWith('.')) return never
  tokens.take()
  readComparison(tokens)
  return never
}

function readComparison(tokens: Tokens): Filter {
  tokens.countTerm()
  const operator = readOperator(tokens)
  if (operator === 'pr') return never
  const token = tokens.take()
  if (!('text' in token)) throw tokens.unexpected('a value to compare with', token)
  const isNull = token.kind === 'word' && token.text === 'null'
  return (operator === 'ne') !== (isNull && (operator === 'eq' || operator === 'ne')) ? always : never
}

function skipElementFilter(tokens: Tokens): void {
  while (!tokens.skip(']')) {
    const token = tokens.take()
    if (token.kind === 'end' || token.kind === '[') throw tokens.unexpected('"and", "or" or "]"', token)
  }
}
