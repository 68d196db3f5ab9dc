// The form for many addresses at once, with what is wrong with which line.
import { html } from 'hono/html'
import { mostAtOnce } from '../../api/invites.ts'
import type { Markup } from '../../look/page.ts'
import { csrfField, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { onceField } from '../once.ts'
import { levelField, moreFields, type Project } from './fields.ts'
import type { Problem } from './wishes.ts'

const mostShown = 50

const example = `ada@example.com
Grace <grace@example.com>
Alan, alan@example.com`

export const severalPage = (
  call: OrganizationCall,
  projects: readonly Project[],
  problems: readonly Problem[],
): ConsolePage => ({
  title: 'Invite several',
  section: 'people',
  path: html`<a href="/pending-invites">Invites</a> / several`,
  body: html`${problems.length === 0 ? '' : complaints(problems)}
<section><form method="post" action="/pending-invites/several">${csrfField(call)}${onceField()}
<p><label for="addresses">One address per line, at most ${mostAtOnce}. A line may be <code>ada@example.com</code>, <code>Ada &lt;ada@example.com&gt;</code>, or a row of a table with the address and the first name.</label></p>
<p><textarea id="addresses" name="addresses" rows="10" required spellcheck="false" autocapitalize="none" placeholder="${example}"${problems.length === 0 ? '' : html` aria-describedby="problems"`}>
${call.form.get('addresses') ?? ''}</textarea></p>
<div class="filters">${levelField(call)}</div>
${moreFields(call, projects)}
<p class="row"><button class="main">Invite all</button><span class="soft small">If one line is wrong, nobody is invited.</span></p></form></section>`,
})

function complaints(problems: readonly Problem[]): Markup {
  const shown = problems.slice(0, mostShown)
  return html`<div class="notice" role="alert" id="problems"><p><strong>Nobody was invited.</strong> ${problems.length === 1 ? 'There is a problem:' : `There are ${problems.length} problems:`}</p>
<ul>${shown.map(
    ({ line, message }) =>
      html`<li>${line === null ? '' : html`<strong>Line ${line.number}</strong> <code>${theirs(line.text, 80)}</code><br>`}${theirs(message, 300)}</li>`,
  )}${problems.length > mostShown ? html`<li>and ${problems.length - mostShown} more</li>` : ''}</ul></div>`
}
