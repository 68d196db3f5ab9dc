// What the identity provider gives, by its metadata or by hand: to be looked at before it is saved.
import { html } from 'hono/html'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { refusalNotice } from '../../notice.ts'
import { openForm, refusedIn, type Stage } from '../stage.ts'

export const samlLabels = {
  saml_metadata: 'Metadata',
  saml_entity_id: 'Entity ID',
  saml_acs_url: 'Sign-in URL',
  saml_x509_cert: 'Certificate',
} as const

/** What is longer is not sent back with the page. */
const mostKept = 20_000
const number = new Intl.NumberFormat('en-GB')

export function sourceForms(stage: Stage): Markup {
  const { domain } = stage.progress
  const refusal = refusedIn(stage, 'source')
  const notice = refusal ? refusalNotice(refusal, samlLabels) : ''
  const isByHand = typedIn(stage)?.has('entity_id') ?? false
  const isOpen = stage.state === 'now' || refusal !== undefined
  return html`<details${isOpen ? html` open` : ''}><summary>${domain.has_saml ? 'Replace these settings …' : 'Enter the identity provider’s settings …'}</summary>
${isByHand ? '' : notice}${metadataForm(stage)}
<details${isByHand ? html` open` : ''}><summary>No metadata? Enter three values by hand …</summary>${isByHand ? notice : ''}${handForm(stage)}</details></details>`
}

/** What was sent and refused. */
const typedIn = (stage: Stage): URLSearchParams | undefined => refusedIn(stage, 'source') && stage.place.form

function metadataForm(stage: Stage): Markup {
  const typed = typedIn(stage)
  const xml = typed?.get('xml') ?? ''
  const main = stage.state === 'now' ? 'main' : ''
  return openForm(
    stage.place,
    { path: '/saml/preview', part: 'saml', hasFiles: true },
    html`<p>Give its metadata in one of three ways. From a URL it is fetched again every day, so that new certificates arrive by themselves.</p>
<div class="fields"><p><label for="metadata-url">The URL where it is published</label><input id="metadata-url" name="url" type="url" maxlength="512" placeholder="https://…" spellcheck="false" value="${typed?.get('url')?.slice(0, 512) ?? ''}"></p>
<p><label for="metadata-file">or the file</label><input id="metadata-file" name="file" type="file" accept=".xml,text/xml,application/xml,application/samlmetadata+xml"></p>
<p class="full"><label for="metadata">or its text</label>${xml.length <= mostKept ? '' : html` <span class="warn small">What you pasted has ${number.format(xml.length)} characters, too many to keep here: paste it again, or choose the file.</span>`}<textarea id="metadata" name="xml" rows="4" spellcheck="false" placeholder="&lt;EntityDescriptor …">${xml.length <= mostKept ? xml : ''}</textarea></p></div>
<p><button class="${main}">Preview …</button> <span class="soft small">Nothing is saved yet.</span></p>`,
  )
}

function handForm(stage: Stage): Markup {
  const { domain } = stage.progress
  const typed = typedIn(stage)
  const value = (field: string, stored: string | null) => typed?.get(field)?.slice(0, 512) ?? stored ?? ''
  return openForm(
    stage.place,
    { path: '/saml/preview', part: 'saml' },
    html`<div class="fields"><p><label for="idp-entity-id">${samlLabels.saml_entity_id} (issuer)</label><input id="idp-entity-id" name="entity_id" required maxlength="512" spellcheck="false" value="${value('entity_id', domain.saml_entity_id)}"></p>
<p><label for="sso-url">${samlLabels.saml_acs_url} (single sign-on URL)</label><input id="sso-url" name="sso_url" required type="url" maxlength="512" placeholder="https://…" spellcheck="false" value="${value('sso_url', domain.saml_acs_url)}"></p>
<p class="full"><label for="certificate">Signing certificate (several are all trusted)</label><textarea id="certificate" name="certificate" rows="4" required spellcheck="false" placeholder="-----BEGIN CERTIFICATE-----">${pem(domain, typed)}</textarea></p></div>
<p><button>Preview …</button></p>`,
  )
}

function pem(domain: DomainObject, typed: URLSearchParams | undefined): string {
  const text = typed?.get('certificate') ?? domain.saml_x509_cert ?? ''
  return text.length <= mostKept ? text : ''
}
