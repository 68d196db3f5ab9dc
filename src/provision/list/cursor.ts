// The cursors of lists (RFC 9865): where a page ended, sealed so that nobody can read, change or carry over to another list.
import { seal, unseal } from '../../base/seal.ts'
import type { Context } from '../../context.ts'
import { capabilities } from '../../scim/capabilities.ts'
import { expiredCursor, invalidCount, invalidCursor } from '../../scim/errors.ts'
import type { Position } from '../../scim/query/sort.ts'

/** A value that decides the order may be a name or an address, and a cursor stands in URLs: it is encrypted, not just signed. */
const purpose = 'gatehouse cursor'
const { cursorTimeout, defaultPageSize } = capabilities.pagination

/** Where a walk through a list has come to. */
export interface Stop {
  readonly position: Position
  /** How many there are on every page. */
  readonly count: number
  /** How many resources the first page counted; null when each page counts anew. */
  readonly total: number | null
}

type Sealed = [
  list: string,
  until: number,
  count: number,
  total: number | null,
  key: Position['key'],
  id: string,
]

/** `list` marks the list and who reads it. */
export function sealCursor({ config, now }: Context, list: string, { position, count, total }: Stop): string {
  const until = now().getTime() + cursorTimeout * 1000
  const sealed: Sealed = [list, until, count, total, position.key, position.id]
  return seal(config.secrets, JSON.stringify(sealed), purpose)
}

/** Throws `invalidCursor` unless it was sealed for this very list, and `expiredCursor` when that was too long ago. */
export function openCursor({ config, now }: Context, list: string, cursor: string): Stop {
  const [mark, until, count, total, key, id] = unsealed(config.secrets, cursor) ?? []
  if (mark !== list || until === undefined || count === undefined || id === undefined) {
    throw invalidCursor(
      'cursor must be empty for the first page, and for the next one the nextCursor of a page with the same filter, ' +
        'sortBy and sortOrder, asked for with the same token at the same endpoint; the one that came is neither.',
    )
  }
  if (until < now().getTime()) {
    const seconds = Math.ceil((now().getTime() - until) / 1000) + cursorTimeout
    throw expiredCursor(
      `A cursor must be used within ${cursorTimeout} seconds, but this one was given ${seconds} seconds ago: begin again.`,
    )
  }
  return { position: { key: key ?? null, id }, count, total: total ?? null }
}

/** The count of the walk, which does not change on the way. */
export function countOf(stop: Stop | undefined, asked: number | undefined): number {
  if (!stop) return asked ?? defaultPageSize
  if (asked === undefined || asked === stop.count) return stop.count
  throw invalidCount(`count must be ${stop.count} as on the first page, but ${asked} came.`)
}

function unsealed(secrets: readonly string[], cursor: string): Sealed | undefined {
  try {
    return JSON.parse(unseal(secrets, cursor, purpose)) as Sealed
  } catch {
    return undefined
  }
}
