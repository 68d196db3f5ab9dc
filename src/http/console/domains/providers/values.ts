// Our values of a domain, as they are pasted into an identity provider and as they are hinted at in a drawing.
import { html } from 'hono/html'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { copyable } from '../../../look/words.ts'
import type { OurValue } from './guide.ts'

/** What a guide fills in. `token` is in clear once, right after it was made. */
export interface Filling {
  /** Begins the ids of what is copied, which must differ on one page. */
  readonly id: string
  readonly domain: DomainObject
  readonly token: string | null
}

export const nameIdFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

export const valueNames: Readonly<Record<OurValue, string>> = {
  'entity-id': 'Entity ID',
  'acs-url': 'ACS URL',
  'metadata-url': 'Metadata URL',
  'login-url': 'Login URL',
  'name-id-format': 'NameID format',
  'base-url': 'SCIM base URL',
  token: 'SCIM token',
}

/** Enough to recognise the value by in a drawing. */
export const hints: Readonly<Record<OurValue, string>> = {
  'entity-id': '…/saml/…/metadata',
  'acs-url': '…/saml/…/acs',
  'metadata-url': '…/saml/…/metadata',
  'login-url': '…/saml/…/login',
  'name-id-format': '…nameid-format:emailAddress',
  'base-url': '…/scim/v2/…',
  token: '••••••••••••',
}

function textOf(ours: OurValue, { domain, token }: Filling): string | null {
  switch (ours) {
    case 'entity-id':
      return domain.saml_sp_entity_id
    case 'acs-url':
      return domain.saml_sp_acs_url
    case 'metadata-url':
      return domain.saml_sp_metadata_url
    case 'login-url':
      return domain.saml_login_url
    case 'name-id-format':
      return nameIdFormat
    case 'base-url':
      return domain.scim_base_url
    case 'token':
      return token
  }
}

/** To copy; or, where there is nothing to copy now, what to do to get it. */
export function showValue(ours: OurValue, filling: Filling): Markup {
  const value = textOf(ours, filling)
  if (value !== null) return copyable(`${filling.id}-${ours}`, value)
  return html`<div class="value soft">${ours === 'token' ? missingToken(filling.domain) : 'It stands here as soon as SCIM is switched on.'}</div>`
}

function missingToken({ scim_tokens: tokens }: DomainObject): Markup | string {
  const newest = tokens.at(-1)
  if (!newest) return 'There is no token yet: it is made, and shown once, when SCIM is switched on.'
  return html`<span>The token that ends in <code>…${newest.hint}</code>. It was shown once; if nobody kept it, rotate it.</span>`
}
