// The status that the identity provider gives its own answer (SAML core 3.2.2.1).
import { malformed, SamlRefusal } from '../refusal.ts'
import { attributeOf, childrenOf, type Element, textOf } from '../xml/element.ts'
import { samlp } from '../xml/namespaces.ts'

const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'

/** Throws `saml_idp_error` with the codes and the message of the identity provider. */
export function requireSuccess(response: Element): void {
  const [status, ...others] = childrenOf(response, samlp, 'Status')
  if (!status || others.length > 0) throw malformed('exactly one Status', status ? 'several' : 'none')
  const codes = codesOf(status)
  if (codes.length === 1 && codes[0] === success) return
  const message = childrenOf(status, samlp, 'StatusMessage').map(textOf).join(' ').trim()
  const got = codes.join(' / ') || 'no status code'
  throw new SamlRefusal('saml_idp_error', `the status ${success}`, message ? `${got}: ${message}` : got)
}

/** The top-level code and those nested in it; a second one at the same level makes the status no success. */
function codesOf(parent: Element): string[] {
  return childrenOf(parent, samlp, 'StatusCode').flatMap(code => [
    attributeOf(code, 'Value') ?? '',
    ...codesOf(code),
  ])
}
