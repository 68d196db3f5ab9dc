// What is left to send: how much of each kind, and what failed, with a hand for it.
import { html } from 'hono/html'
import type { System } from '../../../manage/operators/system.ts'
import type { Markup } from '../../look/page.ts'
import { ago, csrfField, left, state, theirs } from '../../look/words.ts'
import type { ConsoleCall } from '../call.ts'

type Outbox = System['outbox']
type Item = Outbox['troubled'][number]

export const outboxSection = ({
  call,
  system: { outbox },
}: {
  call: ConsoleCall
  system: System
}): Markup => html`<section id="outbox"><h2>Outbox</h2>
<p class="soft small">Mails and calls to vendors, each tried for three days; what is given up stays here for 30 more.</p>
${outbox.kinds.length === 0 ? html`<p>${state('good', 'Everything was sent.')}</p>` : kinds(outbox)}
${outbox.troubled.length === 0 ? '' : troubled(call, outbox)}</section>`

const kinds = ({ kinds: all }: Outbox): Markup => html`<table class="cards">
<thead><tr><th scope="col">Kind</th><th scope="col">Waiting</th><th scope="col">Of these failed before</th><th scope="col">Given up</th></tr></thead>
<tbody>${all.map(
  ({ kind, waiting, failing, dead }) => html`<tr><th scope="row" class="mono full">${kind}</th>
<td data-label="Waiting">${waiting}</td>
<td data-label="Failed before">${failing === 0 ? '0' : state('warn', String(failing))}</td>
<td data-label="Given up">${dead === 0 ? '0' : state('bad', String(dead))}</td></tr>`,
)}</tbody></table>`

const troubled = (call: ConsoleCall, { troubled: items }: Outbox): Markup => html`<h3>What failed</h3>
<table class="cards"><thead><tr><th scope="col">What</th><th scope="col">Since</th><th scope="col">Tries</th><th scope="col">State</th><th scope="col">Last error</th><th scope="col">Now</th></tr></thead>
<tbody>${items.map(item => itemRow(call, item))}</tbody></table>`

const itemRow = (call: ConsoleCall, item: Item): Markup => html`<tr>
<th scope="row" class="full"><span class="mono">${item.kind}</span>${item.to === null ? '' : html` to ${theirs(item.to, 80)}`}${item.subject === null ? '' : html`<div class="soft small">${theirs(item.subject, 120)}</div>`}</th>
<td data-label="Since" class="tight">${ago(item.created_at, call.ctx.now())}</td>
<td data-label="Tries">${item.attempts}</td>
<td class="tight">${item.dead_at === null ? html`${state('warn', 'waiting')} <span class="soft small">next ${left(item.due_at, call.ctx.now())}</span>` : state('bad', 'given up')}</td>
<td class="full">${item.last_error === null ? '' : theirs(item.last_error)}</td>
<td class="full"><div class="row"><form method="post" action="/operator/system/outbox/${item.id}/retry#outbox">${csrfField(call)}<button>Try now</button></form>
<details><summary>Drop …</summary><p class="small">${item.to === null ? 'Whoever waits for it' : theirs(item.to, 80)} never gets it.</p>
<form method="post" action="/operator/system/outbox/${item.id}/drop#outbox">${csrfField(call)}<button class="risky">Drop it</button></form></details></div></td></tr>`
