// Legal documents over HTTP: submitted, looked at, downloaded; and what PandaDoc tells about them.
import { z } from 'zod'
import { invalid } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { domainOfAddress } from '../../domain/domain.ts'
import type { Caller } from '../../manage/caller.ts'
import { receiveEvents, requireSignature } from '../../manage/legal/webhook.ts'
import * as documents from '../../manage/legal-documents.ts'
import { readBody } from '../request.ts'
import { parse, parseJson, readJson } from './body.ts'
import { readBy, text, words } from './fields.ts'
import { readSlice, sliceOf } from './paging.ts'
import { type ApiContext, readPathId } from './request.ts'

function readAddress(value: string): string {
  const address = value.toLowerCase()
  if (domainOfAddress(address) !== undefined) return address
  throw invalid('invalid_input', `Expected an e-mail address, got "${value.slice(0, 80)}".`)
}

const type = z.object({ document_type: z.enum(['BAA', 'DPA']) })
const fields = z.object({
  company_name: words(255),
  representative_email: text(254, z.string().trim().min(1)).transform(readBy(readAddress)),
  company_address: words(512),
})

export async function list(ctx: Context, caller: Caller, c: ApiContext) {
  const slice = readSlice(ctx, c)
  return c.json(sliceOf(slice, await documents.readLegalDocuments(ctx, caller, slice)))
}

export async function create(ctx: Context, caller: Caller, c: ApiContext) {
  const body = await readJson(c)
  const { document_type } = parse(type, body)
  await documents.refuseSecond(ctx, caller, document_type)
  const submission = { document_type, ...parse(fields, body) }
  return c.json(await documents.submitLegalDocument(ctx, caller, submission), 201)
}

export async function show(ctx: Context, caller: Caller, c: ApiContext) {
  return c.json(await documents.readLegalDocument(ctx, caller, readPathId(c, 'id')))
}

/** The answer may not be kept: the URL in it opens the file to anybody. */
export async function download(ctx: Context, caller: Caller, c: ApiContext) {
  const url = await documents.readDownload(ctx, caller, readPathId(c, 'id'))
  c.header('Cache-Control', 'no-store')
  return c.redirect(url, 302)
}

const mostWebhookBytes = 1024 * 1024

/** The signature is over the bytes as they came. */
export async function hearPandaDoc(ctx: Context, c: ApiContext) {
  const body = await readBody(c, mostWebhookBytes)
  const signature = c.req.header('x-pandadoc-signature') ?? c.req.query('signature')
  requireSignature(ctx, { body, signature })
  const matched = await receiveEvents(ctx, parseJson(body))
  return matched === 0 ? c.body(null, 204) : c.json({ matched })
}
