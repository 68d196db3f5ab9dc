// The system page: what it says of the installation, what its buttons do, and what it never shows.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../../src/base/id.ts'
import { OutboxWorker } from '../../../../src/jobs/outbox.ts'
import { JobRunner } from '../../../../src/jobs/runner.ts'
import { grantOperator } from '../../../../src/manage/operators/rights.ts'
import { openDatabase } from '../../../../src/store/db.ts'
import { isUpToDate } from '../../../../src/store/migrate.ts'
import { enqueue, mailKind } from '../../../../src/store/records/outbox.ts'
import { eachDatabase } from '../../../database.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'

const secretValue = 'a secret that stands nowhere, long enough for one'

describe('the system page', () => {
  eachDatabase((kind, open) => {
    let console: Console
    let operator: Visitor
    beforeAll(async () => {
      console = await openConsole(await open(), {
        secrets: [secretValue],
        smtpUrl: 'smtp://user:hidden-password@mail.test',
        databaseUrl:
          "postgres://gatehouse:hidden-password@db.test/it's?password=hidden-password&sslmode=require",
        vercelClientSecret: 'hidden-vercel-secret',
      })
      operator = await console.enter(console.surface.tenant.organizationId, 15, 'operator')
      await grantOperator(console.surface.ctx, operator.email)
    })
    const ctx = () => console.surface.ctx
    const press = async (what: string, fields: Record<string, string> = {}) =>
      operator.submit(`/operator/system/${what}`, fields)
    const pressed = async (what: string, fields: Record<string, string> = {}) =>
      (await press(what, fields)).text()
    const deeds = () => ctx().db.selectFrom('operator_log').selectAll().orderBy('id').execute()

    it('says what runs, on which database, and that every migration is applied', async () => {
      const page = await operator.text('/operator/system')
      expect(page).toContain(`Node ${process.version}`)
      expect(page).toMatch(kind === 'sqlite' ? /SQLite 3\.\d+/ : /PostgreSQL \d+/)
      expect(page).toMatch(/all \d+ applied/)
      expect(page).toContain('0012-operators')
      expect(page).toMatch(/\d+ ms (ahead of|behind) this process/)
      expect(page).toContain(kind === 'sqlite' ? 'Backup now' : 'pg_dump --format=custom')
    })

    it('has every setting, and no secret', async () => {
      const page = await operator.text('/operator/system')
      expect(page).toContain('GATEHOUSE_CHALLENGE_PREFIX')
      expect(page).toContain('set, not shown')
      for (const hidden of [secretValue, 'hidden-password', 'hidden-vercel-secret']) {
        expect(page).not.toContain(hidden)
      }
    })

    it('sends a test mail to whoever asks, and remembers what came of it', async () => {
      ctx().mails.length = 0
      expect(await pressed('mail')).toContain('Handed over')
      expect(ctx().mails).toMatchObject([{ to: operator.email, subject: 'Mail from Gatehouse works' }])
      expect((await deeds()).at(-1)).toMatchObject({
        actor_label: operator.email,
        action: 'mail.tested',
        outcome: 'handed over',
      })
    })

    it('looks a name up, and says whom it asked and what came', async () => {
      ctx().dns.set('_gatehouse-challenge.acme.test', {
        outcome: 'found',
        values: ['<b>one</b>', 'two\u202e'],
      })
      const found = await pressed('dns', { name: '_gatehouse-challenge.acme.test' })
      expect(found).toContain('&lt;b&gt;one&lt;/b&gt;')
      expect(found).toContain('two\\u{202E}')
      expect(found).toMatch(/asked .*<code>/)
      expect(await pressed('dns', { name: 'nothing.test' })).toContain('there is no TXT record')
      ctx().dns.set('broken.test', { outcome: 'failed', error: 'the name server did not answer in time' })
      expect(await pressed('dns', { name: 'broken.test' })).toContain('did not answer in time')
      const refused = await press('dns', { name: 'two words/<b>' })
      expect(refused.status).toBe(400)
      expect(await refused.text()).toContain('Expected the name of a record')
    })

    it('writes, reads and removes a file, and leaves none', async () => {
      expect(await pressed('storage')).toContain('Written, read, removed')
      expect(readdirSync(join(ctx().config.dataDir, 'files/self-test'))).toEqual([])
    })

    it('copies the database of SQLite while it is in use; PostgreSQL has its own tool', async () => {
      const response = await press('backup')
      const page = await response.text()
      const folder = join(ctx().config.dataDir, 'backups')
      if (kind === 'postgres') {
        expect(response.status).toBe(400)
        expect(existsSync(folder)).toBe(false)
        expect(page).toContain('postgres://gatehouse@db.test/it%27s')
        return
      }
      expect(page).toContain('The database was copied to')
      const [name = ''] = readdirSync(folder)
      expect(page).toContain(name)
      const copy = await openDatabase(`sqlite:${join(folder, name)}`)
      expect(await isUpToDate(copy)).toBe(true)
      expect(await copy.selectFrom('people').select('email').execute()).toContainEqual({
        email: operator.email,
      })
      await copy.destroy()
      expect((await deeds()).at(-1)).toMatchObject({ action: 'backup.made', outcome: 'done' })
    })

    it('says when each job ran last', async () => {
      const chore = {
        name: 'test.chore',
        everyMs: 60_000,
        run: async function* () {
          yield
        },
      }
      const failing = {
        name: 'test.failing',
        everyMs: 60_000,
        run: async function* () {
          yield
          throw new Error('<i>no</i>')
        },
      }
      await new JobRunner(ctx(), [chore, failing]).runDue()
      const rows = (await operator.text('/operator/system')).split('<tr>')
      const rowOf = (name: string) => rows.find(row => row.includes(name)) ?? ''
      expect(rowOf('test.chore')).toContain('>well<')
      expect(rowOf('test.chore')).toContain('data-ago')
      expect(rowOf('test.failing')).toContain('failed once')
      expect(rowOf('test.failing')).toContain('&lt;i&gt;no&lt;/i&gt;')
    })

    describe('the outbox', () => {
      let id: string
      beforeEach(async () => {
        await ctx().db.deleteFrom('outbox').execute()
        const now = ctx().now().toISOString()
        const payload = {
          to: 'ada@acme.test',
          subject: 'Your link',
          text: 'https://hidden.test/link',
          html: '',
        }
        id = await enqueue(ctx().db, ctx().config.secrets, { kind: mailKind, payload, now })
      })
      const fail = async (changes: object = {}) =>
        ctx()
          .db.updateTable('outbox')
          .set({
            last_error: '550 <b>no such user</b>',
            attempts: 3,
            due_at: '2199-01-01T00:00:00.000Z',
            ...changes,
          })
          .execute()
      const left = () => ctx().db.selectFrom('outbox').selectAll().execute()

      it('is told by kind; what failed with whom it is for and why, and nothing of what it says', async () => {
        await fail()
        const page = await operator.text('/operator/system')
        expect(page).toContain('ada@acme.test')
        expect(page).toContain('550 &lt;b&gt;no such user&lt;/b&gt;')
        expect(page).toContain('Your link')
        expect(page).not.toContain('hidden.test')
      })

      it('is tried again at once, also what was given up', async () => {
        await fail({ dead_at: ctx().now().toISOString() })
        expect(await operator.text('/operator/system')).toContain('given up')
        ctx().mails.length = 0
        expect(await pressed(`outbox/${id}/retry`)).toContain('tried again')
        await new OutboxWorker(ctx()).deliverDue()
        expect(ctx().mails).toMatchObject([{ to: 'ada@acme.test' }])
        expect(await left()).toEqual([])
        expect((await deeds()).at(-1)).toMatchObject({
          action: 'outbox.retried',
          actor_label: operator.email,
        })
      })

      it('is dropped, and says in the log whom it was for', async () => {
        await fail()
        expect(await pressed(`outbox/${id}/drop`)).toContain('never sent')
        expect(await left()).toEqual([])
        const last = (await deeds()).at(-1)
        expect(last).toMatchObject({ action: 'outbox.dropped' })
        expect(last?.target).toContain('to ada@acme.test')
      })

      it('is left alone while somebody is sending it, and when it is gone', async () => {
        await fail({ leased_until: '2199-01-01T00:00:00.000Z' })
        expect((await press(`outbox/${id}/drop`)).status).toBe(404)
        expect(await left()).toHaveLength(1)
        expect((await press(`outbox/${newId()}/retry`)).status).toBe(404)
      })

      it('shows what was sealed under a secret that is gone as well', async () => {
        await fail({ sealed: 'not to be opened' })
        const response = await operator.open('/operator/system')
        expect(response.status).toBe(200)
        expect(await response.text()).toContain('no such user')
      })
    })
  })
})
