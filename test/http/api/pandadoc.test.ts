// Legal documents signed by PandaDoc (section 6): envelopes through the outbox, its webhook, what gets lost on the way.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFilesApp } from '../../../src/http/files/app.ts'
import { OutboxWorker } from '../../../src/jobs/outbox.ts'
import { JobRunner } from '../../../src/jobs/runner.ts'
import { eachDatabase } from '../../database.ts'
import {
  apiKey,
  type FakePandaDoc,
  signWebhook,
  startPandaDoc,
  templates,
  webhookKey,
} from '../../vendors/pandadoc.ts'
import { submission } from '../sign/signer.ts'
import { type Client, errorOf, type Installation, install } from './client.ts'

const hook = '/api/legal_documents/pandadoc'
const minute = 60_000

describe('PandaDoc', () => {
  eachDatabase((_, open) => {
    let pandadoc: FakePandaDoc
    let installation: Installation
    let worker: OutboxWorker
    let owner: Client
    let base: string
    beforeAll(async () => {
      pandadoc = await startPandaDoc()
      installation = await install(await open(), {
        signing: 'pandadoc',
        pandadocApiUrl: pandadoc.url,
        pandadocApiKey: apiKey,
        pandadocWebhookKey: webhookKey,
        pandadocTemplateBaa: templates.BAA,
        pandadocTemplateDpa: templates.DPA,
      })
      worker = new OutboxWorker(installation.ctx)
    })
    beforeEach(async () => {
      pandadoc.outage.mode = 'up'
      const made = await installation.another()
      owner = made.owner
      base = `/api/organizations/${made.organizationId}/legal_documents`
    })

    const submit = async (changes = {}) => {
      const { status, body } = await owner('POST', base, { body: { ...submission, ...changes } })
      expect(status).toBe(201)
      return String(body.id)
    }
    const envelopesOf = (id: string) =>
      [...pandadoc.documents.values()].filter(({ metadata }) => metadata.gatehouse_document === id)
    /** The envelope, once it is there. */
    const envelopeOf = async (id: string) => {
      await worker.deliverDue()
      const [envelope] = envelopesOf(id)
      if (!envelope) throw new Error('there is no envelope')
      return envelope
    }
    const tell = (events: unknown, { header = true } = {}) => {
      const raw = JSON.stringify(events)
      const signature = signWebhook(raw)
      return installation.clientWith()('POST', header ? hook : `${hook}?signature=${signature}`, {
        raw,
        headers: { 'Content-Type': 'application/json', ...(header && { 'X-PandaDoc-Signature': signature }) },
      })
    }
    const show = async (id: string) => (await owner('GET', `${base}/${id}`)).body
    const download = (id: string) => owner('GET', `${base}/${id}/download`)
    const later = async (milliseconds: number) => {
      installation.ctx.clock.advance(milliseconds)
      await worker.deliverDue()
    }

    it('makes an envelope, sends it when it is a draft, fetches it when it is completed', async () => {
      const id = await submit({ document_type: 'BAA' })
      const envelope = await envelopeOf(id)
      expect(envelope).toMatchObject({
        template_uuid: templates.BAA,
        recipients: [{ email: 'ada@lovelace.test', role: 'Signer' }],
        status: 'document.uploaded',
        sent: 0,
      })
      expect(new Map(envelope.tokens.map(({ name, value }) => [name, value]))).toEqual(
        new Map([
          ['company_name', submission.company_name],
          ['company_address', submission.company_address],
          ['representative_email', 'ada@lovelace.test'],
          ['provider_name', 'Gatehouse'],
        ]),
      )
      expect((await tell(pandadoc.reach(envelope.id, 'document.draft'))).status).toBe(200)
      await worker.deliverDue()
      expect(envelope).toMatchObject({ status: 'document.sent', sent: 1 })
      expect((await download(id)).status).toBe(404)

      expect((await tell([pandadoc.reach(envelope.id, 'document.completed')])).status).toBe(200)
      await worker.deliverDue()
      expect(await show(id)).toMatchObject({ status: 'signed' })
      const { headers } = await download(id)
      const file = await createFilesApp(installation.ctx).request(headers.get('location') ?? '')
      expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from(pandadoc.pdf))
    })

    it('a replay of every event is harmless', async () => {
      const id = await submit()
      const envelope = await envelopeOf(id)
      const draft = pandadoc.reach(envelope.id, 'document.draft')
      for (const events of [draft, draft, [draft, draft]]) expect((await tell(events)).status).toBe(200)
      await worker.deliverDue()
      await later(2 * minute)
      expect(envelope.sent).toBe(1)
      const completed = pandadoc.reach(envelope.id, 'document.completed')
      for (let times = 1; times <= 3; times++) {
        await tell(completed)
        await worker.deliverDue()
        await tell(draft)
        await worker.deliverDue()
      }
      expect(await show(id)).toMatchObject({ status: 'signed' })
      expect(envelope.sent).toBe(1)
      const log = await owner(
        'GET',
        base.replace('legal_documents', 'audit_log?action=legal_document.signed'),
      )
      expect(log.body.count).toBe(1)
    })

    it('two words of completion that are followed at once are noted once', async () => {
      const id = await submit()
      const completed = pandadoc.reach((await envelopeOf(id)).id, 'document.completed')
      await tell([completed, completed])
      await worker.deliverDue()
      expect(await show(id)).toMatchObject({ status: 'signed' })
      const log = base.replace('legal_documents', 'audit_log?action=legal_document.signed')
      expect((await owner('GET', log)).body.count).toBe(1)
    })

    it('a word of completion that is not so changes nothing', async () => {
      const id = await submit()
      const envelope = await envelopeOf(id)
      const { data } = pandadoc.reach(envelope.id, 'document.draft') as { data: object }
      await tell({ event: 'document_state_changed', data: { ...data, status: 'document.completed' } })
      await worker.deliverDue()
      expect(await show(id)).toMatchObject({ status: 'submitted_for_signature' })
    })

    describe('the webhook', () => {
      const event = { event: 'document_state_changed', data: { id: 'nobody', status: 'document.completed' } }

      it('takes the signature from the header or the query', async () => {
        const envelope = await envelopeOf(await submit())
        const draft = pandadoc.reach(envelope.id, 'document.draft')
        for (const header of [true, false]) expect((await tell(draft, { header })).status).toBe(200)
      })

      it('404 for a signature that is missing, forged or of another body, and where no key is configured', async () => {
        const raw = JSON.stringify(event)
        const good = signWebhook(raw)
        const post = (headers: Record<string, string>, query = '', client = installation.clientWith()) =>
          client('POST', hook + query, { raw, headers })
        const missing = { status: 404, type: 'invalid_request', code: 'not_found', attr: null }
        for (const signature of [
          '',
          'x',
          good.slice(1),
          `${good}0`,
          signWebhook(`${raw} `),
          '0'.repeat(64),
        ]) {
          expect(errorOf(await post({ 'X-PandaDoc-Signature': signature }))).toEqual(missing)
          expect(errorOf(await post({}, `?signature=${signature}`))).toEqual(missing)
        }
        expect(errorOf(await post({}))).toEqual(missing)
        const bare = await install(installation.ctx.db)
        expect(errorOf(await post({ 'X-PandaDoc-Signature': good }, '', bare.clientWith()))).toEqual(missing)
      })

      it('204 when nothing matches, whatever it is', async () => {
        const strange = [
          event,
          [],
          [event, event],
          {},
          null,
          'x',
          5,
          [null, 5, 'x', {}, { data: null }],
          { data: { id: 5 } },
        ]
        for (const events of [...strange, { data: { id: '\u0000', status: 'document.draft' } }])
          expect((await tell(events)).status).toBe(204)
      })

      it('an event of another kind about a document of ours is taken note of, no more', async () => {
        const envelope = await envelopeOf(await submit())
        const viewed = pandadoc.reach(envelope.id, 'document.viewed')
        expect(await tell(viewed)).toMatchObject({ status: 200, body: { matched: 1 } })
      })

      it('signed, but no JSON: 400', async () => {
        const raw = '{'
        const headers = { 'X-PandaDoc-Signature': signWebhook(raw) }
        expect((await installation.clientWith()('POST', hook, { raw, headers })).status).toBe(400)
      })
    })

    describe('what gets lost on the way', () => {
      it('a webhook for the draft that never came: we ask', async () => {
        const id = await submit()
        const envelope = await envelopeOf(id)
        await later(minute)
        expect(envelope.sent).toBe(0)
        pandadoc.reach(envelope.id, 'document.draft')
        await later(5 * minute)
        expect(envelope.sent).toBe(1)
      })

      it('a webhook for the completion that never came: the chore asks', async () => {
        const id = await submit()
        const envelope = await envelopeOf(id)
        pandadoc.reach(envelope.id, 'document.draft')
        await later(5 * minute)
        pandadoc.reach(envelope.id, 'document.completed')
        await later(70 * minute)
        expect(await show(id)).toMatchObject({ status: 'submitted_for_signature' })
        const runner = new JobRunner(installation.ctx)
        await runner.runDue()
        installation.ctx.clock.advance(70 * minute)
        await runner.runDue()
        await worker.deliverDue()
        expect(await show(id)).toMatchObject({ status: 'signed' })
        expect((await download(id)).status).toBe(302)
      })

      it('a crash after the envelope was made, before it was noted: there is but one', async () => {
        const id = await submit()
        const { db } = installation.ctx
        const envelope = await envelopeOf(id)
        const forgotten = db.updateTable('legal_documents').set({ envelope_id: null })
        await forgotten.where('id', '=', id).execute()
        await db.deleteFrom('outbox').where('about', '=', id).execute()
        installation.ctx.clock.advance(70 * minute)
        await new JobRunner(installation.ctx).runDue()
        await worker.deliverDue()
        expect(envelopesOf(id)).toEqual([envelope])
        const row = db.selectFrom('legal_documents').select('envelope_id').where('id', '=', id)
        expect(await row.executeTakeFirst()).toEqual({ envelope_id: envelope.id })
      })

      it('PandaDoc down for a while: the call is quick, and everything happens once it is back', async () => {
        pandadoc.outage.mode = 'silent'
        const started = performance.now()
        const id = await submit()
        expect(performance.now() - started).toBeLessThan(1000)
        pandadoc.outage.mode = 'failing'
        for (let hour = 1; hour <= 3; hour++) await later(60 * minute)
        expect(envelopesOf(id)).toEqual([])
        pandadoc.outage.mode = 'up'
        await later(60 * minute)
        const envelope = await envelopeOf(id)
        pandadoc.reach(envelope.id, 'document.draft')
        await later(5 * minute)
        expect(envelope.sent).toBe(1)
        await tell(pandadoc.reach(envelope.id, 'document.completed'))
        pandadoc.outage.mode = 'failing'
        await worker.deliverDue()
        expect((await download(id)).status).toBe(404)
        pandadoc.outage.mode = 'up'
        await later(60 * minute)
        expect((await download(id)).status).toBe(302)
      })
    })
  })
})
