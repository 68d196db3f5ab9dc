// The form that a browser posts to the assertion consumer service, and the XML in it (SAML bindings 3.5).
import { malformed, SamlRefusal } from '../refusal.ts'

/** The form as it comes; the surface counts while it reads. */
export const mostFormBytes = 512 * 1024
const mostXmlBytes = 256 * 1024
const mostRelayStateBytes = 1024
const mostParameters = 16

export interface ResponseForm {
  /** Base64. */
  readonly response: string
  readonly relayState: string | null
}

/** Throws `saml_malformed` or `saml_too_large`. */
export function readForm(body: Uint8Array, contentType: string | undefined): ResponseForm {
  const type = contentType?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') {
    throw malformed('application/x-www-form-urlencoded', type ?? 'no content type')
  }
  if (body.length > mostFormBytes) throw tooLarge(`a form of at most ${mostFormBytes} bytes`, body.length)
  const text = Buffer.from(body).toString('latin1')
  // Counted before they are taken apart: a form of nothing but ampersands is cheap to send.
  const parameters = text.split('&', mostParameters + 1).length
  if (parameters > mostParameters) throw malformed(`at most ${mostParameters} form fields`, 'more')
  const form = new URLSearchParams(text)
  const response = onlyValue(form, 'SAMLResponse')
  if (response === undefined) throw malformed('the form field SAMLResponse', 'none')
  const relayState = onlyValue(form, 'RelayState') ?? null
  if (relayState !== null && Buffer.byteLength(relayState) > mostRelayStateBytes) {
    throw malformed(`a RelayState of at most ${mostRelayStateBytes} bytes`, 'a longer one')
  }
  return { response, relayState }
}

function onlyValue(form: URLSearchParams, name: string): string | undefined {
  const values = form.getAll(name)
  if (values.length > 1) throw malformed(`${name} at most once`, `${values.length}`)
  return values[0]
}

/** Throws `saml_malformed` or `saml_too_large`. */
export function decodeResponse(response: string): string {
  const base64 = response.replaceAll(/[ \t\r\n]+/g, '')
  const bytes = Buffer.from(base64, 'base64')
  // Node reads past what is no base64; written again it must be the same.
  if (base64 === '' || bytes.toString('base64') !== base64) {
    throw malformed('strict base64 in SAMLResponse', base64 === '' ? 'nothing' : 'something else')
  }
  if (bytes.length > mostXmlBytes) throw tooLarge(`at most ${mostXmlBytes} bytes of XML`, bytes.length)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed('UTF-8', 'bytes that are not')
  }
}

const tooLarge = (expected: string, got: number) =>
  new SamlRefusal('saml_too_large', expected, `${got} bytes`)
