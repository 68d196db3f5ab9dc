// The SAML step: which identity provider, how it is set up over there, what it gives to us, and how its people are read.
import { html } from 'hono/html'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { ago, state, theirs } from '../../../look/words.ts'
import { samlSteps } from '../providers/providers.ts'
import { type Stage, showStep } from '../stage.ts'
import { walkthrough } from '../walkthrough.ts'
import { attributeForm } from './attributes.ts'
import { certificateTable } from './certificates.ts'
import { joiningForm } from './joining.ts'
import { samlLabels, sourceForms } from './source-forms.ts'

export function samlSection(stage: Stage): Markup {
  const { place, progress } = stage
  const { domain } = progress
  return showStep(stage, {
    part: 'saml',
    title: 'SAML',
    status: domain.has_saml ? state('good', 'set up') : state('off', 'not set up'),
    body: html`${domain.has_saml ? theirValues(stage) : html`<p>With SAML, people of ${domain.domain} sign in at your identity provider.</p>`}
${walkthrough(stage, { part: 'saml', steps: provider => samlSteps(provider, domain) })}
${sourceForms(stage)}
${attributeForm(stage)}
${place.parts.has('settings') ? joiningForm(stage) : ''}`,
  })
}

const bindings = { redirect: 'by redirect', post: 'by a posted form' } as const

function theirValues({ place, progress: { domain } }: Stage): Markup {
  const { saml_metadata_url: url, saml_metadata_refreshed_at: refreshed } = domain
  return html`<dl><dt>${samlLabels.saml_entity_id}</dt><dd><code>${theirs(domain.saml_entity_id ?? '', 512)}</code></dd>
<dt>${samlLabels.saml_acs_url}</dt><dd><code>${theirs(domain.saml_acs_url ?? '', 512)}</code> <span class="soft small">${bindings[domain.saml_sso_binding]}${signing(domain)}</span></dd>
${
  url === null
    ? ''
    : html`<dt>Kept up to date from</dt><dd><code>${theirs(url, 512)}</code>${refreshed === null ? '' : html` <span class="soft small">fetched ${ago(refreshed, place.ctx.now())}</span>`}</dd>`
}</dl>
${certificateTable(domain.saml_certificates)}`
}

const signing = ({ saml_sign_requests: signs }: DomainObject) => (signs ? ', our requests are signed' : '')
