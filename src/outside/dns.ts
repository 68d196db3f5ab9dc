// Looking up TXT records: our own choice of name servers, aliases followed, every failure an outcome.
import { CONNREFUSED, NODATA, NOTFOUND, REFUSED, SERVFAIL, TIMEOUT } from 'node:dns'
import { getServers, Resolver } from 'node:dns/promises'

export type TxtAnswer =
  | { outcome: 'found'; values: string[] }
  | { outcome: 'absent' }
  | { outcome: 'failed'; error: string }

/** Never throws. The values are whole records: the chunks of each are joined. */
export type TxtLookup = (name: string) => Promise<TxtAnswer>

const maxAliases = 8
const tries = { timeout: 3000, tries: 2, maxTimeout: 3000 }
const deadlineMs = 10_000

const reasons = new Map<string, string>([
  [TIMEOUT, 'the name server did not answer in time'],
  [SERVFAIL, 'the name server answered SERVFAIL'],
  [REFUSED, 'the name server refused the question'],
  [CONNREFUSED, 'the name server could not be reached'],
])

/** Whom a look-up asks: the chosen servers, or those of the machine. */
export const serversAsked = (servers: readonly string[]): readonly string[] =>
  servers.length > 0 ? servers : getServers()

/** Servers are `address` or `address:port`; none means those of the machine. */
export function createTxtLookup(servers: readonly string[], timing = tries): TxtLookup {
  return async name => {
    const resolver = new Resolver(timing)
    // With several servers and a chain of aliases the tries add up; one check never takes longer than this.
    const deadline = setTimeout(() => resolver.cancel(), deadlineMs)
    try {
      if (servers.length > 0) resolver.setServers(servers)
      return await followAliases(resolver, name)
    } catch (error) {
      return { outcome: 'failed', error: sentenceFor(error) }
    } finally {
      clearTimeout(deadline)
    }
  }
}

/** A recursive server follows aliases itself; an authoritative one may answer with the alias alone. */
async function followAliases(resolver: Resolver, name: string): Promise<TxtAnswer> {
  let current = name
  for (let aliases = 0; aliases <= maxAliases; aliases++) {
    const records = await unlessAbsent(resolver.resolveTxt(current))
    if (records.length > 0) return { outcome: 'found', values: records.map(chunks => chunks.join('')) }
    const [alias] = await unlessAbsent(resolver.resolveCname(current))
    if (alias === undefined) return { outcome: 'absent' }
    current = alias
  }
  return { outcome: 'failed', error: `more than ${maxAliases} aliases (CNAME) in a row, or a loop of them` }
}

async function unlessAbsent<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer
  } catch (error) {
    const code = codeOf(error)
    if (code === NODATA || code === NOTFOUND) return []
    throw error
  }
}

function sentenceFor(error: unknown): string {
  const code = codeOf(error)
  return reasons.get(code) ?? `the look-up failed (${code || 'unknown reason'})`
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
