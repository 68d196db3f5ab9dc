// How the system page looks: what is wrong first, then what there is.
import { html } from 'hono/html'
import type { Refusal } from '../../../base/refusal.ts'
import type { DnsTest, MailTest, StorageTest } from '../../../manage/operators/self-tests.ts'
import type { System } from '../../../manage/operators/system.ts'
import type { Markup } from '../../look/page.ts'
import { ago, on, state, theirs } from '../../look/words.ts'
import type { ConsoleCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { doneNotice, refusalNotice } from '../notice.ts'
import { backupSection } from './backup-section.ts'
import { jobsSection } from './jobs-section.ts'
import { operatorTabs } from './organizations-page.ts'
import { outboxSection } from './outbox-section.ts'
import { selfTestsSection } from './self-tests-section.ts'
import { size } from './size.ts'

/** What the button that was just pressed came to. */
export interface Happened {
  readonly mail?: MailTest
  readonly dns?: DnsTest
  readonly storage?: StorageTest
  readonly done?: string
  readonly refusal?: Refusal
}

export interface Shown {
  readonly call: ConsoleCall
  readonly system: System
  readonly happened: Happened
}

export const systemPage = (shown: Shown): ConsolePage => ({
  title: 'Operator',
  section: 'operator',
  body: html`${operatorTabs('system')}
${shown.happened.refusal ? refusalNotice(shown.happened.refusal, { name: 'Name' }) : ''}
${shown.happened.done ? doneNotice(theirs(shown.happened.done)) : ''}
<div class="two">${processSection(shown)}${databaseSection(shown)}</div>
${selfTestsSection(shown)}
${outboxSection(shown)}
${jobsSection(shown)}
${backupSection(shown)}
${deedsSection(shown)}
${settingsSection(shown)}`,
})

const processSection = ({ call, system: { process } }: Shown): Markup => html`<section><h2>This process</h2>
<dl><dt>Version</dt><dd>${process.version}</dd>
<dt>Runtime</dt><dd>Node ${process.runtime}, ${process.platform}</dd>
<dt>Process</dt><dd>${process.pid} on <code>${process.host}</code></dd>
<dt>Started</dt><dd>${ago(process.startedAt, call.ctx.now())}</dd>
<dt>Memory</dt><dd>${size(process.memoryBytes)}</dd>
<dt>Base URL</dt><dd><code>${call.ctx.config.baseUrl}</code></dd></dl></section>`

const databaseNames = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const
/** What signatures and links can live with; more is somebody's clock gone wrong. */
const tolerableMs = 2000

function databaseSection({ system: { database, migrations } }: Shown): Markup {
  const missing = migrations.filter(({ at }) => at === null)
  const { clockAheadMs: ahead } = database
  const distance =
    Math.abs(ahead) < 1000 ? `${Math.abs(ahead)} ms` : `${Math.round(Math.abs(ahead) / 1000)} s`
  return html`<section><h2>Database</h2>
<dl><dt>Kind</dt><dd>${databaseNames[database.kind]} ${database.version}</dd>
<dt>Size</dt><dd>${size(database.bytes)}</dd>
${database.file === null ? '' : html`<dt>File</dt><dd><code>${database.file}</code></dd>`}
${database.connections === null ? '' : html`<dt>Connections</dt><dd>${database.connections}, of all servers like this one</dd>`}
<dt>Clock</dt><dd>${state(Math.abs(ahead) <= tolerableMs ? 'good' : 'bad', `${distance} ${ahead < 0 ? 'behind' : 'ahead of'} this process`)}</dd>
<dt>Migrations</dt><dd>${missing.length === 0 ? state('good', `all ${migrations.length} applied`) : state('bad', `${missing.length} missing`)}
<details><summary>Which and when</summary><ul>${migrations.map(({ name, at }) => html`<li><code>${name}</code> ${at === null ? state('bad', 'missing') : on(at)}</li>`)}</ul></details></dd></dl></section>`
}

const deedsSection = ({
  call,
  system: { deeds },
}: Shown): Markup => html`<section id="deeds"><h2>What was done last</h2>
<p class="soft small">To the installation. What operators do within an organization stands in its audit log.</p>
${
  deeds.length === 0
    ? html`<p class="empty">Nothing yet.</p>`
    : html`<table class="cards"><thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">Action</th><th scope="col">Of what</th><th scope="col">Outcome</th></tr></thead>
<tbody>${deeds.map(
        deed => html`<tr><td class="tight">${ago(deed.created_at, call.ctx.now())}</td><td>${deed.actor_id === null ? 'a command on the machine' : theirs(deed.actor_label, 80)}</td>
<th scope="row" class="mono">${deed.action}</th><td>${theirs(deed.target, 200)}</td><td class="full">${deed.outcome === null ? '' : theirs(deed.outcome)}</td></tr>`,
      )}</tbody></table>`
}</section>`

const settingsSection = ({
  system: { settings },
}: Shown): Markup => html`<section id="settings"><h2>Settings</h2>
<p class="soft small">From the environment of this process; they change with a new start. Secrets are never shown.</p>
<details><summary>All ${settings.length} settings</summary><table class="cards">
<thead><tr><th scope="col">Variable</th><th scope="col">Value</th><th scope="col">What it is for</th></tr></thead>
<tbody>${settings.map(
  ({ name, value, isSet, doc }) => html`<tr><th scope="row" class="full"><code>${name}</code></th>
<td>${value === null ? state(isSet ? 'good' : 'off', isSet ? 'set, not shown' : 'not set') : isSet ? html`<code>${theirs(value)}</code>` : state('off', 'not set')}</td>
<td class="full soft small">${doc}</td></tr>`,
)}</tbody></table></details></section>`
