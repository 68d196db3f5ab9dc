// The identity providers that there are set-up guides for, and their steps for a domain.
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import type { Guide } from './guide.ts'
import { adfs } from './guides/ad-fs.ts'
import { entraId } from './guides/entra-id.ts'
import { google } from './guides/google.ts'
import { jumpcloud } from './guides/jumpcloud.ts'
import { keycloak } from './guides/keycloak.ts'
import { okta } from './guides/okta.ts'
import { onelogin } from './guides/onelogin.ts'
import { other } from './guides/other.ts'
import { ping } from './guides/ping.ts'
import { showWalk } from './walk.ts'

/** In the order in which they are offered; those that the logs know go by the ids there. */
const guides = {
  okta,
  entra_id: entraId,
  google,
  onelogin,
  jumpcloud,
  ping,
  adfs,
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
