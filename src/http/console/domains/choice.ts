// Which identity provider the steps are told for: chosen by a link, else guessed from what the domain already has.
import { html } from 'hono/html'
import { guessIdentityProvider } from '../../../manage/domains/identity-provider.ts'
import type { DomainObject } from '../../../manage/domains/view.ts'
import type { Markup } from '../../look/page.ts'
import { type ProviderId, providers } from './providers/providers.ts'
import type { Part, Workplace } from './stepper.ts'

export function chosenProvider({ c }: Workplace, domain: DomainObject): ProviderId {
  const asked = c.req.query('idp')
  return providers.find(({ id }) => id === asked)?.id ?? guessIdentityProvider(domain) ?? 'other'
}

export const chooseProvider = (
  { base }: Workplace,
  { chosen, part }: { chosen: ProviderId; part: Part },
): Markup =>
  html`<nav class="choice" aria-label="Identity provider, for ${part === 'scim' ? 'SCIM' : 'SAML'}">${providers.map(
    ({ id, name }) =>
      html`<a href="${base}?idp=${id}#${part}"${id === chosen ? html` aria-current="true"` : ''}>${name}</a>`,
  )}</nav>`
