// The work that is done regularly, and when it was done last.
import { html } from 'hono/html'
import type { System } from '../../../manage/operators/system.ts'
import type { Markup } from '../../look/page.ts'
import { ago, left, state, theirs } from '../../look/words.ts'
import type { ConsoleCall } from '../call.ts'

type Job = System['jobs'][number]

export const jobsSection = ({
  call,
  system: { jobs },
}: {
  call: ConsoleCall
  system: System
}): Markup => html`<section id="jobs"><h2>Jobs</h2>
${
  jobs.length === 0
    ? html`<p class="empty">None yet: they appear within a second of the first start.</p>`
    : html`<table class="cards"><thead><tr><th scope="col">Job</th><th scope="col">State</th><th scope="col">Last ran</th><th scope="col">Due</th></tr></thead>
<tbody>${jobs.map(job => jobRow(job, call.ctx.now()))}</tbody></table>`
}</section>`

const jobRow = (job: Job, now: Date): Markup => html`<tr>
<th scope="row" class="full"><span class="mono">${job.name}</span>${job.key === '' ? '' : html` <code class="soft">${theirs(job.key, 80)}</code>`}</th>
<td>${stateOf(job, now)}${job.last_error === null ? '' : html`<div class="small">${theirs(job.last_error)}</div>`}</td>
<td data-label="Last ran" class="tight">${job.last_run_at === null ? html`<span class="soft">not yet</span>` : ago(job.last_run_at, now)}</td>
<td data-label="Due" class="tight">${job.run_at <= now.toISOString() ? 'now' : left(job.run_at, now)}</td></tr>`

function stateOf({ leased_until, last_error, attempts, last_run_at }: Job, now: Date): Markup {
  if (leased_until !== null && leased_until > now.toISOString()) return state('good', 'running')
  if (last_error !== null) return state('bad', `failed ${attempts === 1 ? 'once' : `${attempts} times`}`)
  return last_run_at === null ? state('off', 'waiting') : state('good', 'well')
}
