// Legal documents over HTTP: submitted, looked at, downloaded; and what PandaDoc tells about them.
import { z } from 'zod'
import { receiveEvents, requireSignature } from '../../manage/legal/webhook.ts'
import * as documents from '../../manage/legal-documents.ts'
import { readBody } from '../request.ts'
import { parse, parseJson, readJson } from './mount/body.ts'
import { address, words } from './mount/fields.ts'
import { inOrganization, ofAnybody } from './mount/operation.ts'
import { pageOf, slice, sliceOf } from './mount/paging.ts'
import * as shapes from './mount/shapes.ts'

const documentType = z.enum(['BAA', 'DPA'])
const type = z.object({ document_type: documentType })
const fields = z.object({
  company_name: words(255),
  representative_email: address,
  company_address: words(512),
})
export const newDocument = type.extend(fields.shape).meta({ id: 'NewLegalDocument' })

const document = z
  .object({
    id: shapes.id,
    document_type: documentType,
    company_name: z.string(),
    representative_email: shapes.address,
    status: z.enum(['submitted_for_signature', 'signed']),
    created_by: z.object({ first_name: z.string(), email: shapes.address }).nullable(),
    created_at: shapes.instant,
  })
  .meta({ id: 'LegalDocument' })

export const list = inOrganization({
  id: 'listLegalDocuments',
  summary: 'The legal documents of the organization, newest first',
  query: slice,
  answer: pageOf(document),
  run: async (ctx, { caller, url, query }) => {
    const asked = query()
    return sliceOf(url, asked, await documents.readLegalDocuments(ctx, caller, asked))
  },
})

export const create = inOrganization({
  id: 'createLegalDocument',
  summary: 'Submit a legal document for signature',
  body: newDocument,
  answer: document,
  status: 201,
  run: async (ctx, { caller, c }) => {
    const body = await readJson(c)
    const { document_type } = parse(type, body)
    await documents.refuseSecond(ctx, caller, document_type)
    const submission = { document_type, ...parse(fields, body) }
    return documents.submitLegalDocument(ctx, caller, submission)
  },
})

export const show = inOrganization({
  id: 'getLegalDocument',
  summary: 'A legal document',
  answer: document,
  run: (ctx, { caller, id }) => documents.readLegalDocument(ctx, caller, id('id')),
})

/** The answer may not be kept: the URL in it opens the file to anybody. */
export const download = inOrganization({
  id: 'downloadLegalDocument',
  summary: 'To the signed PDF, by a URL that lives for a minute',
  answer: 'redirect',
  run: async (ctx, { caller, c, id }) => {
    const url = await documents.readDownload(ctx, caller, id('id'))
    c.header('Cache-Control', 'no-store')
    return c.redirect(url, 302)
  },
})

const mostWebhookBytes = 1024 * 1024

/** The signature is over the bytes as they came. */
export const hearPandaDoc = ofAnybody({
  id: 'receivePandaDocEvents',
  summary: 'What PandaDoc tells of envelopes',
  body: z.unknown().describe('An event or a list of them.'),
  answer: z.object({ matched: z.int().describe('How many of the events were about documents here.') }),
  mayBeEmpty: true,
  proof: 'pandaDocSignature',
  run: async (ctx, { c }) => {
    const body = await readBody(c, mostWebhookBytes)
    const signature = c.req.header('x-pandadoc-signature') ?? c.req.query('signature')
    requireSignature(ctx, { body, signature })
    const matched = await receiveEvents(ctx, parseJson(body))
    return matched === 0 ? c.body(null, 204) : { matched }
  },
})
