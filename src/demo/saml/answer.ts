// From a statement to the form field that a browser carries over: put into words, signed, and spoiled where that is wanted.
import type { Credential } from './credential.ts'
import type { Before, Fault } from './faults.ts'
import { responseXml } from './response.ts'
import type { Shape } from './shapes.ts'
import { signXml } from './sign.ts'
import type { Statement } from './statement.ts'

export interface Credentials {
  /** The one that Gatehouse was told of. */
  readonly own: Credential
  readonly other: Credential
}

interface Making {
  readonly shape: Shape
  readonly fault: Fault | undefined
  readonly credentials: Credentials
  readonly before: Before
}

export interface Made {
  readonly assertionId: string
  /** Base64. */
  readonly samlResponse: string
}

export function makeResponse(truth: Statement, { shape, fault, credentials, before }: Making): Made {
  const statement = { ...truth, ...fault?.state?.(truth, before) }
  const signed = sign(responseXml(statement, shape), { statement, shape, credentials })
  const xml = fault?.tamper?.(signed, truth) ?? signed
  return { assertionId: statement.assertionId, samlResponse: Buffer.from(xml).toString('base64') }
}

function sign(
  xml: string,
  { statement, shape, credentials }: Pick<Making, 'shape' | 'credentials'> & { statement: Statement },
): string {
  const { signature, isRefused } = statement
  if (signature === 'none') return xml
  const credential = signature === 'other key' ? credentials.other : credentials.own
  const hash = signature === 'sha1' ? 'sha1' : 'sha256'
  return shape.signs
    .filter(element => !isRefused || element === 'Response')
    .reduce((document, element) => signXml(document, { element, credential, hash }), xml)
}
