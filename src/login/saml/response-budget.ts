// How much of what strangers post is kept: the responses of a domain's refusals, up to some megabytes a minute.
import { LRUCache } from 'lru-cache'

const bytesAMinute = 4 * 1024 * 1024

/** By domain; a minute after its first response a domain begins anew. */
const kept = new LRUCache<string, number>({ max: 10_000, ttl: 60_000, noUpdateTTL: true })

/** The text if there is room for it. Every attempt has its row in the log; only what was sent may be left out. */
export function withinBudget(domainId: string, xml: string): string | null {
  const total = (kept.get(domainId) ?? 0) + xml.length
  if (total > bytesAMinute) return null
  kept.set(domainId, total)
  return xml
}
