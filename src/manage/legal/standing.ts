// How far a legal document has come, step by step, and what is stuck: what its page and the list of documents show.
import { type Block, parseMarkdown } from '../../base/markdown.ts'
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import {
  countLegalDocuments,
  findSubmittedDocument,
  listLegalDocuments,
  type SubmittedDocument,
} from '../../store/organization/legal-documents.ts'
import { listItemsAbout } from '../../store/records/outbox.ts'
import type { Caller } from '../caller.ts'
import { type DeliveryProgress, progressOf } from '../delivery/progress.ts'
import { viewDocument } from '../legal-documents.ts'
import { followKind } from './envelope.ts'
import { titleOf } from './facts.ts'
import { type Signature, storeKind } from './storing.ts'

export interface TrailStep {
  readonly name: 'made' | 'sent' | 'viewed' | 'signed' | 'stored'
  readonly isDone: boolean
  /** Null also for what happened without being noted. */
  readonly at: string | null
  /** What the outbox still has to do for it. */
  readonly delivery: DeliveryProgress | null
}

export type DocumentStanding = Awaited<ReturnType<typeof readDocumentStandings>>['results'][number]
export type DocumentPage = Awaited<ReturnType<typeof readDocumentPage>>

export async function readDocumentStandings(
  { db }: Context,
  { organizationId }: Caller,
  page: { limit: number; offset: number },
) {
  const count = await countLegalDocuments(db, organizationId)
  const documents = await listLegalDocuments(db, organizationId, page)
  const ids = documents.map(({ id }) => id)
  const items = ids.length === 0 ? [] : await listItemsAbout(db, ids)
  return { count, results: documents.map(document => standingOf(document, items)) }
}

/** With the text as whoever signs it sees it; null where PandaDoc has it. */
export async function readDocumentPage({ db }: Context, { organizationId }: Caller, id: string) {
  const document = await findSubmittedDocument(db, organizationId, id)
  if (!document) throw missing()
  const text: readonly Block[] | null = document.agreement === null ? null : parseMarkdown(document.agreement)
  const signature = signatureOf(document)
  return {
    ...standingOf(document, await listItemsAbout(db, [id])),
    company_address: document.company_address,
    signature: signature && { name: signature.name, title: signature.title, ip: signature.ip },
    text,
  }
}

type Item = Awaited<ReturnType<typeof listItemsAbout>>[number]

function standingOf(document: SubmittedDocument, items: readonly Item[]) {
  const trail = trailOf(
    document,
    items.filter(({ about }) => about === document.id),
  )
  const isSigned = document.status === 'signed'
  const isOurs = document.provider === 'builtin'
  const open = trail.find(step => !step.isDone && (step.name === 'sent' || step.name === 'stored'))
  const delivery = trail.findLast(step => step.delivery !== null)?.delivery ?? null
  const isLost = open !== undefined && delivery === null && (isSigned || !isOurs)
  return {
    ...viewDocument(document),
    title: titleOf(document.document_type),
    provider: document.provider,
    trail,
    /** Its link can be sent once more. */
    isResendable: isOurs && !isSigned,
    /** Something about it failed or got lost, and can be tried at once. */
    isStuck: isLost || (delivery !== null && delivery.state !== 'waiting'),
  }
}

function trailOf(document: SubmittedDocument, items: readonly Item[]): TrailStep[] {
  const { status, created_at, sent_at, opened_at, stored_at } = document
  const isSigned = status === 'signed'
  const isViewed = isSigned || opened_at !== null
  const isSent = isViewed || sent_at !== null
  const storing = items.findLast(({ kind }) => kind === storeKind)
  const other = items.findLast(({ kind }) => kind !== storeKind)
  return [
    { name: 'made', isDone: true, at: created_at, delivery: null },
    { name: 'sent', isDone: isSent, at: sent_at, delivery: isSent ? null : progress(other) },
    { name: 'viewed', isDone: isViewed, at: opened_at, delivery: null },
    {
      name: 'signed',
      isDone: isSigned,
      at: isSigned ? (signatureOf(document)?.signed_at ?? document.updated_at) : null,
      delivery: isSent && !isSigned ? progress(other) : null,
    },
    { name: 'stored', isDone: stored_at !== null, at: stored_at, delivery: progress(storing) },
  ]
}

/** PandaDoc takes its time over an envelope, and is asked meanwhile: that it is not done is no failure at first. */
const patientAttempts = 3

function progress(item: Item | undefined): DeliveryProgress | null {
  if (!item) return null
  const known = progressOf(item)
  const isPatient = item.kind === followKind && item.attempts <= patientAttempts && known.state === 'failing'
  return isPatient ? { ...known, state: 'waiting' } : known
}

const signatureOf = ({ signature }: SubmittedDocument): Signature | null =>
  signature === null ? null : (JSON.parse(signature) as Signature)
