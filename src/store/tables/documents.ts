// The tables of integrations and legal documents, in the same forms as the others (tables.ts).

export interface IntegrationsTable {
  organization_id: string
  id: string
  kind: 'vercel'
  /** `marketplace`: the vendor made the organization; `connectable`: it was there before. */
  type: 'marketplace' | 'connectable'
  /** The vendor's own id of it. */
  integration_id: string
  /** JSON, shown to members. */
  config: string
  /** The vendor's credentials as JSON. */
  sealed: string
  /** When the vendor had the tokens of the mapped projects last. */
  pushed_at: string | null
  created_by: string | null
  created_at: string
  updated_at: string
}

export interface LegalDocumentsTable {
  organization_id: string
  id: string
  document_type: 'BAA' | 'DPA'
  company_name: string
  company_address: string
  representative_email: string
  status: 'submitted_for_signature' | 'signed'
  provider: 'builtin' | 'pandadoc'
  /** What is signed, word for word, as Markdown; null when the provider has the text. */
  agreement: string | null
  /** Of the secret in the link that was mailed. */
  link_digest: string | null
  /** The provider's id of it. */
  envelope_id: string | null
  /** When whoever is to sign was last sent the way to it. */
  sent_at: string | null
  /** When the link was first followed. */
  opened_at: string | null
  /** JSON: who signed, when and from where. */
  signature: string | null
  /** Since when the signed file is in the storage. */
  stored_at: string | null
  created_by: string | null
  created_at: string
  updated_at: string
}

export interface DocumentTables {
  integrations: IntegrationsTable
  legal_documents: LegalDocumentsTable
}
