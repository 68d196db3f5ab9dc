// The trail of a document: which steps it has taken and when, what it waits for, and what is stuck.
import { html } from 'hono/html'
import type { DocumentStanding, TrailStep } from '../../../manage/legal/standing.ts'
import type { Markup } from '../../look/page.ts'
import { ago, state } from '../../look/words.ts'
import { failedDelivery } from '../failed-delivery.ts'

const names: Readonly<Record<TrailStep['name'], string>> = {
  made: 'Made',
  sent: 'Sent',
  viewed: 'Viewed',
  signed: 'Signed',
  stored: 'Stored',
}

/** For a step that is the next one. */
const waiting: Readonly<Record<TrailStep['name'], string>> = {
  made: '',
  sent: 'not sent yet',
  viewed: 'not opened yet',
  signed: 'not signed yet',
  stored: 'not stored yet',
}

export function trail({ trail: steps }: DocumentStanding, now: Date): Markup {
  const next = steps.find(({ isDone }) => !isDone)
  return html`<ol class="way">${steps.map(step => {
    const place = step.isDone ? 'done' : step === next ? 'now' : 'later'
    return html`<li class="${place}"><strong>${names[step.name]}</strong> <span>${when(step, place, now)}</span></li>`
  })}</ol>`
}

function when(
  { name, at, delivery }: TrailStep,
  place: 'done' | 'now' | 'later',
  now: Date,
): Markup | string {
  if (place === 'done') return at === null ? 'done' : ago(at, now)
  if (place === 'later') return 'later'
  if (delivery === null || name === 'signed') return waiting[name]
  if (delivery.state === 'waiting') return 'at any moment'
  return html`<b class="bad">${delivery.state === 'failing' ? 'failing' : 'given up'}</b>`
}

/** In one state, with its word. */
export function verdict({ trail: steps, isStuck }: DocumentStanding): Markup {
  const isDone = (name: TrailStep['name']) => steps.some(step => step.name === name && step.isDone)
  if (isDone('stored')) return state('good', 'signed and stored')
  if (isStuck && isDone('signed')) return state('bad', 'signed, not stored')
  if (isStuck) return state('bad', isDone('sent') ? 'PandaDoc cannot be asked' : 'not sent')
  if (isDone('signed')) return state('warn', 'signed, being stored')
  if (isDone('viewed')) return state('warn', 'viewed, not signed yet')
  return isDone('sent') ? state('warn', 'sent, not opened yet') : state('off', 'being sent')
}

/** Why it is stuck, as far as anybody said. */
export function trouble({ trail: steps, isStuck, provider }: DocumentStanding, now: Date): Markup | '' {
  if (!isStuck) return ''
  const step = steps.find(({ delivery }) => delivery !== null && delivery.state !== 'waiting')
  if (!step?.delivery)
    return html`<p>${state('bad', 'lost')}: nothing is on its way any more, and nothing arrived. The server looks for this every half an hour; you need not wait.</p>`
  const mail = provider === 'builtin' ? 'the mail' : 'PandaDoc'
  return failedDelivery(step.name === 'stored' ? 'the signed file' : mail, step.delivery, now)
}
