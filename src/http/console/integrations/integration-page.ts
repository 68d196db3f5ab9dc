// The page of one integration: whose it is at the vendor, the projects it is given, what became of the last push.
import { html } from 'hono/html'
import type { IntegrationStanding } from '../../../manage/integrations/standing.ts'
import type { Markup } from '../../look/page.ts'
import { copyable, csrfField, on, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import { confirmField } from '../confirmation.ts'
import type { ConsolePage } from '../frame.ts'
import { kindName } from './list-page.ts'
import { mappingForm } from './mapping.ts'
import { pushed, standing } from './progress.ts'

const path = html`<a href="/integrations">Integrations</a>`

export function integrationPage(
  call: OrganizationCall,
  integration: IntegrationStanding,
  notice: Markup | '',
): ConsolePage {
  const { id, type, mapping, delivery } = integration
  const isLinked = type === 'connectable'
  return {
    title: 'Vercel',
    section: 'integrations',
    path,
    body: html`${notice}
${facts(integration)}
<section id="environments"><h2>Projects of its environments</h2>
${isLinked ? mappingForm(call, integration) : html`<p class="soft">An installation from the marketplace has an organization of its own, and takes no projects. To choose projects, link an account instead.</p>`}</section>
${isLinked ? html`<section><h2>What was pushed</h2>${pushed(integration, call.ctx.now())}${mapping !== null && delivery?.state !== 'waiting' ? pushForm(call, integration) : ''}</section>` : ''}
<p><a href="/integrations/${id}/delete">Delete this integration …</a></p>`,
  }
}

const pushForm = (call: OrganizationCall, { id, delivery }: IntegrationStanding): Markup =>
  html`<form method="post" action="/integrations/${id}/push">${csrfField(call)}<button${delivery === null ? '' : html` class="main"`}>${delivery === null ? 'Push again' : 'Try it now'}</button></form>`

function facts(integration: IntegrationStanding): Markup {
  const { account, teamId, createdBy: by } = integration
  return html`<section><div class="row"><h2>About it</h2>${standing(integration)}</div><dl>
<dt>Kind</dt><dd>${kindName(integration)}</dd>
<dt>Id at Vercel</dt><dd>${copyable('id-at-vercel', integration.vendorId)}</dd>
${teamId === null ? '' : html`<dt>Team</dt><dd><code>${theirs(teamId, 80)}</code></dd>`}
${account === null ? '' : html`<dt>Account</dt><dd>${theirs(account.name ?? 'without a name')}${account.email === null ? '' : html`, ${theirs(account.email)}`}</dd>`}
<dt>Made</dt><dd>${on(integration.createdAt)}${by === null ? '' : html` by ${theirs(by.email, 120)}`}</dd>
<dt>Changed</dt><dd>${on(integration.updatedAt)}</dd></dl></section>`
}

export function removalPage(
  call: OrganizationCall,
  integration: IntegrationStanding,
  notice: Markup | '',
): ConsolePage {
  const { id, vendorId, type, mapping, projects } = integration
  const given = projects.filter(project => Object.values(mapping ?? {}).includes(project.id))
  return {
    title: 'Delete an integration',
    section: 'integrations',
    path,
    body: html`${notice}<section><h2>What goes with it</h2>
<ul>${
      type === 'marketplace'
        ? html`<li>The installation at Vercel ends too: it is told so as soon as it answers.</li>`
        : html`<li>Vercel keeps the installation and the variables that it has; remove them over there.</li>
${given.map(({ name }) => html`<li>The token of ${theirs(name, 80)} is not pushed any more, and stays good.</li>`)}`
    }
<li>The organization, its people and its projects stay as they are.</li></ul>
<form method="post" action="/integrations/${id}/delete">${csrfField(call)}
${confirmField(call, vendorId)}
<p class="row"><button class="risky">Delete the integration</button><a class="button" href="/integrations/${id}">Keep</a></p></form></section>`,
  }
}
