// How far a document has come that is signed at PandaDoc: the same trail, told by its webhooks.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OutboxWorker } from '../../../src/jobs/outbox.ts'
import { type Caller, operatorCaller } from '../../../src/manage/caller.ts'
import { resendLink } from '../../../src/manage/legal/link.ts'
import { retryDocument } from '../../../src/manage/legal/retry.ts'
import { readDocumentPage } from '../../../src/manage/legal/standing.ts'
import { receiveEvents } from '../../../src/manage/legal/webhook.ts'
import { submitLegalDocument } from '../../../src/manage/legal-documents.ts'
import { bootstrap } from '../../../src/manage/organizations/bootstrap.ts'
import { type TestContext, testContext } from '../../context.ts'
import { eachDatabase } from '../../database.ts'
import { apiKey, type FakePandaDoc, startPandaDoc, templates, webhookKey } from '../../vendors/pandadoc.ts'

const minute = 60_000

describe('a document that is signed at PandaDoc', () => {
  eachDatabase((_, open) => {
    let pandadoc: FakePandaDoc
    let ctx: TestContext
    let worker: OutboxWorker
    let caller: Caller
    let id: string
    let serial = 0
    beforeAll(async () => {
      pandadoc = await startPandaDoc()
      ctx = testContext(await open(), {
        signing: 'pandadoc',
        pandadocApiUrl: pandadoc.url,
        pandadocApiKey: apiKey,
        pandadocWebhookKey: webhookKey,
        pandadocTemplateBaa: templates.BAA,
        pandadocTemplateDpa: templates.DPA,
      })
      worker = new OutboxWorker(ctx)
    })
    beforeEach(async () => {
      pandadoc.outage.mode = 'up'
      serial += 1
      const made = await bootstrap(ctx, { organization: `Acme ${serial}`, owner: 'ada@acme.test' })
      caller = { ...operatorCaller(made.organization_id) }
      const submission = {
        document_type: 'DPA',
        company_name: 'Acme',
        company_address: 'Lane 1',
        representative_email: 'grace@acme.test',
      } as const
      ;({ id } = await submitLegalDocument(ctx, caller, submission))
    })

    const standing = async () => {
      const { trail, isStuck, isResendable } = await readDocumentPage(ctx, caller, id)
      return { done: trail.flatMap(step => (step.isDone ? step.name : [])), isStuck, isResendable }
    }
    const envelope = () => {
      const found = [...pandadoc.documents.values()].find(each => each.metadata.gatehouse_document === id)
      if (!found) throw new Error('there is no envelope')
      return found.id
    }
    /** PandaDoc goes on, and says so. */
    const reach = async (state: string) => {
      await receiveEvents(ctx, pandadoc.reach(envelope(), `document.${state}`))
      await worker.deliverDue()
    }

    it('is sent, viewed, signed and stored, and there is no link of ours to send', async () => {
      await worker.deliverDue()
      expect(await standing()).toEqual({ done: ['made'], isStuck: false, isResendable: false })
      await expect(resendLink(ctx, caller, id)).rejects.toThrow('Expected a document that is signed here')
      await reach('draft')
      expect((await standing()).done).toEqual(['made', 'sent'])
      await reach('viewed')
      const { trail, text } = await readDocumentPage(ctx, caller, id)
      expect(trail.slice(1, 3)).toEqual([
        { name: 'sent', isDone: true, at: expect.any(String), delivery: null },
        { name: 'viewed', isDone: true, at: expect.any(String), delivery: null },
      ])
      expect(text).toBeNull()
      ctx.clock.advance(minute)
      await reach('viewed')
      const again = await readDocumentPage(ctx, caller, id)
      expect(again.trail[2]?.at).toBe(trail[2]?.at)
      await reach('completed')
      expect(await standing()).toEqual({
        done: ['made', 'sent', 'viewed', 'signed', 'stored'],
        isStuck: false,
        isResendable: false,
      })
      await expect(retryDocument(ctx, caller, id)).rejects.toMatchObject({ code: 'nothing_to_retry' })
    })

    it('is tried again at once when PandaDoc was out of order, and asked again when its word was lost', async () => {
      pandadoc.outage.mode = 'failing'
      await worker.deliverDue()
      expect(await standing()).toMatchObject({ done: ['made'], isStuck: true })
      pandadoc.outage.mode = 'up'
      await retryDocument(ctx, caller, id)
      await worker.deliverDue()
      await reach('draft')
      expect(await standing()).toMatchObject({ done: ['made', 'sent'], isStuck: false })
      pandadoc.reach(envelope(), 'document.completed')
      await ctx.db.deleteFrom('outbox').where('about', '=', id).execute()
      await retryDocument(ctx, caller, id)
      await worker.deliverDue()
      expect((await standing()).done).toContain('stored')
    })

    it('is not tried twice while somebody is at it', async () => {
      const until = new Date(ctx.now().getTime() + minute).toISOString()
      await ctx.db.updateTable('outbox').set({ leased_until: until }).where('about', '=', id).execute()
      await expect(retryDocument(ctx, caller, id)).rejects.toMatchObject({ kind: 'conflict' })
      const waiting = ctx.db.selectFrom('outbox').select('id').where('about', '=', id)
      expect(await waiting.execute()).toHaveLength(1)
    })
  })
})
