// An invite from the request to the mailbox: with the mail server down for a while, and with none at all.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../src/context.ts'
import { createApiApp } from '../../src/http/api/app.ts'
import { OutboxWorker } from '../../src/jobs/outbox.ts'
import { createMailFolder, createMailServer } from '../../src/outside/mail.ts'
import { eachDatabase } from '../database.ts'
import { type Client, type Installation, install } from '../http/api/client.ts'
import { startMailServer, type TestMailServer } from '../outside/smtp-server.ts'

const minute = 60 * 1000
const from = 'Gatehouse <gatehouse@acme.test>'
const link = /\/invites\/([\w-]{43})\r\n/

describe('mail', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    let path: string
    let server: TestMailServer
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-flow-'))
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
      path = `/api/organizations/${installation.organizationId}/invites`
      server = await startMailServer()
    })
    afterAll(async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const invite = async (target_email: string) =>
      String((await owner('POST', path, { body: { target_email } })).body.id)
    const attempts = async () =>
      (
        (await owner('GET', path)).body.results as { target_email: string; emailing_attempt_made: boolean }[]
      ).map(each => [each.target_email, each.emailing_attempt_made])
    const accept = async (ctx: Context, token = '') =>
      createApiApp(ctx).request('/api/invites/accept', {
        method: 'POST',
        body: JSON.stringify({ token }),
        headers: { 'Content-Type': 'application/json' },
      })

    it('goes to a mail server, and the link that arrives opens the organization', async () => {
      const ctx = { ...installation.ctx, sendMail: createMailServer(server.url, from) }
      await invite('ada@mail.test')
      expect(await attempts()).toEqual([['ada@mail.test', false]])
      await new OutboxWorker(ctx).deliverDue()
      expect(await attempts()).toEqual([['ada@mail.test', true]])
      const [arrival] = server.arrivals
      expect(arrival).toMatchObject({ from: 'gatehouse@acme.test', to: ['ada@mail.test'] })
      expect((await accept(ctx, link.exec(arrival?.text ?? '')?.[1])).status).toBe(200)
    })

    it('waits for a server that is down or refuses; nothing is lost and the API does not wait', async () => {
      const ctx = { ...installation.ctx, sendMail: createMailServer(server.url, from) }
      await server.close()
      for (let number = 0; number < 10; number++) await invite(`down${number}@mail.test`)
      await new OutboxWorker(ctx).deliverDue()
      installation.ctx.clock.advance(30_000)
      await new OutboxWorker(ctx).deliverDue()
      expect((await attempts()).filter(([, isMade]) => isMade)).toEqual([])
      server = await startMailServer({ port: server.port })
      server.refusals.push({ code: 451, text: 'greylisted' }, { code: 550, text: 'not now' })
      installation.ctx.clock.advance(minute)
      await new OutboxWorker(ctx).deliverDue()
      expect(server.arrivals).toHaveLength(8)
      installation.ctx.clock.advance(2 * minute)
      await new OutboxWorker(ctx).deliverDue()
      expect(new Set(server.arrivals.flatMap(({ to }) => to)).size).toBe(10)
      expect((await attempts()).filter(([, isMade]) => isMade)).toHaveLength(10)
    })

    it('without a server is a file with the same link; no attempt is claimed', async () => {
      const { log, now } = installation.ctx
      const sendMail = createMailFolder(folder, { from, log, now, isTextLogged: false })
      const ctx = { ...installation.ctx, sendMail }
      await invite('file@mail.test')
      await new OutboxWorker(ctx).deliverDue()
      const [file] = readdirSync(folder)
      const text = readFileSync(join(folder, file ?? ''), 'utf8')
      expect(await attempts()).toContainEqual(['file@mail.test', false])
      expect((await accept(ctx, link.exec(text)?.[1])).status).toBe(200)
    })
  })
})
