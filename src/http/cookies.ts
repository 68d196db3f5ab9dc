// The cookies: the session of a signed-in browser, what it brings back from the identity provider, and a set-up link that it opened.
import type { Context as HonoContext } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import type { Config } from '../config.ts'

type Place = Pick<Config, 'baseUrl'>

const minutesOfBinding = 15

/** `__Host-` keeps other hosts of the domain from setting them; browsers take that prefix over https alone. */
const nameFor = ({ baseUrl }: Place, name: string) => (isHttps(baseUrl) ? `__Host-${name}` : name)
const isHttps = (baseUrl: string) => baseUrl.startsWith('https:')

const sessionName = (place: Place) => nameFor(place, 'gatehouse')
const bindingName = (place: Place) => nameFor(place, 'gatehouse-sign-in')

const everywhere = ({ baseUrl }: Place): CookieOptions => ({
  path: '/',
  httpOnly: true,
  secure: isHttps(baseUrl),
})

export const readSessionCookie = (c: HonoContext, place: Place): string | undefined =>
  getCookie(c, sessionName(place))

export function setSessionCookie(
  c: HonoContext,
  place: Place,
  { secret, seconds }: { secret: string; seconds: number },
): void {
  const maxAge = Math.max(0, Math.floor(seconds))
  setCookie(c, sessionName(place), secret, { ...everywhere(place), sameSite: 'Lax', maxAge })
}

export const clearSessionCookie = (c: HonoContext, place: Place) =>
  deleteCookie(c, sessionName(place), everywhere(place))

/** Nothing that another site makes the browser open has it along. */
const inSetUp = (place: Place): CookieOptions => ({ ...everywhere(place), sameSite: 'Strict' })
const setUpName = (place: Place) => nameFor(place, 'gatehouse-set-up')

export const readSetUpCookie = (c: HonoContext, place: Place): string | undefined =>
  getCookie(c, setUpName(place))

export const setSetUpCookie = (
  c: HonoContext,
  place: Place,
  { secret, seconds }: { secret: string; seconds: number },
) => setCookie(c, setUpName(place), secret, { ...inSetUp(place), maxAge: Math.max(0, Math.floor(seconds)) })

export const clearSetUpCookie = (c: HonoContext, place: Place) =>
  deleteCookie(c, setUpName(place), inSetUp(place))

export const readBindingCookie = (c: HonoContext, place: Place): string | undefined =>
  getCookie(c, bindingName(place)) ?? getCookie(c, crossSiteName(place))

/** Another name over http, where there are two: one without `Secure` never replaces one with it. */
const crossSiteName = (place: Place) =>
  isHttps(place.baseUrl) ? bindingName(place) : `${bindingName(place)}-cross-site`

/**
 * It has to come along when the identity provider's page, which is another site, posts to us: `SameSite=None`, which
 * browsers take only with `Secure`. Over http, on this machine alone, there is a second one without either: Safari
 * takes no `Secure` there, and Chromium sends the one without along for its first two minutes only ("Lax + POST").
 */
export function setBindingCookie(c: HonoContext, place: Place, binding: string): void {
  const options = { ...everywhere(place), maxAge: minutesOfBinding * 60 }
  if (!isHttps(place.baseUrl)) setCookie(c, bindingName(place), binding, options)
  setCookie(c, crossSiteName(place), binding, { ...options, secure: true, sameSite: 'None' })
}
