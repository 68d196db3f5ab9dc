// A logged request as a command that sends it once more, with a placeholder where its token was.
import { headerOf } from '../../../../manage/domains/scim-log/rebuild.ts'
import type { LoggedRequest } from '../../../../manage/domains/scim-log/search.ts'
import { beginningWithin } from '../../../look/words.ts'

type Sent = Pick<LoggedRequest, 'request_method' | 'request_path' | 'request_headers' | 'request_body'>

/** Bytes of a page; what is longer is for a file. */
const longestBody = 4000

/** Beside the token, these alone change the answer. */
const kept = [
  ['content-type', 'Content-Type'],
  ['if-match', 'If-Match'],
  ['if-none-match', 'If-None-Match'],
  ['prefer', 'Prefer'],
] as const

export function asCurl(sent: Sent, baseUrl: string): string {
  const { request_method: method, request_path: path, request_body: body } = sent
  const came = kept.map(([name, written]) => [written, headerOf(sent, name)] as const)
  const headers = came.filter(([, value]) => value !== '')
  const words = [
    `curl ${method === 'HEAD' ? '--head' : `-X ${quoted(method)}`} ${quoted(baseUrl + encoded(path))}`,
    `-H 'Authorization: Bearer YOUR_TOKEN'`,
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
  ]
  if (body !== null) {
    const text = JSON.stringify(body, null, 2)
    words.push(`-d ${beginningWithin(text, longestBody) === text ? quoted(text) : '@body.json'}`)
  }
  return words.join(' \\\n  ')
}

/** Within single quotes a shell reads everything as it is. */
const quoted = (text: string): string =>
  /^[A-Z]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/** The log keeps queries decoded so that they can be read. */
const encoded = (path: string): string =>
  path.replaceAll(/[^\w\-.~!$&'()*+,;=:@/?%]/gu, character => encodeURIComponent(character))
