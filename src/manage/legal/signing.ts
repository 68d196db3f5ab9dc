// Signing by this server: whoever has the secret link reads the agreement, types name and title, and agrees, once.
import { type Block, parseMarkdown } from '../../base/markdown.ts'
import { missing, Refusal } from '../../base/refusal.ts'
import { digestOf } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import type { Actor } from '../../domain/actor.ts'
import { type Db, transact } from '../../store/db.ts'
import {
  findDocumentByLink,
  type LegalDocument,
  lockDocumentByLink,
  markDocumentOpened,
  updateLegalDocument,
} from '../../store/organization/legal-documents.ts'
import { record } from '../audit.ts'
import { documentTarget, titleOf } from './facts.ts'
import { enqueueStoring, type Signature } from './storing.ts'

export interface ShownAgreement {
  readonly isSigned: boolean
  readonly title: string
  readonly company: string
  readonly text: readonly Block[]
}

/** Notes when it was opened first, if that can be noted. */
export async function openAgreement(ctx: Context, secret: string): Promise<ShownAgreement> {
  const document = await findDocumentByLink(ctx.db, digestOf(secret))
  if (!document) throw missing('This link leads nowhere.')
  if (document.opened_at === null) await noteOpening(ctx, document)
  return show(document)
}

/** Whoever is to sign can read it all the same. */
async function noteOpening(ctx: Context, document: LegalDocument): Promise<void> {
  try {
    await markDocumentOpened(ctx.db, document, ctx.now().toISOString())
  } catch (error) {
    ctx.log.warn({ err: error, id: document.id }, 'it could not be noted that an agreement was opened')
  }
}

const show = ({ status, document_type, company_name, agreement }: LegalDocument): ShownAgreement => ({
  isSigned: status === 'signed',
  title: titleOf(document_type),
  company: company_name,
  text: parseMarkdown(agreement ?? ''),
})

export interface Signing {
  readonly name: string
  readonly title: string
  readonly ip: string | null
  readonly userAgent: string
  readonly requestId: string | null
}

/** The file is made and stored by the outbox; what is in it is settled here. */
export async function signAgreement(ctx: Context, secret: string, signing: Signing): Promise<ShownAgreement> {
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    const document = await lockDocumentByLink(tx, digestOf(secret))
    if (!document) throw missing('This link leads nowhere.')
    if (document.status === 'signed')
      throw new Refusal('conflict', 'already_signed', 'This agreement has been signed already.')
    const signature: Signature = {
      name: signing.name,
      title: signing.title,
      signed_at: now,
      ip: signing.ip ?? '',
      user_agent: signing.userAgent,
    }
    const signed: LegalDocument = { ...document, status: 'signed', updated_at: now }
    await updateLegalDocument(tx, document, {
      status: 'signed',
      opened_at: document.opened_at ?? now,
      signature: JSON.stringify(signature),
      updated_at: now,
    })
    await enqueueStoring(ctx, tx, { document, now })
    await recordSigning(tx, signed, {
      type: 'user',
      id: null,
      label: document.representative_email,
      ...from(signing),
    })
    return show(signed)
  })
}

const from = ({ ip, requestId }: Signing) => ({ ip, requestId })

const recordSigning = (tx: Db, document: LegalDocument, actor: Actor) =>
  record(
    tx,
    { organizationId: document.organization_id, actor },
    {
      action: 'legal_document.signed',
      target: documentTarget(document),
      changes: { status: { before: 'submitted_for_signature', after: 'signed' } },
      now: document.updated_at,
    },
  )
