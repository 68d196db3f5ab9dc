// The body of a SCIM request: the media types we read, the size we take, and JSON or a refusal that says why.
import type { SentBody } from '../../provision/log/row.ts'
import { invalidSyntax, tooLarge, unsupportedMediaType } from '../../scim/errors.ts'
import type { Leniency } from '../../scim/quirks.ts'
import { quote } from '../../scim/resource.ts'
import { BodyCutShort, BodyTooLarge } from '../request.ts'
import type { Admitted, Sent } from './call.ts'

interface Limit {
  /** As /ServiceProviderConfig calls it. */
  readonly name?: string
  readonly bytes: number
}

const usualLimit: Limit = { bytes: 1024 * 1024 }
const decoder = new TextDecoder('utf-8', { fatal: true })

/** The JSON that came. The log gets to know what came, even when it is refused. */
export async function readJson(call: Admitted, limit = usualLimit): Promise<unknown> {
  checkMediaType(call.sent.header('content-type'), call.push.leniency)
  checkEncoding(call.sent.header('content-encoding'))
  call.body = await receive(call.sent, limit)
  if (call.body && 'json' in call.body) return call.body.json
  const got = call.body ? `${call.body.unparsedBytes} bytes that are no JSON` : 'nothing'
  throw invalidSyntax(`The body must be a JSON object in UTF-8, but ${got} came.`)
}

/** RFC 7644 §3.8: SCIM's own type, and plain JSON, each with or without a charset. */
function checkMediaType(contentType: string | undefined, leniency: Leniency): void {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/json') leniency.note('plain_json')
  else if (type !== 'application/scim+json') {
    throw unsupportedMediaType(
      `The body must be application/scim+json or application/json, but ${type ? `"${type}"` : 'no type'} came.`,
    )
  }
}

/** Nobody announced that bodies may come compressed (RFC 9110 §15.5.16). */
function checkEncoding(encoding: string | undefined): void {
  if (encoding === undefined || /^\s*(?:identity\s*)?$/i.test(encoding)) return
  throw unsupportedMediaType(`The body must come as it is, but it is encoded by ${quote(encoding)}.`)
}

async function receive(sent: Sent, { name, bytes: bytesAtMost }: Limit): Promise<SentBody> {
  try {
    const bytes = await sent.readBody(bytesAtMost)
    return bytes.byteLength === 0 ? undefined : parse(bytes)
  } catch (error) {
    if (error instanceof BodyCutShort) throw invalidSyntax(error.message)
    if (!(error instanceof BodyTooLarge)) throw error
    throw tooLarge(name === undefined ? error.message : `${error.message} (${name})`)
  }
}

function parse(bytes: Uint8Array): SentBody {
  try {
    return { json: JSON.parse(decoder.decode(bytes)) }
  } catch {
    return { unparsedBytes: bytes.byteLength }
  }
}
