// A logged request as a command that sends it once more, with a placeholder where its token was.
import type { LoggedRequest } from '../../../../manage/domains/scim-log/search.ts'

type Sent = Pick<LoggedRequest, 'request_method' | 'request_path' | 'request_body'>

/** What is longer is for a file. */
const longestBody = 4000

export function asCurl(
  { request_method: method, request_path: path, request_body: body }: Sent,
  baseUrl: string,
) {
  const words = [
    `curl -X ${quoted(method)} ${quoted(baseUrl + encoded(path))}`,
    `-H 'Authorization: Bearer YOUR_TOKEN'`,
  ]
  if (body !== null) {
    const text = JSON.stringify(body, null, 2)
    const data = text.length > longestBody ? '@body.json' : quoted(text)
    words.push(`-H 'Content-Type: application/scim+json'`, `-d ${data}`)
  }
  return words.join(' \\\n  ')
}

/** Within single quotes a shell reads everything as it is. */
const quoted = (text: string): string =>
  /^[A-Z]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/** The log keeps queries decoded so that they can be read. */
const encoded = (path: string): string =>
  path.replaceAll(/[^\w\-.~!$&'()*+,;=:@/?%]/gu, character => encodeURIComponent(character))
