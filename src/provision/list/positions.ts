// Where lists stopped: a client that pages on in sequence goes by key, however deep it is.
import { LRUCache } from 'lru-cache'
import type { Position } from '../../scim/query/sort.ts'

const rememberedLists = 10_000
const rememberedMilliseconds = 5 * 60 * 1000

/** Only short cuts are kept here: whoever does not find one counts from the beginning. */
const positions = new LRUCache<string, Position>({ max: rememberedLists, ttl: rememberedMilliseconds })

/** Behind which resource the page at `startIndex` begins. `list` marks the list and who reads it. */
export const recallPosition = (list: string, startIndex: number): Position | undefined =>
  startIndex === 1 ? undefined : positions.get(`${startIndex} ${list}`)

export const rememberPosition = (list: string, startIndex: number, after: Position): void => {
  positions.set(`${startIndex} ${list}`, after)
}
