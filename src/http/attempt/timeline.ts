// The checks of a sign-in in their order: passed, failed or not reached, with expected and got, and the time each took.
import { html } from 'hono/html'
import type { Step } from '../../manage/sign-ins/view.ts'
import type { Markup } from '../look/page.ts'
import { state, theirs } from '../look/words.ts'
import { marked } from './compared.ts'
import { aboutOf, titleOf } from './step-words.ts'

interface Attempt {
  readonly steps: readonly Step[]
  /** From its arrival to its row in the log. */
  readonly durationMs: number
}

export function timeline({ steps, durationMs }: Attempt): Markup {
  const isMeasured = steps.some(step => step.ms !== null)
  return html`<table class="cards checks">
<thead><tr><th scope="col">Step</th><th scope="col">Outcome</th><th scope="col">Expected</th><th scope="col">Got</th>${isMeasured ? html`<th scope="col" class="number">Took</th>` : ''}</tr></thead>
<tbody>${steps.map(step => line(step, isNeedless(step, steps), isMeasured))}</tbody></table>
${isMeasured ? total(steps, durationMs) : ''}`
}

const line = (step: Step, isLeftOut: boolean, isMeasured: boolean): Markup =>
  html`<tr class="${classes[step.outcome]}"><th scope="row" title="${aboutOf(step.name)}">${titleOf(step.name)}</th>
<td class="tight">${outcome(step, isLeftOut)}</td>${found(step)}${isMeasured ? html`<td class="tight number">${step.ms === null ? '' : `${milliseconds(step.ms)} ms`}</td>` : ''}</tr>`

const classes = { passed: '', failed: 'is-failed', not_reached: 'is-far' } as const

function outcome({ outcome: name }: Step, isLeftOut: boolean): Markup {
  if (name === 'passed') return state('good', 'passed')
  if (name === 'failed') return state('bad', 'failed')
  return state('off', isLeftOut ? 'not needed' : 'not reached')
}

/** What was expected and came is said once where both are the same. */
function found({ name, outcome: how, expected, got }: Step): Markup {
  if (how === 'not_reached' || expected === null || got === null)
    return html`<td class="full soft" colspan="2">${aboutOf(name)}</td>`
  if (expected === got) return html`<td class="full" colspan="2"><code>${theirs(got)}</code></td>`
  const [ours, came] = how === 'failed' ? marked(expected, got) : [theirs(expected), theirs(got)]
  return html`<td class="full" data-label="Expected"><code>${ours}</code></td><td class="full" data-label="Got"><code>${came}</code></td>`
}

/** Checks that did not apply: nothing was encrypted, nobody had to bring a cookie. */
const isNeedless = ({ name, outcome: how }: Step, steps: readonly Step[]): boolean =>
  how === 'not_reached' &&
  (steps.every(step => step.outcome !== 'failed') ||
    (name === 'decryption' && steps.some(step => step.name === 'assertion' && step.outcome === 'passed')))

function total(steps: readonly Step[], durationMs: number): Markup {
  const inSteps = steps.reduce((sum, step) => sum + (step.ms ?? 0), 0)
  const between = Math.max(0, durationMs - inSteps)
  return html`<p class="small soft">Each step with the time since the one before it: ${milliseconds(inSteps)} ms, and ${milliseconds(between)} ms of waiting in between; ${milliseconds(durationMs)} ms in all.</p>`
}

/** Two digits that say something, or whole ones. */
const milliseconds = (ms: number): string =>
  ms >= 10 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(1) : ms.toFixed(2)
