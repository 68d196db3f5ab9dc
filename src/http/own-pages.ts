// Telling requests of our own pages from those that other sites make a browser send.
import type { Context as HonoContext } from 'hono'
import { denied } from '../base/refusal.ts'
import { digestOf, sameText } from '../base/secret.ts'
import type { Config } from '../config.ts'

type Place = Pick<Config, 'baseUrl'>

/**
 * Refuses what a browser says another site has sent. What is no browser says nothing; it has no cookies of somebody
 * else's to misuse either.
 */
export function refuseOtherSites(c: HonoContext, { baseUrl }: Place): void {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  // Browsers write `null` where a referrer policy hides the origin, of our own pages too; then the site tells.
  const isNamed = origin !== undefined && !(origin === 'null' && site === 'same-origin')
  const isOther = (isNamed && origin !== baseUrl) || (site !== undefined && !ownSites.has(site))
  if (isOther)
    throw denied(`Expected this to come from ${baseUrl}, got it from another site.`, 'other_origin')
}

/** `none` is the person's own doing: an address typed, a bookmark. */
const ownSites = new Set(['same-origin', 'none'])

/** What pages put into their forms, and scripts of ours into the header `X-CSRF-Token`. */
export const csrfTokenOf = (sessionSecret: string): string => digestOf(`csrf ${sessionSecret}`)

/** For requests that a session answers for: they have to come from a page of ours, and know its token. */
export function requireOwnPage(
  c: HonoContext,
  { baseUrl }: Place,
  { secret, token }: { secret: string; token: string | undefined },
): void {
  refuseOtherSites(c, { baseUrl })
  const isOurs = c.req.header('origin') === baseUrl || c.req.header('sec-fetch-site') === 'same-origin'
  if (isOurs && token !== undefined && sameText(token, csrfTokenOf(secret))) return
  throw denied(
    'Expected a request of a signed-in browser to come from a page of this server, with its X-CSRF-Token.',
    'csrf_failed',
  )
}
