// What the frame of every page says to an operator: the way to the installation's pages, and where they are at present.
import { html } from 'hono/html'
import type { Markup } from '../../look/page.ts'
import { csrfField, theirs } from '../../look/words.ts'
import type { ConsoleCall } from '../call.ts'

export const operatorLink = ({ principal }: ConsoleCall, section: string | undefined): Markup | '' =>
  principal.operator
    ? html`<a href="/operator"${section === 'operator' ? html` aria-current="page"` : ''}>Operator</a>`
    : ''

/** On every page within an organization that is not one's own. */
export function operatingBar(call: ConsoleCall): Markup | '' {
  const { organization } = call.account
  if (!call.principal.operator?.organizationId || !organization) return ''
  return html`<aside class="operating" aria-label="As the operator"><p>You look at <strong>${theirs(organization.name, 80)}</strong> as the operator: you may do there what its owners may, and its audit log has your address.</p>
<form method="post" action="/operator/leave">${csrfField(call)}<button>Leave</button></form></aside>`
}
