// Legal documents: submitted after a look at the text, followed until they are stored, sent again, downloaded.
import { previewAgreement } from '../../../manage/legal/agreement.ts'
import { resendLink } from '../../../manage/legal/link.ts'
import { retryDocument } from '../../../manage/legal/retry.ts'
import { readDocumentPage, readDocumentStandings } from '../../../manage/legal/standing.ts'
import { readDownload, refuseSecond, submitLegalDocument } from '../../../manage/legal-documents.ts'
import { newDocument } from '../../api/legal-documents.ts'
import { parse } from '../../api/mount/body.ts'
import { type Status, statuses } from '../../explained.ts'
import { readPage } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { noticeAfter, refusalNotice, requireAnswerable } from '../notice.ts'
import { documentPage } from './document-page.ts'
import { labels } from './form.ts'
import { documentsOnPage, documentsPage } from './list-page.ts'

type Preview = Awaited<ReturnType<typeof previewAgreement>> | null

interface Came {
  readonly notice: Markup | ''
  readonly status: Status
  readonly preview?: Preview
}

export const list = (call: OrganizationCall): Promise<Response> =>
  showDocuments(call, { notice: '', status: 200 })

async function showDocuments(call: OrganizationCall, { notice, status, preview }: Came): Promise<Response> {
  const { ctx, c, caller } = call
  const page = readPage(new URL(c.req.url).searchParams)
  const { count, results } = await readDocumentStandings(ctx, caller, {
    limit: documentsOnPage,
    offset: (page - 1) * documentsOnPage,
  })
  const shown = { page, count, documents: results, notice, preview }
  return showConsole(call, status, documentsPage(call, shown))
}

const wanted = ['document_type', 'company_name', 'company_address', 'representative_email'] as const

/** Or only shown as it would be. */
export async function create(call: OrganizationCall): Promise<Response> {
  const { ctx, c, caller, form } = call
  try {
    const submission = parse(
      newDocument,
      Object.fromEntries(wanted.map(name => [name, form.get(name) ?? undefined])),
    )
    await refuseSecond(ctx, caller, submission.document_type)
    if (form.get('act') === 'preview') {
      const preview = (await previewAgreement(ctx, submission)) ?? null
      return await showDocuments(call, { notice: '', status: 200, preview })
    }
    const { id } = await submitLegalDocument(ctx, caller, submission)
    return c.redirect(`/documents/${id}?done=submitted`, 303)
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showDocuments(call, { notice: refusalNotice(refusal, labels), status: statuses[refusal.kind] })
  }
}

/** Said after the redirect that a form ends in. */
const done = {
  submitted: 'The document is submitted. Whoever signs gets a mail with the link in a moment.',
  resent: 'A mail with a new link is on its way.',
  retried: 'It is tried at once; look at the page again in a moment.',
}

export function show(call: OrganizationCall): Promise<Response> {
  return showDocument(call, noticeAfter(call, done), 200)
}

async function showDocument(call: OrganizationCall, notice: Markup | '', status: Status): Promise<Response> {
  const document = await readDocumentPage(call.ctx, call.caller, idIn(call, 'id'))
  return showConsole(call, status, documentPage(call, document, notice))
}

export const resend = (call: OrganizationCall): Promise<Response> =>
  act(call, 'resent', id => resendLink(call.ctx, call.caller, id))

export const retry = (call: OrganizationCall): Promise<Response> =>
  act(call, 'retried', id => retryDocument(call.ctx, call.caller, id))

async function act(call: OrganizationCall, word: string, deed: (id: string) => Promise<void>) {
  const id = idIn(call, 'id')
  try {
    await deed(id)
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showDocument(call, refusalNotice(refusal), statuses[refusal.kind])
  }
  return call.c.redirect(`/documents/${id}?done=${word}`, 303)
}

/** The answer may not be kept: its URL opens the file to anybody. */
export async function download(call: OrganizationCall): Promise<Response> {
  const url = await readDownload(call.ctx, call.caller, idIn(call, 'id'))
  call.c.header('Cache-Control', 'no-store')
  return call.c.redirect(url, 302)
}
