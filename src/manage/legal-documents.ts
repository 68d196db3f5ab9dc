// The legal documents of an organization: submitted for signature, looked at, downloaded once they are signed.
import { newIdAt } from '../base/id.ts'
import { invalid, missing } from '../base/refusal.ts'
import { digestOf, newSecret } from '../base/secret.ts'
import type { Context } from '../context.ts'
import type { DocumentType } from '../domain/agreement.ts'
import { type Db, transact } from '../store/db.ts'
import { isUniqueViolation } from '../store/dialect.ts'
import {
  countLegalDocuments,
  findSubmittedDocument,
  hasLegalDocument,
  insertLegalDocument,
  type LegalDocument,
  listLegalDocuments,
  type SubmittedDocument,
} from '../store/organization/legal-documents.ts'
import { record } from './audit.ts'
import { type Caller, holdLevel, requireLevel } from './caller.ts'
import { writeAgreement } from './legal/agreement.ts'
import { enqueueEnvelope } from './legal/envelope.ts'
import { documentTarget, fileKeyOf } from './legal/facts.ts'
import { queueLink } from './legal/link.ts'

export async function readLegalDocuments(
  ctx: Context,
  { organizationId }: Caller,
  page: { limit: number; offset: number },
) {
  const count = await countLegalDocuments(ctx.db, organizationId)
  return { count, results: (await listLegalDocuments(ctx.db, organizationId, page)).map(viewDocument) }
}

export async function readLegalDocument(ctx: Context, caller: Caller, id: string) {
  return viewDocument(await requireDocument(ctx.db, caller, id))
}

async function requireDocument(db: Db, { organizationId }: Caller, id: string): Promise<SubmittedDocument> {
  const document = await findSubmittedDocument(db, organizationId, id)
  if (!document) throw missing()
  return document
}

export interface Submission {
  readonly document_type: DocumentType
  readonly company_name: string
  readonly company_address: string
  /** Lower-cased. */
  readonly representative_email: string
}

/** The type is looked at before the other fields are. */
export async function refuseSecond(
  ctx: Context,
  { organizationId }: Caller,
  type: DocumentType,
): Promise<void> {
  if (await hasLegalDocument(ctx.db, organizationId, type)) throw secondOf(type)
}

const secondOf = (type: DocumentType) =>
  invalid('unique', `The organization has a ${type} already.`, 'document_type')

/** Whoever provides the signing learns of it through the outbox: none of their failures is the caller's. */
export async function submitLegalDocument(ctx: Context, caller: Caller, submission: Submission) {
  const now = ctx.now()
  const provider = ctx.config.signing
  const isOurs = provider === 'builtin'
  const secret = isOurs ? newSecret() : undefined
  const document: LegalDocument = {
    organization_id: caller.organizationId,
    id: newIdAt(now),
    ...submission,
    status: 'submitted_for_signature',
    provider,
    agreement: isOurs ? await writeAgreement(ctx, submission, now) : null,
    link_digest: secret === undefined ? null : digestOf(secret),
    envelope_id: null,
    sent_at: null,
    opened_at: null,
    signature: null,
    stored_at: null,
    created_by: caller.personId,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
  }
  return insert(ctx, caller, { document, secret })
}

interface Insertion {
  readonly document: LegalDocument
  /** Of the link to it, where it is signed here. */
  readonly secret: string | undefined
}

async function insert(ctx: Context, caller: Caller, { document, secret }: Insertion) {
  try {
    return await transact(ctx.db, async tx => {
      requireLevel(await holdLevel(tx, caller), 'admin')
      await insertLegalDocument(tx, document)
      if (secret === undefined) await enqueueEnvelope(ctx, tx, document)
      else await queueLink(ctx, tx, { document, secret, now: document.created_at })
      const { company_name, representative_email } = document
      await record(tx, caller, {
        action: 'legal_document.submitted',
        target: documentTarget(document),
        changes: {
          company_name: { before: null, after: company_name },
          representative_email: { before: null, after: representative_email },
        },
        now: document.created_at,
      })
      return viewDocument(await requireDocument(tx, caller, document.id))
    })
  } catch (error) {
    if (isUniqueViolation(error, 'legal_documents_type')) throw secondOf(document.document_type)
    throw error
  }
}

/** A URL that opens the signed file for a minute. */
export async function readDownload(ctx: Context, caller: Caller, id: string): Promise<string> {
  const document = await requireDocument(ctx.db, caller, id)
  if (document.stored_at === null) throw missing('The signed document is not there yet.')
  const filename = `${document.document_type}-${document.id}.pdf`
  const link = await ctx.files.linkTo({ key: fileKeyOf(document), filename, now: ctx.now() })
  return new URL(link, ctx.config.baseUrl).href
}

export const viewDocument = (document: SubmittedDocument) => ({
  id: document.id,
  document_type: document.document_type,
  company_name: document.company_name,
  representative_email: document.representative_email,
  status: document.status,
  created_by:
    document.submitter_email === null
      ? null
      : { first_name: document.submitter_first_name ?? '', email: document.submitter_email },
  created_at: document.created_at,
})
