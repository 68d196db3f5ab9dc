// What became of the last push to a vendor, in words.
import { html } from 'hono/html'
import type { IntegrationStanding } from '../../../manage/integrations/standing.ts'
import type { Markup } from '../../look/page.ts'
import { ago, state } from '../../look/words.ts'
import { failedDelivery } from '../failed-delivery.ts'

type Pushed = Pick<IntegrationStanding, 'type' | 'mapping' | 'pushedAt' | 'delivery'>

/** In one state, with its word. */
export function standing({ type, mapping, delivery }: Pushed): Markup {
  if (type === 'marketplace') return state('good', 'installed')
  if (mapping === null) return state('warn', 'no projects chosen yet')
  if (delivery === null) return state('good', 'up to date')
  if (delivery.state === 'waiting') return state('warn', 'being pushed')
  return state('bad', delivery.state === 'failing' ? 'push is failing' : 'push was given up')
}

/** Nothing where nothing is ever pushed. */
export function pushed({ mapping, pushedAt: at, delivery }: Pushed, now: Date): Markup {
  if (mapping === null) return html`<p class="soft">Nothing has been pushed: choose the projects first.</p>`
  const last = at === null ? 'The tokens have never arrived.' : html`The tokens arrived ${ago(at, now)}.`
  if (delivery === null) return html`<p>${last} Nothing is left to push.</p>`
  if (delivery.state === 'waiting')
    return html`<p>${last} The choice as it is now is pushed at any moment.</p>`
  return html`<p>${last}</p>${failedDelivery('the choice as it is now', delivery, now)}`
}
