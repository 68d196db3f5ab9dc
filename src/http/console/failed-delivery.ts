// What could not be delivered so far: how often it was tried, when it is tried next, and what was said the last time.
import { html } from 'hono/html'
import type { DeliveryProgress } from '../../manage/delivery/progress.ts'
import type { Markup } from '../look/page.ts'
import { left, state, theirs } from '../look/words.ts'

export function failedDelivery(what: string, delivery: DeliveryProgress, now: Date): Markup {
  const { state: how, error, attempts, dueAt } = delivery
  const isOver = how === 'given_up'
  return html`<p>${state('bad', isOver ? 'given up' : 'failing')}: ${what}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} so far, ${isOver ? 'no further one by itself' : html`the next ${left(dueAt, now)}`}. The last one said:</p>
<pre>${theirs(error ?? 'nothing', 600)}</pre>`
}
