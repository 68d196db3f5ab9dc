// Masks running text: sentences that quote a value, filters, paths. Each scan is linear, since the text is a stranger's.

import { rememberingLast } from './memory.ts'
import { hidden, isLabel, isPersonal, isSecret, maskValue, namesOf } from './personal.ts'

const operators: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])
const connectives: ReadonlySet<string> = new Set(['and', 'or', 'not', 'pr'])
const brackets: ReadonlySet<string> = new Set(['(', ')', '[', ']'])
const mention =
  /\b(?:userName|displayName|nickName|profileUrl|name\.|emails|phoneNumbers|addresses|ims|photos)\b/i

/** What the reader of a filter stumbles over may be a part of a name that was not quoted: `displayName eq Ada Lovelace`. */
const stumble = /\bgot "((?:[^"\\]|\\.)*)"/g
const word = /[\p{L}\p{N}]/u

/** Every address in `text`, whatever it quotes when it speaks of a personal attribute, and what a filter stumbled over. */
export function maskText(text: string): string {
  if (!text.includes('"')) return maskAddresses(text)
  const passed = text.replace(stumble, (whole, got) => (word.test(got) ? `got "${maskValue(got)}"` : whole))
  if (!mention.test(passed)) return maskAddresses(passed)
  return rewrite(passed, {
    plain: maskAddresses,
    quoted: value => (isPersonal(namesOf(value)) ? value : maskValue(value)),
  })
}

/**
 * A filter or the path of a PATCH: the comparands of personal attributes, and every address. Broken ones too.
 * That of a search is told twice: in its path and in what came of it.
 */
export const maskFilter = rememberingLast(rewriteFilter)

function rewriteFilter(filter: string): string {
  let container = ''
  let attribute = ''
  let last: 'path' | 'operator' | 'comparand' = 'path'
  const comparand = (value: string): string => {
    last = 'comparand'
    const names = namesOf(attribute)
    return maskComparand(container === '' ? names : [...namesOf(container), ...names], value)
  }
  const token = (word: string): string => {
    const lower = word.toLowerCase()
    // What follows a comparand and joins nothing to it is the rest of it: a name that should have been quoted.
    if (!brackets.has(word) && (last === 'operator' || (last === 'comparand' && !connectives.has(lower))))
      return comparand(word)
    last = 'path'
    if (word === '[') container = attribute
    else if (word === ']') [attribute, container] = [container, '']
    else if (operators.has(lower)) last = 'operator'
    else if (word.startsWith('.')) attribute += word
    else if (!connectives.has(lower)) attribute = word
    return maskAddresses(word)
  }
  return rewrite(filter, {
    plain: text => text.replace(/[()[\]]|[^\s()[\]]+/g, token),
    quoted: comparand,
  })
}

function maskComparand(names: readonly string[], value: string): string {
  if (isSecret(names)) return hidden
  if (!isPersonal(names) || isLabel(names.at(-1), value) || value === 'true' || value === 'false')
    return maskAddresses(value)
  return maskValue(value)
}

/** Rewrites what is between double quotes and what is not; a quote that is never closed reaches to the end. */
function rewrite(
  text: string,
  by: { plain: (text: string) => string; quoted: (value: string) => string },
): string {
  let result = ''
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('"', at)
    if (open < 0) return result + by.plain(text.slice(at))
    let close = open + 1
    while (close < text.length && text[close] !== '"') close += text[close] === '\\' ? 2 : 1
    const end = close < text.length ? '"' : ''
    if (open > at) result += by.plain(text.slice(at, open))
    result += `"${by.quoted(text.slice(open + 1, close))}${end}`
    at = close + 1
  }
  return result
}

/** Keeps the domain of each address: `bjensen@example.com` is `b***n@example.com`. */
function maskAddresses(text: string): string {
  if (!text.includes('@')) return text
  let result = ''
  let done = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > done && isLocal(text.charAt(start - 1))) start -= 1
    if (text[start] === "'") start += 1
    if (start < at) result += text.slice(done, start) + maskValue(`${text.slice(start, at)}@`)
    else result += text.slice(done, at + 1)
    done = at + 1
  }
  return result + text.slice(done)
}

const isLocal = (character: string): boolean => !/[\s"<>()[\],;:\\/?&=@]/.test(character)
