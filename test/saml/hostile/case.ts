// A document that must not sign anybody in, one change away from a good one, and how it is held to that.
import { readEmail, requireOwnedDomain } from '../../../src/saml/assertion/email.ts'
import { type RefusalCode, SamlRefusal } from '../../../src/saml/refusal.ts'
import { type Connection, judgeResponse } from '../../../src/saml/verdict.ts'
import { connection, encode, now } from '../provider.ts'

export interface Hostile {
  readonly name: string
  readonly code: RefusalCode
  /** The form field. */
  readonly response: string
  readonly connection: Connection
}

export const hostile = (
  code: RefusalCode,
  name: string,
  xml: string | Uint8Array,
  settings: Partial<Connection> = {},
): Hostile => ({ name, code, response: encode(xml), connection: { ...connection, ...settings } })

/** Replaces what must be there exactly once, unless it says otherwise. */
export function edit(xml: string, what: string | RegExp, by: string): string {
  const edited = xml.replace(what, () => by)
  if (edited === xml) throw new Error(`nothing to edit: ${what}`)
  return edited
}

/** The whole of this room's part of a sign-in: the e-mail address, or the code of the refusal. */
export function signIn(response: string, settings: Connection = connection): string {
  const verdict = judgeResponse({ response, connection: settings, now })
  if (verdict.outcome === 'refused') return verdict.refusal.code
  try {
    const email = readEmail({ ...verdict.assertion, names: {} })
    requireOwnedDomain(email, ['acme.test'])
    return email
  } catch (error) {
    if (error instanceof SamlRefusal) return error.code
    throw error
  }
}
