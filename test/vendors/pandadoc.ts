// PandaDoc as its API documentation has it: documents go from uploaded to draft by themselves, and tell of it by webhooks.
import { createHmac, randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { type Outage, serve } from './server.ts'

export const apiKey = 'an API key of PandaDoc'
export const webhookKey = 'a shared key of PandaDoc'
export const templates = { BAA: 'templateBAA', DPA: 'templateDPA' }

interface PandaDocument {
  readonly id: string
  readonly name: string
  status: string
  readonly template_uuid: string
  readonly recipients: { email: string; role: string }[]
  readonly tokens: { name: string; value: string }[]
  readonly metadata: Record<string, string>
  /** How many mails went to the recipient. */
  sent: number
}

export interface FakePandaDoc {
  readonly url: string
  readonly outage: Outage
  readonly documents: Map<string, PandaDocument>
  /** Goes on to this state; gives the webhook that says so. */
  reach(id: string, status: string): object
  readonly pdf: Uint8Array
}

export const signWebhook = (body: string): string =>
  createHmac('sha256', webhookKey).update(body).digest('hex')

export async function startPandaDoc(): Promise<FakePandaDoc> {
  const documents = new Map<string, PandaDocument>()
  const outage: Outage = { mode: 'up' }
  const pdf = Buffer.from('%PDF-1.7\nsigned at PandaDoc\n%%EOF')
  const app = new Hono()
  const problem = (detail: string) => ({ type: 'request_error', detail })
  app.use('/public/v1/*', async (c, next) => {
    if (c.req.header('authorization') !== `API-Key ${apiKey}`) return c.json(problem('Unauthorized'), 401)
    return next()
  })
  app.get('/public/v1/documents', c => {
    const wanted = c.req.query('metadata_gatehouse_document')
    const results = [...documents.values()].filter(each => each.metadata.gatehouse_document === wanted)
    return c.json({ results: results.map(({ id, name, status }) => ({ id, name, status })) })
  })
  app.post('/public/v1/documents', async c => {
    const body = await c.req.json()
    const isKnown = Object.values(templates).includes(body.template_uuid)
    if (!isKnown || !body.name || !body.recipients?.[0]?.email) return c.json(problem('Bad document'), 400)
    const document = { ...body, id: randomUUID().replaceAll('-', ''), status: 'document.uploaded', sent: 0 }
    documents.set(document.id, document)
    return c.json({ id: document.id, name: document.name, status: document.status }, 201)
  })
  app.get('/public/v1/documents/:id', c => {
    const found = documents.get(c.req.param('id'))
    return found ? c.json({ id: found.id, status: found.status }) : c.json(problem('Not found'), 404)
  })
  app.post('/public/v1/documents/:id/send', c => {
    const found = documents.get(c.req.param('id'))
    if (found?.status !== 'document.draft') return c.json(problem('Document is not in draft'), 409)
    found.status = 'document.sent'
    found.sent++
    return c.json({ id: found.id, status: found.status })
  })
  app.get('/public/v1/documents/:id/download', c => {
    const found = documents.get(c.req.param('id'))
    if (found?.status !== 'document.completed') return c.json(problem('Not completed'), 409)
    return c.body(new Uint8Array(pdf), 200, { 'Content-Type': 'application/pdf' })
  })
  const reach = (id: string, status: string) => {
    const document = documents.get(id)
    if (!document) throw new Error(`there is no document ${id}`)
    document.status = status
    const { name, metadata, recipients } = document
    return { event: 'document_state_changed', data: { id, name, status, metadata, recipients } }
  }
  return { url: await serve(app, outage), outage, documents, reach, pdf }
}
