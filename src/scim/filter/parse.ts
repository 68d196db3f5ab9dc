// The two texts that the filter grammar reads: a filter (RFC 7644 §3.4.2.2) and the path of a PATCH (§3.5.2).

import { invalidFilter, invalidPath } from '../errors.ts'
import type { Leniency } from '../quirks.ts'
import { type Attribute, findSubAttribute, findTarget, type ResourceType, type Target } from '../schema.ts'
import type { Filter } from './ast.ts'
import { type Reading, readElementFilter, readFilter, requirePath } from './grammar.ts'
import { Tokens } from './lexer.ts'

/** `attrPath`, or `target[filter]` with or without `.sub`; without a filter a sub-attribute stands in the target. */
export interface PatchPath {
  readonly target: Target
  readonly filter?: Filter
  readonly sub?: Attribute
}

/** Throws `invalidFilter`, naming what is wrong and where; also for an attribute that the type lacks, unless that is absent. */
export function parseFilter(
  type: ResourceType,
  text: string,
  leniency: Leniency,
  unknown: Reading['unknown'] = 'refused',
): Filter {
  const tokens = new Tokens(text, invalidFilter)
  if (tokens.next.kind === 'end') throw invalidFilter('A filter was expected, an empty text came.')
  const filter = readFilter({ type, leniency, tokens, refuse: invalidFilter, unknown })
  tokens.require('end', '"and", "or" or the end')
  return filter
}

/** Throws `invalidPath`, naming what is wrong and where. */
export function parsePatchPath(type: ResourceType, text: string, leniency: Leniency): PatchPath {
  const tokens = new Tokens(text, invalidPath)
  const reading: Reading = { type, leniency, tokens, refuse: invalidPath, unknown: 'refused' }
  const name = tokens.take()
  if (name.kind !== 'word') throw tokens.unexpected('the name of an attribute', name)
  const path = tokens.skip('[')
    ? readFiltered(reading, name.text)
    : { target: requireTarget(reading, name.text) }
  tokens.require('end', 'the end')
  return path
}

function requireTarget(reading: Reading, text: string): Target {
  return findTarget(reading.type, text) ?? requirePath(reading, text)
}

function readFiltered(reading: Reading, name: string): PatchPath {
  const target = requirePath(reading, name)
  const filter = readElementFilter(reading, target)
  const { next } = reading.tokens
  if (next.kind !== 'word' || !next.text.startsWith('.')) return { target, filter }
  reading.tokens.take()
  const sub = findSubAttribute(target.attribute, next.text.slice(1))
  if (!sub) throw invalidPath(`"${target.attribute.name}" has no part "${next.text.slice(1)}".`)
  return { target, filter, sub }
}
