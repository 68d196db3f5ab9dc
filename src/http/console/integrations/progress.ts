// What became of the last push to a vendor, in words.
import { html } from 'hono/html'
import type { IntegrationStanding } from '../../../manage/integrations/standing.ts'
import type { Markup } from '../../look/page.ts'
import { ago, left, state, theirs } from '../../look/words.ts'

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
  const { state: how, error, attempts, dueAt } = delivery
  if (how === 'waiting') return html`<p>${last} The choice as it is now is pushed at any moment.</p>`
  return html`<p>${last} ${state('bad', how === 'given_up' ? 'given up' : 'failing')} ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} since, ${how === 'given_up' ? 'and no further one by itself' : html`the next ${left(dueAt, now)}`}. The last one said:</p>
<pre>${theirs(error ?? 'nothing', 600)}</pre>`
}
