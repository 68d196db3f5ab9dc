// PandaDoc's API, as far as signing needs it: an envelope from a template, its sending, its state, the signed file.
import { createHmac } from 'node:crypto'
import { sameText } from '../base/secret.ts'
import { call, jsonRequest } from './call.ts'

export interface PandaDocAccess {
  readonly apiUrl: string
  readonly apiKey: string
}

export interface Envelope {
  /** Our id of the document: by it an envelope is found again that was made just before a crash. */
  readonly documentId: string
  readonly templateId: string
  readonly name: string
  readonly recipient: string
  readonly tokens: Readonly<Record<string, string>>
}

/** The role that the template gives to whoever signs. */
const signerRole = 'Signer'
const largestFile = 50 * 1024 * 1024

/** The id at PandaDoc of the envelope for this document, which is made unless it is there. */
export async function ensureEnvelope(access: PandaDocAccess, envelope: Envelope): Promise<string> {
  return (await findEnvelope(access, envelope.documentId)) ?? (await createEnvelope(access, envelope))
}

async function findEnvelope(access: PandaDocAccess, documentId: string): Promise<string | undefined> {
  const query = new URLSearchParams({ metadata_gatehouse_document: documentId, count: '1' })
  const answer = await ask(access, 'search', { method: 'GET', path: `?${query}` })
  const results = read(await answer.json(), 'results')
  return Array.isArray(results) && results.length > 0 ? idOf(results[0]) : undefined
}

async function createEnvelope(access: PandaDocAccess, envelope: Envelope): Promise<string> {
  const body = {
    name: envelope.name,
    template_uuid: envelope.templateId,
    recipients: [{ email: envelope.recipient, role: signerRole }],
    tokens: Object.entries(envelope.tokens).map(([name, value]) => ({ name, value })),
    metadata: { gatehouse_document: envelope.documentId },
  }
  return idOf(await (await ask(access, 'creation', { method: 'POST', path: '', body })).json())
}

/** Only an envelope in the state `document.draft` can be sent. */
export async function sendEnvelope(
  access: PandaDocAccess,
  { envelopeId, subject, message }: { envelopeId: string; subject: string; message: string },
): Promise<void> {
  const body = { subject, message, silent: false }
  await ask(access, 'sending', { method: 'POST', path: `/${encodeURIComponent(envelopeId)}/send`, body })
}

/** `document.draft`, `document.completed` and the like. */
export async function readEnvelopeState(access: PandaDocAccess, envelopeId: string): Promise<string> {
  const path = `/${encodeURIComponent(envelopeId)}`
  const state = read(await (await ask(access, 'state', { method: 'GET', path })).json(), 'status')
  if (typeof state === 'string') return state
  throw new Error(`PandaDoc, state: expected a status, got ${typeof state}`)
}

export async function downloadEnvelope(access: PandaDocAccess, envelopeId: string): Promise<Uint8Array> {
  const path = `/${encodeURIComponent(envelopeId)}/download`
  const answer = await ask(access, 'download', { method: 'GET', path })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const isPdf = Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-'
  if (isPdf && bytes.byteLength <= largestFile) return bytes
  throw new Error(
    `PandaDoc, download: expected a PDF of at most ${largestFile} bytes, got ${bytes.byteLength}`,
  )
}

/** HMAC-SHA256 of the raw body, in hexadecimal; compared in constant time. */
export const isSignedWebhook = (key: string, body: Uint8Array, signature: string): boolean =>
  sameText(createHmac('sha256', key).update(body).digest('hex'), signature.toLowerCase())

interface Asking {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
}

const ask = ({ apiUrl, apiKey }: PandaDocAccess, what: string, { method, path, body }: Asking) =>
  call(
    `PandaDoc, ${what}`,
    jsonRequest(method, `${apiUrl}/public/v1/documents${path}`, { authorization: `API-Key ${apiKey}`, body }),
  )

const read = (json: unknown, name: string): unknown => new Map(Object.entries(Object(json))).get(name)

function idOf(json: unknown): string {
  const id = read(json, 'id')
  if (typeof id === 'string' && id !== '') return id
  throw new Error(`PandaDoc: expected the id of an envelope, got ${typeof id}`)
}
