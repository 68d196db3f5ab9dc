// The identity providers that there are set-up guides for, their steps for a domain, and which of them a domain seems to use.
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import type { Guide } from './guide.ts'
import { adFs } from './guides/ad-fs.ts'
import { entraId } from './guides/entra-id.ts'
import { google } from './guides/google.ts'
import { jumpcloud } from './guides/jumpcloud.ts'
import { keycloak } from './guides/keycloak.ts'
import { okta } from './guides/okta.ts'
import { onelogin } from './guides/onelogin.ts'
import { other } from './guides/other.ts'
import { ping } from './guides/ping.ts'
import { showWalk } from './walk.ts'

/** In the order in which they are offered; those that the SCIM log knows go by its ids. */
const guides = {
  okta,
  entra_id: entraId,
  google,
  onelogin,
  jumpcloud,
  ping,
  ad_fs: adFs,
  keycloak,
  other,
} as const satisfies Record<string, Guide>

export type ProviderId = keyof typeof guides

const ids = Object.keys(guides) as ProviderId[]

export const providers: readonly { readonly id: ProviderId; readonly name: string }[] = ids.map(id => ({
  id,
  name: guides[id].name,
}))

export function samlSteps(id: ProviderId, domain: DomainObject): Markup {
  return showWalk(guides[id], 'saml', { id: `${id}-saml`, domain, token: null })
}

/** `token`: in clear, when it has just been made. */
export function scimSteps(id: ProviderId, domain: DomainObject, token: string | null): Markup {
  return showWalk(guides[id], 'scim', { id: `${id}-scim`, domain, token })
}

const signs: readonly (readonly [RegExp, ProviderId])[] = [
  [/^https?:\/\/(?:www\.okta\.com|[\w.-]+\.okta(?:preview|-emea|-gov)?\.com)\//, 'okta'],
  [
    /^https:\/\/(?:sts\.windows\.net|sts\.chinacloudapi\.cn|login\.microsoftonline\.(?:com|us))\//,
    'entra_id',
  ],
  [/^https:\/\/accounts\.google\.com\/o\/saml2/, 'google'],
  [/^https:\/\/(?:app|[\w-]+)\.onelogin\.com\//, 'onelogin'],
  [/^https:\/\/sso\.jumpcloud\.com\/|^jumpcloud/i, 'jumpcloud'],
  [/^https:\/\/(?:auth|idpxnyl3m)\.pingone\.(?:com|eu|asia|ca|sg|com\.au)\//, 'ping'],
  [/^https?:\/\/[^/]+\/adfs\//, 'ad_fs'],
  [/^https?:\/\/[^/]+\/(?:.*\/)?realms\//, 'keycloak'],
]

/** By the entity id or the sign-in URL that the domain was given, else by the dialect that its pushes are in. */
export function guessProvider({
  saml_entity_id,
  saml_acs_url,
  scim_profile,
}: DomainObject): ProviderId | undefined {
  const addresses = [saml_entity_id, saml_acs_url].filter(address => address !== null)
  const sign = signs.find(([pattern]) => addresses.some(address => pattern.test(address)))
  if (sign) return sign[1]
  return scim_profile === 'entra' ? 'entra_id' : ids.find(id => id === scim_profile)
}
