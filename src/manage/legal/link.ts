// The mail that brings whoever is to sign the secret link to their agreement: through the outbox, and again on request.
import { invalid, missing } from '../../base/refusal.ts'
import { digestOf, newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { agreementLetter } from '../../outside/mail/agreement-letter.ts'
import type { Mail } from '../../outside/mail/message.ts'
import { type Db, transact } from '../../store/db.ts'
import {
  findLegalDocument,
  type LegalDocument,
  lockLegalDocument,
  markLinkSent,
  updateLegalDocument,
} from '../../store/organization/legal-documents.ts'
import { findOrganization } from '../../store/organization/organizations.ts'
import { deleteItemsAbout, enqueue } from '../../store/records/outbox.ts'
import { record } from '../audit.ts'
import { type Caller, holdLevel, requireLevel } from '../caller.ts'
import type { Deliver } from '../delivery/delivery.ts'
import { refuseOften } from '../often.ts'
import { documentTarget, titleOf } from './facts.ts'

export const linkKind = 'legal_document.link'

interface Payload {
  readonly id: string
  /** Of the link in the mail; one that was replaced since is sent to nobody. */
  readonly linkDigest: string
  readonly mail: Mail
}

/** In the transaction that gives the document this link. */
export async function queueLink(
  ctx: Context,
  tx: Db,
  { document, secret, now }: { document: LegalDocument; secret: string; now: string },
): Promise<void> {
  const { agreementParty: party, baseUrl, secrets } = ctx.config
  const { organization_id: organizationId, id, company_name: company, representative_email: to } = document
  const organization = await findOrganization(tx, organizationId)
  const mail = agreementLetter({
    to,
    title: titleOf(document.document_type),
    company,
    organization: organization?.name ?? company,
    party,
    url: `${baseUrl}/sign/${secret}`,
  })
  const payload: Payload = { id, linkDigest: digestOf(secret), mail }
  await enqueue(tx, secrets, { kind: linkKind, payload, organizationId, about: id, now })
}

export const deliverLink: Deliver = async (ctx, { key, organizationId, payload }) => {
  const { id, linkDigest, mail } = payload as Payload
  const document = organizationId && (await findLegalDocument(ctx.db, organizationId, id))
  if (!document || document.status === 'signed' || document.link_digest !== linkDigest) return
  await ctx.sendMail(mail, key)
  await markLinkSent(ctx.db, document, ctx.now().toISOString())
}

const action = 'legal_document.resent'

/** With a new link: those that were sent before open nothing any more. */
export async function resendLink(ctx: Context, caller: Caller, id: string): Promise<void> {
  const at = ctx.now()
  const now = at.toISOString()
  await transact(ctx.db, async tx => {
    requireLevel(await holdLevel(tx, caller), 'admin')
    const document = await lockLegalDocument(tx, caller.organizationId, id)
    if (!document) throw missing()
    refuseUnsendable(document)
    await refuseOften(tx, {
      organizationId: caller.organizationId,
      action,
      targetId: id,
      what: 'A document',
      now: at,
    })
    const secret = newSecret()
    await updateLegalDocument(tx, document, { link_digest: digestOf(secret), sent_at: null })
    // A mail that still waits would carry the link that is dead now.
    await deleteItemsAbout(tx, id)
    await queueLink(ctx, tx, { document, secret, now })
    const changes = { sent_to: { before: null, after: document.representative_email } }
    await record(tx, caller, { action, target: documentTarget(document), changes, now })
  })
}

function refuseUnsendable({ status, provider }: LegalDocument): void {
  if (status === 'signed')
    throw invalid('already_signed', 'Expected a document that is still to be signed; this one is signed.')
  if (provider !== 'builtin')
    throw invalid('invalid_input', 'Expected a document that is signed here; this one is signed at PandaDoc.')
}
