// The text of an agreement that this server has signed: the operator's template, with the parties in it.
import { type Block, parseMarkdown } from '../../base/markdown.ts'
import type { Context } from '../../context.ts'
import { fillAgreement } from '../../domain/agreement.ts'
import { readTemplate } from '../../outside/templates.ts'
import type { LegalDocument } from '../../store/organization/legal-documents.ts'
import { titleOf } from './facts.ts'

type Wish = Pick<LegalDocument, 'document_type' | 'company_name' | 'company_address' | 'representative_email'>

/** As Markdown. */
export async function writeAgreement({ config }: Context, wish: Wish, now: Date): Promise<string> {
  const template = await readTemplate(config.agreementsDir, wish.document_type)
  return fillAgreement(template, {
    ...wish,
    provider_name: config.agreementParty,
    date: now.toISOString().slice(0, 10),
  })
}

export interface AgreementText {
  readonly title: string
  readonly text: readonly Block[]
}

/** What would be sent if it were submitted now; undefined where somebody else has the text. */
export async function previewAgreement(ctx: Context, wish: Wish): Promise<AgreementText | undefined> {
  if (ctx.config.signing !== 'builtin') return undefined
  const text = await writeAgreement(ctx, wish, ctx.now())
  return { title: titleOf(wish.document_type), text: parseMarkdown(text) }
}
