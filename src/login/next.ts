// Where somebody goes after signing in: a path of ours, or an application that the operator has registered.
import { invalid } from '../base/refusal.ts'
import type { Config } from '../config.ts'

const longestNext = 2048

type Places = Pick<Config, 'baseUrl' | 'applicationUrls'>

/** `/` when nothing was asked for. Refuses whatever a browser could read as a way to somewhere else. */
export function readNext(text: string | undefined, places: Places): string {
  if (text === undefined || text === '') return '/'
  const next = findNext(text, places)
  if (next !== undefined) return next
  throw invalid(
    'invalid_input',
    'Expected next to be a path on this server or the URL of a registered application.',
    'next',
  )
}

/** Undefined for what is refused. */
export const findNext = (text: string, places: Places): string | undefined =>
  text.length <= longestNext ? (readPath(text, places) ?? readApplication(text, places)) : undefined

/** As a browser would resolve it, and then once more: what is left must be a path whatever is done to it. */
function readPath(text: string, { baseUrl }: Places): string | undefined {
  // Browsers drop tabs and line breaks from URLs and read a backslash as a slash.
  if (!/^\/(?![/\\])/.test(text) || hasTricks(text)) return undefined
  const url = URL.parse(text, baseUrl)
  if (url?.origin !== baseUrl) return undefined
  const path = url.pathname + url.search + url.hash
  return path.startsWith('//') ? undefined : path
}

/** The place of a registered application, with any query of its own. */
function readApplication(text: string, { applicationUrls }: Places): string | undefined {
  return hasTricks(text) || applicationOf(text, { applicationUrls }) === undefined
    ? undefined
    : URL.parse(text)?.href
}

/** The registered URL that `next` is at; undefined for a path of ours. */
export function applicationOf(next: string, { applicationUrls }: Pick<Config, 'applicationUrls'>) {
  const url = URL.parse(next)
  if (url?.username !== '' || url.password !== '') return undefined
  return applicationUrls.find(each => each === `${url.origin}${url.pathname}`)
}

const hasTricks = (text: string) => text.includes('\\') || /[^\x21-\x7e]/.test(text)
