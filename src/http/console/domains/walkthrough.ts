// The set-up at the identity provider, step by step: at most one of the two on a page, for the provider that was chosen.
import { html } from 'hono/html'
import { guessIdentityProvider } from '../../../manage/domains/identity-provider.ts'
import type { DomainObject } from '../../../manage/domains/view.ts'
import type { Markup } from '../../look/page.ts'
import { type ProviderId, providers } from './providers/providers.ts'
import type { Stage } from './stage.ts'
import type { Workplace } from './stepper.ts'

type Guided = 'saml' | 'scim'

interface Walkthrough {
  readonly part: Guided
  readonly steps: (provider: ProviderId) => Markup
}

export function walkthrough(stage: Stage, { part, steps }: Walkthrough): Markup {
  const { place, progress } = stage
  const chosen = chosenProvider(place, progress.domain)
  if (!isOpen(stage, part)) return offer(place, part, chosen)
  return html`<h3>At your identity provider</h3>
<nav class="choice" aria-label="Identity provider">${providers.map(
    ({ id, name }) =>
      html`<a href="${linkTo(place, part, id)}"${id === chosen ? html` aria-current="true"` : ''}>${name}</a>`,
  )}</nav>
${steps(chosen)}`
}

/** By the link, else by what the domain has been given and who pushes into it. */
function chosenProvider({ c }: Workplace, domain: DomainObject): ProviderId {
  const asked = c.req.query('idp')
  return providers.find(({ id }) => id === asked)?.id ?? guessIdentityProvider(domain) ?? 'other'
}

/** The one that was asked for; else the one for a token that is shown just now, or of the step that is next. */
function isOpen({ place: { c }, happened, state }: Stage, part: Guided): boolean {
  const asked = c.req.query('guide') ?? (c.req.query('idp') === undefined ? undefined : 'saml')
  if (asked !== undefined) return asked === part
  return happened?.token ? part === 'scim' : state === 'now'
}

const linkTo = ({ base }: Workplace, part: Guided, idp: ProviderId): string =>
  `${base}?${new URLSearchParams({ guide: part, idp })}#${part}`

function offer(place: Workplace, part: Guided, chosen: ProviderId): Markup {
  const name = providers.find(({ id }) => id === chosen && id !== 'other')?.name ?? 'your identity provider'
  return html`<p><a href="${linkTo(place, part, chosen)}">Set-up at ${name}, step by step</a></p>`
}
