// The storage is down while somebody signs: the signature counts, and the file is there once the storage is back.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { JobRunner } from '../../src/jobs/runner.ts'
import { eachDatabase } from '../database.ts'
import { type Client, type Installation, install } from '../http/api/client.ts'
import { createSigner, type Signer } from '../http/sign/signer.ts'
import { access, type FakeBucket, startBucket } from '../vendors/s3.ts'

const hour = 60 * 60 * 1000

describe('storage in a bucket', () => {
  eachDatabase((_, open) => {
    let bucket: FakeBucket
    let installation: Installation
    let signer: Signer
    let owner: Client
    let organizationId: string
    beforeAll(async () => {
      bucket = await startBucket()
      installation = await install(await open(), { ...access, s3Endpoint: bucket.url })
      signer = createSigner(installation)
    })
    beforeEach(async () => {
      bucket.outage.mode = 'up'
      installation.ctx.clock.set(new Date().toISOString())
      bucket.skew = 0
      ;({ owner, organizationId } = await installation.another())
    })
    const download = (id: string) =>
      owner('GET', `/api/organizations/${organizationId}/legal_documents/${id}/download`)
    /** The clock of the storage goes with ours. */
    const later = (milliseconds: number) => {
      installation.ctx.clock.advance(milliseconds)
      bucket.skew += milliseconds
    }
    const timed = async (work: () => Promise<{ status: number }>) => {
      const started = performance.now()
      const { status } = await work()
      return { status, isQuick: performance.now() - started < 1000 }
    }

    it('a signed link opens the stored PDF for a minute', async () => {
      const { id, path } = await signer.submit(owner, organizationId)
      await signer.sign(path)
      await signer.worker.deliverDue()
      const { status, headers } = await download(id)
      expect([status, headers.get('cache-control')]).toEqual([302, 'no-store'])
      const file = await fetch(headers.get('location') ?? '')
      expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf'])
      expect(file.headers.get('content-disposition')).toBe(`attachment; filename="DPA-${id}.pdf"`)
      expect((await file.text()).slice(0, 5)).toBe('%PDF-')
      bucket.skew = 62_000
      expect((await fetch(headers.get('location') ?? '')).status).toBe(403)
    })

    it('down while somebody signs: signing and downloading stay quick, and nothing is lost', async () => {
      const { id, path } = await signer.submit(owner, organizationId)
      bucket.outage.mode = 'silent'
      expect(await timed(() => signer.sign(path))).toEqual({ status: 200, isQuick: true })
      expect(await timed(() => download(id))).toEqual({ status: 404, isQuick: true })
      bucket.outage.mode = 'failing'
      for (let tries = 1; tries <= 5; tries++) {
        await signer.worker.deliverDue()
        later(hour)
      }
      expect((await download(id)).status).toBe(404)
      bucket.outage.mode = 'up'
      await signer.worker.deliverDue()
      const { headers } = await download(id)
      expect((await fetch(headers.get('location') ?? '')).status).toBe(200)
    })

    it('down for longer than anything is tried: the chore takes it up again', async () => {
      const { id, path } = await signer.submit(owner, organizationId)
      bucket.outage.mode = 'failing'
      await signer.sign(path)
      for (let hours = 0; hours < 80; hours += 4) {
        await signer.worker.deliverDue()
        later(4 * hour)
      }
      const items = installation.ctx.db.selectFrom('outbox').select('dead_at').where('about', '=', id)
      expect(await items.execute()).toEqual([{ dead_at: expect.any(String) }])
      bucket.outage.mode = 'up'
      await signer.worker.deliverDue()
      expect((await download(id)).status).toBe(404)
      await new JobRunner(installation.ctx).runDue()
      await signer.worker.deliverDue()
      expect((await download(id)).status).toBe(302)
    })
  })
})
