// Signing by PandaDoc: the envelope is made, sent and fetched through the outbox, as its state at PandaDoc calls for.
import type { Context } from '../../context.ts'
import { systemActor } from '../../domain/actor.ts'
import type { DocumentType } from '../../domain/agreement.ts'
import { ensureEnvelope, readEnvelopeState, sendEnvelope } from '../../outside/pandadoc.ts'
import { type Db, transact } from '../../store/db.ts'
import {
  findLegalDocument,
  type LegalDocument,
  lockDocumentByEnvelope,
  updateLegalDocument,
} from '../../store/organization/legal-documents.ts'
import { enqueue } from '../../store/records/outbox.ts'
import { record } from '../audit.ts'
import type { Deliver } from '../delivery/delivery.ts'
import { documentTarget, titleOf } from './facts.ts'
import { enqueueStoring } from './storing.ts'

export const createKind = 'pandadoc.create'
export const followKind = 'pandadoc.follow'

/** The states in which something is up to us. */
export type Milestone = 'document.draft' | 'document.completed'

type Named = Pick<LegalDocument, 'organization_id' | 'id'>

const put = (
  ctx: Context,
  tx: Db,
  { document, ...item }: { document: Named; kind: string; payload: object; now: string },
) =>
  enqueue(tx, ctx.config.secrets, { ...item, organizationId: document.organization_id, about: document.id })

export const enqueueEnvelope = (ctx: Context, tx: Db, document: LegalDocument) =>
  put(ctx, tx, { document, kind: createKind, payload: { id: document.id }, now: ctx.now().toISOString() })

/** `reached`: the state that the envelope is in by now, or soon. */
export const enqueueFollowing = (
  ctx: Context,
  tx: Db,
  { document, reached }: { document: Named; reached: Milestone },
) =>
  put(ctx, tx, {
    document,
    kind: followKind,
    payload: { id: document.id, reached },
    now: ctx.now().toISOString(),
  })

const accessOf = ({ config }: Context) => ({ apiUrl: config.pandadocApiUrl, apiKey: config.pandadocApiKey })

const templateOf = ({ config }: Context, type: DocumentType): string =>
  type === 'BAA' ? config.pandadocTemplateBaa : config.pandadocTemplateDpa

export const deliverEnvelope: Deliver = async (ctx, { organizationId, payload }) => {
  const { id } = payload as { id: string }
  const document = organizationId && (await findLegalDocument(ctx.db, organizationId, id))
  if (!document || document.envelope_id !== null) return
  const { document_type, company_name, company_address, representative_email } = document
  const envelopeId = await ensureEnvelope(accessOf(ctx), {
    documentId: id,
    templateId: templateOf(ctx, document_type),
    name: `${titleOf(document_type)}: ${company_name}`,
    recipient: representative_email,
    tokens: { company_name, company_address, representative_email, provider_name: ctx.config.agreementParty },
  })
  await transact(ctx.db, async tx => {
    await updateLegalDocument(tx, document, { envelope_id: envelopeId, updated_at: ctx.now().toISOString() })
    // PandaDoc prepares it for some seconds, and says when it is done; should that be lost, we ask.
    await enqueueFollowing(ctx, tx, { document, reached: 'document.draft' })
  })
}

/** Looks at the true state, so that neither a repeated nor a forged word does harm. */
export const deliverFollowing: Deliver = async (ctx, { organizationId, payload }) => {
  const { id, reached } = payload as { id: string; reached: Milestone }
  const document = organizationId && (await findLegalDocument(ctx.db, organizationId, id))
  if (!document || document.envelope_id === null || document.status === 'signed') return
  const state = await readEnvelopeState(accessOf(ctx), document.envelope_id)
  if (state === 'document.completed') await noteSigned(ctx, document.envelope_id)
  else if (state === 'document.uploaded' || reached === 'document.completed')
    throw new Error(`expected the envelope to be ${reached} by now, but it is ${state}`)
  else if (state === 'document.draft') await send(ctx, document, document.envelope_id)
}

async function send(ctx: Context, document: LegalDocument, envelopeId: string) {
  const { document_type, company_name } = document
  const title = titleOf(document_type)
  await sendEnvelope(accessOf(ctx), {
    envelopeId,
    subject: `Please sign the ${title} of ${company_name}`,
    message: `${ctx.config.agreementParty} asks you to sign the ${title} for ${company_name}.`,
  })
  await updateLegalDocument(ctx.db, document, { sent_at: ctx.now().toISOString() })
}

/** Two workers can learn of it at once, from events that were told twice; the first one notes it. */
async function noteSigned(ctx: Context, envelopeId: string): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const document = await lockDocumentByEnvelope(tx, envelopeId)
    if (!document || document.status === 'signed') return
    await updateLegalDocument(tx, document, { status: 'signed', updated_at: now })
    await enqueueStoring(ctx, tx, { document, now })
    await record(
      tx,
      { organizationId: document.organization_id, actor: systemActor },
      {
        action: 'legal_document.signed',
        target: documentTarget(document),
        changes: { status: { before: document.status, after: 'signed' } },
        now,
      },
    )
  })
}
