// The copies of the database that there are, and the button that makes another one.
import { html } from 'hono/html'
import type { System } from '../../../manage/operators/system.ts'
import type { Markup } from '../../look/page.ts'
import { ago, copyable, csrfField, theirs } from '../../look/words.ts'
import type { ConsoleCall } from '../call.ts'
import { size } from './size.ts'

export const backupSection = ({
  call,
  system: { copies },
}: {
  call: ConsoleCall
  system: System
}): Markup => html`<section id="backup"><h2>Backup</h2>
${copies.kind === 'postgres' ? dump(copies.line) : files(call, copies)}
<p class="soft small">Keep the secret (<code>GATEHOUSE_SECRET</code>, or the file <code>secret</code> in the data folder) as well, but elsewhere: without it nobody reads what is stored sealed. The folder <code>files</code> is no part of the copy.</p></section>`

const dump = (line: string): Markup =>
  html`<p>PostgreSQL has its own tool. Run this where it is installed; it asks for the password:</p>${copyable('backup-command', line)}`

/** So many are listed. */
const mostListed = 20

function files(
  call: ConsoleCall,
  { folder, copies }: { folder: string; copies: readonly { name: string; bytes: number; madeAt: string }[] },
): Markup {
  return html`<div class="row"><form method="post" action="/operator/system/backup#backup">${csrfField(call)}<button>Backup now</button></form>
<span class="soft small">into <code>${theirs(folder)}</code>, while the server goes on</span></div>
${
  copies.length === 0
    ? html`<p class="empty">There is no copy yet.</p>`
    : html`<table class="cards"><thead><tr><th scope="col">File</th><th scope="col">Size</th><th scope="col">Made</th></tr></thead>
<tbody>${copies.slice(0, mostListed).map(({ name, bytes, madeAt }) => html`<tr><th scope="row" class="full"><code>${theirs(name)}</code></th><td data-label="Size">${size(bytes)}</td><td data-label="Made">${ago(madeAt, call.ctx.now())}</td></tr>`)}</tbody></table>
${copies.length > mostListed ? html`<p class="soft small">and ${copies.length - mostListed} older ones</p>` : ''}`
}`
}
