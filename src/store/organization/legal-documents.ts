// The legal documents of organizations, from the submission to the signed file.
import type { Db } from '../db.ts'
import type { LegalDocumentsTable } from '../tables/documents.ts'

export type LegalDocument = LegalDocumentsTable

/** A document with whoever submitted it, unless they are gone. */
export interface SubmittedDocument extends LegalDocument {
  submitter_first_name: string | null
  submitter_email: string | null
}

const submitted = (db: Db, organizationId: string) =>
  db
    .selectFrom('legal_documents')
    .leftJoin('people', 'people.id', 'legal_documents.created_by')
    .selectAll('legal_documents')
    .select(['people.first_name as submitter_first_name', 'people.email as submitter_email'])
    .where('legal_documents.organization_id', '=', organizationId)

/** The newest first. */
export const listLegalDocuments = (
  db: Db,
  organizationId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<SubmittedDocument[]> =>
  submitted(db, organizationId).orderBy('legal_documents.id', 'desc').limit(limit).offset(offset).execute()

export async function countLegalDocuments(db: Db, organizationId: string): Promise<number> {
  const { total } = await db
    .selectFrom('legal_documents')
    .where('organization_id', '=', organizationId)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export const findSubmittedDocument = (
  db: Db,
  organizationId: string,
  id: string,
): Promise<SubmittedDocument | undefined> =>
  submitted(db, organizationId).where('legal_documents.id', '=', id).executeTakeFirst()

const documents = (db: Db) => db.selectFrom('legal_documents').selectAll()

const inOrganization = (db: Db, organizationId: string, id: string) =>
  documents(db).where('organization_id', '=', organizationId).where('id', '=', id)

export const findLegalDocument = (
  db: Db,
  organizationId: string,
  id: string,
): Promise<LegalDocument | undefined> => inOrganization(db, organizationId, id).executeTakeFirst()

/** Nobody else changes it before the transaction ends. */
export const lockLegalDocument = (
  tx: Db,
  organizationId: string,
  id: string,
): Promise<LegalDocument | undefined> => inOrganization(tx, organizationId, id).forUpdate().executeTakeFirst()

export async function hasLegalDocument(
  db: Db,
  organizationId: string,
  type: LegalDocument['document_type'],
): Promise<boolean> {
  const row = await db
    .selectFrom('legal_documents')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('document_type', '=', type)
    .executeTakeFirst()
  return row !== undefined
}

/** For whoever holds the link that was mailed. */
export const findDocumentByLink = (db: Db, digest: string): Promise<LegalDocument | undefined> =>
  documents(db).where('link_digest', '=', digest).executeTakeFirst()

/** Of several who sign at once, one finds it unsigned. */
export const lockDocumentByLink = (tx: Db, digest: string): Promise<LegalDocument | undefined> =>
  documents(tx).where('link_digest', '=', digest).forUpdate().executeTakeFirst()

/** For the provider, which knows its own id of it alone. */
export const lockDocumentByEnvelope = (tx: Db, envelopeId: string): Promise<LegalDocument | undefined> =>
  documents(tx).where('envelope_id', '=', envelopeId).forUpdate().executeTakeFirst()

/** Whose signed file is not here although it could be, last changed before then; in the order of their ids. */
export const listUnfinishedDocuments = (
  db: Db,
  { after, before, limit }: { after: string; before: string; limit: number },
): Promise<LegalDocument[]> =>
  documents(db)
    .where('stored_at', 'is', null)
    .where(({ or, eb }) => or([eb('provider', '!=', 'builtin'), eb('status', '=', 'signed')]))
    .where('updated_at', '<', before)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()

export const insertLegalDocument = (tx: Db, document: LegalDocument) =>
  tx.insertInto('legal_documents').values(document).execute()

/** Unless its link was replaced meanwhile. */
export const markLinkSent = (db: Db, { organization_id, id, link_digest }: LegalDocument, now: string) =>
  db
    .updateTable('legal_documents')
    .set({ sent_at: now })
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .where('link_digest', '=', link_digest)
    .execute()

/** Only the first time is kept. */
export const markDocumentOpened = (db: Db, { organization_id, id }: LegalDocument, now: string) =>
  db
    .updateTable('legal_documents')
    .set({ opened_at: now })
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .where('opened_at', 'is', null)
    .execute()

export const updateLegalDocument = (
  db: Db,
  { organization_id, id }: Pick<LegalDocument, 'organization_id' | 'id'>,
  changes: Partial<LegalDocument>,
) =>
  db
    .updateTable('legal_documents')
    .set(changes)
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .execute()
