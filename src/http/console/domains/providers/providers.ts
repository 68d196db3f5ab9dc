// The identity providers that we have set-up guides for, their steps for a domain, and which of them a domain seems to use.
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import type { Guide } from './guide.ts'
import { entraId } from './guides/entra-id.ts'
import { okta } from './guides/okta.ts'
import { other } from './guides/other.ts'
import { showWalk } from './steps.ts'

/** In the order in which they are offered. */
const guides = { okta, entra_id: entraId, other } as const satisfies Record<string, Guide>

export type ProviderId = keyof typeof guides

const ids = Object.keys(guides) as ProviderId[]

export const providers: readonly { readonly id: ProviderId; readonly name: string }[] = ids.map(id => ({
  id,
  name: guides[id].name,
}))

export function samlSteps(id: ProviderId, domain: DomainObject): Markup {
  const { name, saml } = guides[id]
  const filling = { id: `${id}-saml`, domain, token: null }
  return showWalk(name, saml, filling, [
    'entity-id',
    'acs-url',
    'metadata-url',
    'name-id-format',
    'login-url',
  ])
}

/** `token`: in clear, when it has just been made. */
export function scimSteps(id: ProviderId, domain: DomainObject, token: string | null): Markup {
  const { name, scim } = guides[id]
  return showWalk(name, scim, { id: `${id}-scim`, domain, token }, ['base-url', 'token'])
}

/** By the entity id or sign-in URL that the domain has been given, else by who pushes to it. */
const signs: readonly (readonly [RegExp, ProviderId])[] = [
  [/^https?:\/\/(?:www\.okta\.com\/|[\w.-]+\.okta(?:preview|-emea)?\.com\/)/, 'okta'],
  [
    /^https:\/\/(?:sts\.windows\.net|sts\.chinacloudapi\.cn|login\.microsoftonline\.(?:com|us))\//,
    'entra_id',
  ],
]

export function guessProvider(domain: DomainObject): ProviderId | undefined {
  const addresses = [domain.saml_entity_id, domain.saml_acs_url]
  return signs.find(([sign]) => addresses.some(address => address !== null && sign.test(address)))?.[1]
}
