// How the list of integrations looks.
import { html } from 'hono/html'
import type { IntegrationStanding } from '../../../manage/integrations/standing.ts'
import { pager } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { ago, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { isConfigured, linkingSection } from './linking.ts'
import { standing } from './progress.ts'

export const integrationsOnPage = 20

interface Shown {
  readonly page: number
  readonly count: number
  readonly integrations: readonly IntegrationStanding[]
  readonly notice: Markup | ''
}

export const integrationsPage = (call: OrganizationCall, shown: Shown): ConsolePage => ({
  title: 'Integrations',
  section: 'integrations',
  body: html`${shown.notice}
<section>${shown.count === 0 ? nothing(call) : table(call, shown.integrations)}
${shown.count > integrationsOnPage ? pager({ page: shown.page, size: integrationsOnPage, count: shown.count, query: {} }) : ''}</section>
${linkingSection(call)}`,
})

const nothing = ({ ctx }: OrganizationCall): Markup =>
  isConfigured(ctx.config)
    ? html`<p class="empty">This organization has no integration yet. Begin in Vercel’s marketplace, as below: an account that is linked gets the tokens of the projects that you choose.</p>`
    : html`<p class="empty">This organization has no integration. The one kind there is links it with an account at Vercel, which this server is not set up for yet.</p>`

const table = (
  call: OrganizationCall,
  integrations: readonly IntegrationStanding[],
): Markup => html`<table class="cards">
<thead><tr><th scope="col">Integration</th><th scope="col">Kind</th><th scope="col">State</th><th scope="col">Tokens arrived</th><th scope="col">Made</th><th scope="col">By</th></tr></thead>
<tbody>${integrations.map(each => row(call, each))}</tbody></table>`

function row({ ctx }: OrganizationCall, integration: IntegrationStanding): Markup {
  const { id, vendorId, account, createdBy: by, pushedAt: at } = integration
  const now = ctx.now()
  return html`<tr><th scope="row" class="full"><a href="/integrations/${id}">Vercel ${theirs(account?.name ?? vendorId, 80)}</a></th>
<td>${kindName(integration)}</td><td>${standing(integration)}</td>
<td class="tight" data-label="Tokens arrived">${at === null ? html`<span class="soft">never</span>` : ago(at, now)}</td>
<td class="tight" data-label="Made">${ago(integration.createdAt, now)}</td>
<td data-label="By">${by === null ? html`<span class="soft">somebody who is gone</span>` : theirs(by.email, 80)}</td></tr>`
}

export const kindName = ({ type }: Pick<IntegrationStanding, 'type'>): string =>
  type === 'marketplace' ? 'from the marketplace' : 'linked account'
