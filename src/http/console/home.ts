// The first page after signing in: the domains for administrators, and for everybody else that they are signed in.
import { html } from 'hono/html'
import { levels } from '../../domain/level.ts'
import { enterOrganization } from '../../manage/caller.ts'
import { theirs } from '../look/words.ts'
import type { ConsoleCall } from './call.ts'
import { showChecklist } from './checklist.ts'
import * as domains from './domains/domains.ts'
import { showConsole } from './frame.ts'

export async function show(call: ConsoleCall): Promise<Response> {
  const { organization, email } = call.account
  if (organization && organization.membership_level >= levels.admin) {
    const caller = await enterOrganization(call.ctx, call.principal, '@current')
    const isOwner = organization.membership_level >= levels.owner
    const above = isOwner ? await showChecklist({ ...call, caller }) : ''
    return domains.list({ ...call, caller }, { above })
  }
  return showConsole(call, 200, {
    title: 'Signed in',
    body: html`<section><p>You are signed in as <strong>${email}</strong>.</p>
${
  organization
    ? html`<p>You are a member of ${theirs(organization.name)}. You may see <a href="/members">who else is</a>, and make <a href="/keys">API keys</a> of your own.</p>
<p class="soft">Only its administrators see its domains and logs.</p>`
    : html`<p class="soft">You are not in any organization at present. Ask an administrator for an invite.</p>`
}</section>`,
  })
}
