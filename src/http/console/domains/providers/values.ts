// Our values of a domain, as they are pasted into an identity provider and as they are hinted at in a drawing.
import { html } from 'hono/html'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { copyable } from '../../../look/words.ts'

/** What a guide fills in. `token` is in clear once, right after it was made. */
export interface Filling {
  /** Begins the ids of what is copied, which must differ on one page. */
  readonly id: string
  readonly domain: DomainObject
  readonly token: string | null
}

interface Value {
  readonly name: string
  /** Enough to recognise it by in a drawing. */
  readonly hint: string
  /** Null: there is none now. */
  readonly text: (filling: Filling) => string | null
}

/** In the order in which they are listed. */
export const values = {
  'entity-id': {
    name: 'Entity ID',
    hint: '…/saml/…/metadata',
    text: ({ domain }) => domain.saml_sp_entity_id,
  },
  'acs-url': { name: 'ACS URL', hint: '…/saml/…/acs', text: ({ domain }) => domain.saml_sp_acs_url },
  'metadata-url': {
    name: 'Metadata URL',
    hint: '…/saml/…/metadata',
    text: ({ domain }) => domain.saml_sp_metadata_url,
  },
  'login-url': { name: 'Login URL', hint: '…/saml/…/login', text: ({ domain }) => domain.saml_login_url },
  'name-id-format': {
    name: 'NameID format',
    hint: '…nameid-format:emailAddress',
    text: () => 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  },
  'acs-url-pattern': {
    name: 'ACS URL as a regular expression',
    hint: '^https:…/acs$',
    text: ({ domain }) => `^${domain.saml_sp_acs_url.replaceAll(/[.+*?^$()[\]{}|\\/]/g, '\\$&')}$`,
  },
  'ad-fs-command': {
    name: 'command',
    hint: 'Set-AdfsRelyingPartyTrust …',
    text: ({ domain }) =>
      `Set-AdfsRelyingPartyTrust -TargetIdentifier "${domain.saml_sp_entity_id}" -SamlResponseSignature MessageAndAssertion`,
  },
  'base-url': { name: 'SCIM base URL', hint: '…/scim/v2/…', text: ({ domain }) => domain.scim_base_url },
  token: { name: 'SCIM token', hint: '••••••••••••', text: ({ token }) => token },
  'one-login-template': { name: 'template', hint: '{ "schemas": … }', text: () => oneLoginTemplate },
} as const satisfies Record<string, Value>

export type ValueName = keyof typeof values

const oneLoginTemplate = JSON.stringify({
  schemas: [
    'urn:ietf:params:scim:schemas:core:2.0:User',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  ],
  userName: '{$parameters.scimusername}',
  displayName: '{$user.display_name}',
  name: { givenName: '{$user.firstname}', familyName: '{$user.lastname}' },
  emails: [{ value: '{$user.email}', type: 'work', primary: true }],
})

/** To copy, under `place` of the guide; or, where there is nothing to copy now, what to do to get it. */
export function showValue(name: ValueName, place: string, filling: Filling): Markup {
  const text = values[name].text(filling)
  if (text !== null) return copyable(`${filling.id}-${place}-${name}`, text)
  return html`<div class="value soft"><span>${name === 'token' ? missingToken(filling.domain) : 'It stands here as soon as SCIM is switched on.'}</span></div>`
}

function missingToken({ scim_tokens: tokens }: DomainObject): Markup | string {
  const newest = tokens.at(-1)
  if (!newest) return 'There is no token yet. It is made, and shown once, when SCIM is switched on.'
  return html`The token that ends in <code>…${newest.hint}</code>. It was shown once; if nobody kept it, rotate it.`
}
