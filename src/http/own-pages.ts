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
export function refuseOtherSites(c: HonoContext, place: Place): void {
  if (isFromOtherSite(c, place))
    throw denied(`Expected this to come from ${place.baseUrl}, got it from another site.`, 'other_origin')
}

function isFromOtherSite(c: HonoContext, { baseUrl }: Place): boolean {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  // Browsers write `null` where a referrer policy hides the origin, of our own pages too; then the site tells.
  const isNamed = origin !== undefined && !(origin === 'null' && site === 'same-origin')
  return (isNamed && origin !== baseUrl) || (site !== undefined && !ownSites.has(site))
}

/** `none` is the person's own doing: an address typed, a bookmark. */
const ownSites = new Set(['same-origin', 'none'])

const isNamedOurs = (c: HonoContext, { baseUrl }: Place): boolean =>
  c.req.header('origin') === baseUrl || c.req.header('sec-fetch-site') === 'same-origin'

/** Whether a browser says so; whose session it is, or was, is another question. */
export const isFromOwnPage = (c: HonoContext, place: Place): boolean =>
  !isFromOtherSite(c, place) && isNamedOurs(c, place)

/** What pages put into their forms, and scripts of ours into the header `X-CSRF-Token`. */
export const csrfTokenOf = (sessionSecret: string): string => digestOf(`csrf ${sessionSecret}`)

/** For requests that a session answers for: they have to come from a page of ours, and know its token. */
export function requireOwnPage(
  c: HonoContext,
  { baseUrl }: Place,
  { secret, token }: { secret: string; token: string | undefined },
): void {
  refuseOtherSites(c, { baseUrl })
  if (isNamedOurs(c, { baseUrl }) && token !== undefined && sameText(token, csrfTokenOf(secret))) return
  throw denied(
    'Expected a request of a signed-in browser to come from a page of this server, with its X-CSRF-Token.',
    'csrf_failed',
  )
}
