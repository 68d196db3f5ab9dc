// How the list of legal documents looks: each with its trail, and the form for another one.
import { html } from 'hono/html'
import { type DocumentType, documentTitles } from '../../../domain/agreement.ts'
import type { AgreementText } from '../../../manage/legal/agreement.ts'
import type { DocumentStanding } from '../../../manage/legal/standing.ts'
import { pager } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { newDocumentForm } from './form.ts'
import { trail, trouble, verdict } from './trail.ts'

export const documentsOnPage = 20

const types = Object.keys(documentTitles) as DocumentType[]

interface Shown {
  readonly page: number
  readonly count: number
  readonly documents: readonly DocumentStanding[]
  readonly preview: AgreementText | null | undefined
  readonly notice: Markup | ''
}

export function documentsPage(call: OrganizationCall, shown: Shown): ConsolePage {
  const { page, count, documents, notice, preview } = shown
  const open = types.filter(type => documents.every(document => document.document_type !== type))
  return {
    title: 'Legal documents',
    section: 'documents',
    body: html`${notice}
${documents.length === 0 ? html`<section>${nothing}</section>` : documents.map(document => documentSection(call, document))}
${count > documentsOnPage ? pager({ page, size: documentsOnPage, count, query: {} }) : ''}
${open.length === 0 ? html`<p class="soft small">The organization has one of each kind, which is all there can be.</p>` : newDocumentForm(call, open, preview)}`,
  }
}

const nothing = html`<p class="empty">No document has been submitted yet. Fill in the form below: whoever represents the company gets a link, reads, and signs.</p>`

const documentSection = (call: OrganizationCall, document: DocumentStanding): Markup => html`<section>
<div class="row"><h2><a href="/documents/${document.id}">${document.title}</a></h2>${verdict(document)}</div>
<p>for ${theirs(document.company_name, 120)}, ${document.status === 'signed' ? 'signed by' : 'to be signed by'} <strong>${theirs(document.representative_email, 120)}</strong></p>
${trail(document, call.ctx.now())}${trouble(document, call.ctx.now())}
<p class="row"><a class="button" href="/documents/${document.id}">Open</a>${document.trail.at(-1)?.isDone ? html`<a class="button main" href="/documents/${document.id}/download">Download the signed PDF</a>` : ''}</p></section>`
