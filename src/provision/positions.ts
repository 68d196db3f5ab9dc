// Where lists stopped: a client that pages on in sequence goes by key, however deep it is.
import { LRUCache } from 'lru-cache'

const rememberedLists = 10_000
const rememberedMilliseconds = 5 * 60 * 1000

/** Only short cuts are kept here: whoever does not find one counts from the beginning. */
const positions = new LRUCache<string, string>({ max: rememberedLists, ttl: rememberedMilliseconds })

export interface Listing {
  readonly tokenId: string
  readonly kind: string
  readonly params: URLSearchParams
}

const paging = new Set(['startindex', 'count', 'attributes', 'excludedattributes'])

/** Everything that decides which resources are listed, and from which on. */
function keyOf({ tokenId, kind, params }: Listing, startIndex: number): string {
  const query = [...params].filter(([name]) => !paging.has(name.toLowerCase()))
  return JSON.stringify([tokenId, kind, startIndex, query])
}

/** The id behind which the page at `startIndex` begins. */
export const recallPosition = (listing: Listing, startIndex: number): string | undefined =>
  startIndex === 1 ? undefined : positions.get(keyOf(listing, startIndex))

export const rememberPosition = (listing: Listing, startIndex: number, afterId: string): void => {
  positions.set(keyOf(listing, startIndex), afterId)
}
