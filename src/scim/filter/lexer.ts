// Cuts a filter or a PATCH path into words, JSON strings and brackets, and hands them out one by one under the limits.

import type { ScimError } from '../errors.ts'

export type Token =
  | { readonly kind: 'word' | 'text'; readonly text: string; readonly at: number }
  | { readonly kind: '(' | ')' | '[' | ']' | 'end'; readonly at: number }

/** `invalidFilter` for a filter, `invalidPath` for the path of a PATCH. */
export type Refuse = (detail: string) => ScimError

const longest = 8192
const deepest = 32
const mostTerms = 200

// A word is an attribute path, an operator or a bare comparand: anything up to a space, a bracket or a quote.
const pieces = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/suy

/** The tokens of one text, read from left to right. */
export class Tokens {
  readonly #refuse: Refuse
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0
  #terms = 0

  constructor(text: string, refuse: Refuse) {
    if (text.length > longest)
      throw refuse(`At most ${longest} characters are accepted here, ${text.length} came.`)
    this.#refuse = refuse
    this.#tokens = cut(text, refuse)
  }

  get next(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', at: 0 }
  }

  take(): Token {
    const token = this.next
    this.#next += 1
    return token
  }

  /** True, and past it, when the next token is this bracket. */
  skip(kind: Token['kind']): boolean {
    if (this.next.kind !== kind) return false
    this.#next += 1
    return true
  }

  /** True, and past it, when the next token is this word in any case. */
  skipWord(word: 'and' | 'or' | 'not'): boolean {
    const { next } = this
    if (next.kind !== 'word' || next.text.toLowerCase() !== word) return false
    this.#next += 1
    return true
  }

  require(kind: Token['kind'], expected: string): void {
    if (!this.skip(kind)) throw this.unexpected(expected)
  }

  unexpected(expected: string, token: Token = this.next): ScimError {
    const came =
      token.kind === 'end' ? 'the end' : 'text' in token ? JSON.stringify(token.text) : `"${token.kind}"`
    return this.#refuse(`Expected ${expected} at character ${token.at + 1}, got ${came}.`)
  }

  /** Reads what stands between brackets, no deeper than the limit: the stack stays small whatever comes. */
  nested<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > deepest) throw this.#refuse(`Brackets may nest ${deepest} deep; these nest deeper.`)
    const result = read()
    this.#depth -= 1
    return result
  }

  countTerm(): void {
    this.#terms += 1
    if (this.#terms > mostTerms) throw this.#refuse(`At most ${mostTerms} comparisons are accepted here.`)
  }
}

function cut(text: string, refuse: Refuse): Token[] {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  pieces.lastIndex = 0
  while (pieces.lastIndex < end) {
    const from = pieces.lastIndex
    const found = pieces.exec(text)
    if (!found) throw refuse(`The text that begins at character ${text.indexOf('"', from) + 1} does not end.`)
    const [whole, bracket, quoted, word] = found
    const at = from + whole.length - (bracket ?? quoted ?? word ?? '').length
    if (quoted !== undefined) tokens.push({ kind: 'text', text: unquote(quoted, at, refuse), at })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at })
    else tokens.push({ kind: bracket as '(', at })
  }
  tokens.push({ kind: 'end', at: end })
  return tokens
}

/** A comparand is a JSON string (RFC 7644 §3.4.2.2): its escapes are those of RFC 8259 §7 and no others. */
function unquote(quoted: string, at: number, refuse: Refuse): string {
  const text = parsed(quoted)
  if (text === undefined)
    throw refuse(
      `The text at character ${at + 1} is no JSON string: an escape or a control character is wrong.`,
    )
  // No stored value can hold these: PostgreSQL's text has no U+0000, and UTF-8 has no half of a surrogate pair.
  if (text.includes('\0') || !text.isWellFormed())
    throw refuse(`The text at character ${at + 1} holds U+0000 or half a surrogate pair; no value can.`)
  return text
}

function parsed(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}
