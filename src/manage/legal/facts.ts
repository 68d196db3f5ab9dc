// What several of the deeds about legal documents say of one: its name in the audit log, the place of its file.
import { type DocumentType, documentTitles } from '../../domain/agreement.ts'
import type { LegalDocument } from '../../store/organization/legal-documents.ts'

export const titleOf = (type: DocumentType): string => documentTitles[type]

export const documentTarget = ({ id, document_type, company_name }: LegalDocument) => ({
  type: 'legal_document',
  id,
  label: `${document_type} of ${company_name}`,
})

export const fileKeyOf = ({ organization_id, id }: LegalDocument): string =>
  `legal-documents/${organization_id}/${id}.pdf`
