// The beginning of a signing by this server: the text, and the mail with the secret link to it.
import { digestOf, newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { fillAgreement } from '../../domain/agreement.ts'
import { agreementLetter } from '../../outside/mail/agreement-letter.ts'
import { readTemplate } from '../../outside/templates.ts'
import type { Db } from '../../store/db.ts'
import type { LegalDocument } from '../../store/organization/legal-documents.ts'
import { findOrganization } from '../../store/organization/organizations.ts'
import { enqueue, mailKind } from '../../store/records/outbox.ts'
import { titleOf } from './facts.ts'

type Wish = Pick<LegalDocument, 'document_type' | 'company_name' | 'company_address' | 'representative_email'>

export interface PreparedAgreement {
  /** Kept as it is now, whatever becomes of the template. */
  readonly agreement: string
  readonly linkDigest: string
  /** In the transaction that inserts the document. */
  readonly mailLink: (tx: Db, document: LegalDocument) => Promise<void>
}

export async function prepareAgreement(ctx: Context, wish: Wish, now: Date): Promise<PreparedAgreement> {
  const { agreementsDir, agreementParty, baseUrl } = ctx.config
  const template = await readTemplate(agreementsDir, wish.document_type)
  const agreement = fillAgreement(template, {
    ...wish,
    provider_name: agreementParty,
    date: now.toISOString().slice(0, 10),
  })
  const secret = newSecret()
  const mailLink = async (tx: Db, document: LegalDocument) => {
    const organization = await findOrganization(tx, document.organization_id)
    const letter = agreementLetter({
      to: document.representative_email,
      title: titleOf(document.document_type),
      company: document.company_name,
      organization: organization?.name ?? document.company_name,
      party: agreementParty,
      url: `${baseUrl}/sign/${secret}`,
    })
    await enqueue(tx, ctx.config.secrets, {
      kind: mailKind,
      payload: letter,
      organizationId: document.organization_id,
      about: document.id,
      now: document.created_at,
    })
  }
  return { agreement, linkDigest: digestOf(secret), mailLink }
}
