// Which project each environment of a vendor is given: the form for an account that was linked.
import { html } from 'hono/html'
import type { IntegrationStanding } from '../../../manage/integrations/standing.ts'
import { environments } from '../../../manage/vercel/facts.ts'
import type { Markup } from '../../look/page.ts'
import { csrfField, readable } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'

type Environment = (typeof environments)[number]

/** How the fields are called that a refusal may name. */
export const labels: Readonly<Record<Environment, string>> = {
  production: 'Production',
  preview: 'Preview',
  development: 'Development',
}

export function mappingForm(call: OrganizationCall, integration: IntegrationStanding): Markup {
  const { id, projects } = integration
  if (projects.length === 0)
    return html`<p class="empty">The organization has no project yet that could be chosen. Projects are made by the API, with <code>POST /api/organizations/@current/projects</code>; <a href="/docs">the documentation</a> says how.</p>`
  return html`<form method="post" action="/integrations/${id}/environments">${csrfField(call)}
<dl>${environments.map(environment => html`<dt><label for="${environment}">${labels[environment]}</label></dt><dd>${projectSelect(call, integration, environment)}</dd>`)}</dl>
<p class="row"><button class="main">Save and push</button><span class="soft small">Each environment gets the token of its project as <code>GATEHOUSE_PROJECT_TOKEN</code>.</span></p></form>`
}

function projectSelect(
  { form }: OrganizationCall,
  { mapping, projects }: IntegrationStanding,
  environment: Environment,
): Markup {
  const chosen = form.get(environment) ?? String(mapping?.[environment] ?? '')
  return html`<select id="${environment}" name="${environment}"><option value="">${environment === 'production' ? 'choose a project' : 'the same as production'}</option>
${projects.map(({ id, name }) => html`<option value="${id}"${String(id) === chosen ? html` selected` : ''}>${id} · ${readable(name).slice(0, 80)}</option>`)}</select>`
}

/** As the API takes it: an environment that is left out has what production has. */
export const mappingIn = (form: URLSearchParams): Readonly<Record<string, number>> =>
  Object.fromEntries(
    environments.flatMap(environment => {
      const text = form.get(environment) ?? ''
      return text === '' ? [] : [[environment, Number(text)] as const]
    }),
  )
