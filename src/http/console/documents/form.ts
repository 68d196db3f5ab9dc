// The form that submits a document for signature, with the text to read before anybody is asked to sign it.
import { html } from 'hono/html'
import type { DocumentType } from '../../../domain/agreement.ts'
import type { AgreementText } from '../../../manage/legal/agreement.ts'
import type { Markup } from '../../look/page.ts'
import { paper } from '../../look/paper.ts'
import { csrfField } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'

/** How the fields are called that a refusal may name. */
export const labels = {
  document_type: 'Document',
  company_name: 'Company',
  company_address: 'Address of the company',
  representative_email: 'Who signs',
}

const documentNames: Readonly<Record<DocumentType, string>> = {
  BAA: 'BAA, a Business Associate Agreement',
  DPA: 'DPA, a Data Processing Agreement',
}

/** `preview` is null where somebody else has the text. */
export const newDocumentForm = (
  call: OrganizationCall,
  types: readonly DocumentType[],
  preview: AgreementText | null | undefined,
): Markup => html`<section id="new"><h2>Have a document signed</h2>
<form method="post" action="/documents#new">${csrfField(call)}
<div class="fields"><p><label for="document_type">Document</label><select id="document_type" name="document_type">${types.map(type => html`<option value="${type}"${call.form.get('document_type') === type ? html` selected` : ''}>${documentNames[type]}</option>`)}</select></p>
${field(call, { name: 'representative_email', most: 254, hint: 'somebody@company.com' })}
${field(call, { name: 'company_name', most: 255, hint: 'as it stands in the register' })}
${field(call, { name: 'company_address', most: 512, hint: 'street, city, country' })}</div>
<p class="soft small">Whoever signs gets a mail with a link of their own${call.ctx.config.signing === 'pandadoc' ? ', by PandaDoc' : '; they need no account'}.</p>
${preview === undefined ? '' : previewed(preview)}
<p class="row"><button class="main" name="act" value="submit">Submit for signature</button>${call.ctx.config.signing === 'builtin' ? html`<button name="act" value="preview">Preview the text</button>` : ''}</p></form></section>`

interface Field {
  readonly name: 'representative_email' | 'company_name' | 'company_address'
  readonly most: number
  readonly hint: string
}

const field = ({ form }: OrganizationCall, { name, most, hint }: Field): Markup =>
  html`<p><label for="${name}">${labels[name]}</label><input id="${name}" name="${name}" maxlength="${most}" placeholder="${hint}" required value="${form.get(name)?.slice(0, most) ?? ''}"></p>`

const previewed = (preview: AgreementText | null): Markup =>
  preview === null
    ? html`<p>The text is in the template at PandaDoc.</p>`
    : html`<h3>As whoever signs will read it</h3>${paper(preview.title, preview.text)}`
