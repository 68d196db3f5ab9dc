// Putting signed documents into the storage: from the outbox, so that a storage that is down for a while loses none.
import type { Context } from '../../context.ts'
import { downloadEnvelope } from '../../outside/pandadoc.ts'
import { writeSignedAgreement } from '../../outside/pdf/signed-agreement.ts'
import type { Db } from '../../store/db.ts'
import {
  findLegalDocument,
  type LegalDocument,
  updateLegalDocument,
} from '../../store/organization/legal-documents.ts'
import { enqueue } from '../../store/records/outbox.ts'
import type { Deliver } from '../delivery/delivery.ts'
import { fileKeyOf, titleOf } from './facts.ts'

export const storeKind = 'legal_document.store'

/** What was recorded of a signature, in the form in which it is kept. */
export interface Signature {
  readonly name: string
  readonly title: string
  readonly signed_at: string
  readonly ip: string
  readonly user_agent: string
}

export const enqueueStoring = (
  ctx: Context,
  tx: Db,
  { document, now }: { document: Pick<LegalDocument, 'organization_id' | 'id'>; now: string },
) =>
  enqueue(tx, ctx.config.secrets, {
    kind: storeKind,
    payload: { id: document.id },
    organizationId: document.organization_id,
    about: document.id,
    now,
  })

/** Stored twice, the file is the same. */
export const deliverSigned: Deliver = async (ctx, { organizationId, payload }) => {
  const { id } = payload as { id: string }
  const document = organizationId && (await findLegalDocument(ctx.db, organizationId, id))
  if (!document || document.stored_at !== null) return
  await ctx.files.put(fileKeyOf(document), await fileOf(ctx, document), ctx.now())
  await updateLegalDocument(ctx.db, document, { stored_at: ctx.now().toISOString() })
}

async function fileOf(ctx: Context, document: LegalDocument): Promise<Uint8Array> {
  const { envelope_id: envelopeId, signature } = document
  if (envelopeId !== null) {
    const { pandadocApiUrl: apiUrl, pandadocApiKey: apiKey } = ctx.config
    return downloadEnvelope({ apiUrl, apiKey }, envelopeId)
  }
  if (signature === null) throw new Error('expected the document to be signed, but it is not')
  const { name, title, signed_at, ip, user_agent } = JSON.parse(signature) as Signature
  return writeSignedAgreement({
    id: document.id,
    title: titleOf(document.document_type),
    agreement: document.agreement ?? '',
    company: document.company_name,
    address: document.company_address,
    email: document.representative_email,
    name,
    jobTitle: title,
    submittedAt: document.created_at,
    openedAt: document.opened_at ?? signed_at,
    signedAt: signed_at,
    // An IPv4 address as a socket for both families writes it.
    ip: ip.replace(/^::ffff:/, '') || 'unknown',
    userAgent: user_agent || 'unknown',
    provider: ctx.config.agreementParty,
  })
}
