// The pages of integrations: linking by a question of ours, projects by environment, what failed, and whose it all is.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { OutboxWorker } from '../../../src/jobs/outbox.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { createProject } from '../../../src/manage/organizations/projects.ts'
import { eachDatabase } from '../../database.ts'
import { clientSecret, type FakeVercel, integrationId, startVercel } from '../../vendors/vercel.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'

const script = '<script>alert(1)</script>\u202e'

describe('integrations in the console', () => {
  eachDatabase((_, open) => {
    let vercel: FakeVercel
    let console: Console
    let worker: OutboxWorker
    let organizationId: string
    let admin: Visitor
    let serial = 0
    beforeAll(async () => {
      vercel = await startVercel()
      console = await openConsole(await open(), {
        vercelIntegrationId: integrationId,
        vercelClientSecret: clientSecret,
        vercelApiUrl: vercel.url,
      })
      worker = new OutboxWorker(console.surface.ctx)
    })
    beforeEach(async () => {
      vercel.outage.mode = 'up'
      serial += 1
      ;({ organizationId } = await console.surface.addTenant(`integrated-${serial}.test`))
      admin = await console.enter(organizationId, 8)
    })

    const project = (name: string, of = organizationId) =>
      createProject(console.surface.ctx, operatorCaller(of), { name, access: 'open' })
    /** Gives its id here and at Vercel. */
    const link = async (by = admin) => {
      const vendorId = `icfg_${newId()}`
      vercel.codes.set(vendorId, vendorId)
      const response = await by.submit('/integrations', {
        code: vendorId,
        redirect_uri: 'http://127.0.0.1:3000/integrations/vercel',
      })
      const page = await response.text()
      expect([response.status, page]).toEqual([200, expect.stringContaining('The account is linked.')])
      const [, id = ''] = /\/integrations\/([\w-]{36})\/delete/.exec(page) ?? []
      return { id, path: `/integrations/${id}`, vendorId, page }
    }
    const pushedTo = ({ id, vendorId }: { id: string; vendorId: string }) =>
      vercel.resources.get(`${vendorId}/${id}`)?.secrets[0]
    const chosenOn = (page: string) =>
      [...page.matchAll(/<select id="(\w+)".*?<\/select>/gs)].map(([select, name]) => [
        name,
        /value="(\d*)" selected/.exec(select)?.[1] ?? '',
      ])

    it('says how one begins, and what to configure where there is no Vercel', async () => {
      const page = await admin.text('/integrations')
      expect(page).toContain('This organization has no integration yet.')
      expect(page).toContain('“Link Existing Account”')
      const bare = await openConsole(await open())
      const visitor = await bare.enter(bare.surface.tenant.organizationId, 8)
      const without = await visitor.text('/integrations')
      for (const words of [
        'GATEHOUSE_VERCEL_INTEGRATION_ID',
        'http://127.0.0.1:3000/integrations/vercel',
        'http://127.0.0.1:3000/api/vercel<',
      ])
        expect(without).toContain(words)
      expect(without).not.toContain('action="/integrations"')
      const fields = { code: 'x', redirect_uri: 'https://x.test' }
      expect((await visitor.submit('/integrations', fields)).status).toBe(404)
    })

    it('asks before it links what Vercel sends the browser back with, and leads on to Vercel alone', async () => {
      vercel.codes.set('asked', 'icfg_asked')
      const question = await admin.text('/integrations/vercel?code=asked&next=https://vercel.com/done')
      expect(question).toContain('Do this only if it was you')
      expect(question).toContain('name="code" value="asked"')
      expect(vercel.codes.has('asked')).toBe(true)
      for (const [next, href] of [
        ['https://vercel.com/done', 'href="https://vercel.com/done"'],
        ['https://vercel.com.evil.test/', undefined],
        ['javascript:alert(1)', undefined],
        ['//evil.test', undefined],
        ['', undefined],
      ] as const) {
        vercel.codes.set('once', 'icfg_asked')
        const fields = { code: 'once', redirect_uri: 'http://127.0.0.1:3000/integrations/vercel', next }
        const page = await (await admin.submit('/integrations', fields)).text()
        expect(page).toContain('The account is linked.')
        expect(page.includes('go on at Vercel')).toBe(href !== undefined)
        if (href !== undefined) expect(page).toContain(href)
      }
      expect((await admin.open('/integrations/vercel')).headers.get('location')).toBe('/integrations')
    })

    it('says why a code does not link, and keeps it', async () => {
      const fields = { code: 'unknown', redirect_uri: 'https://x.test/y' }
      const response = await admin.submit('/integrations', fields)
      const page = await response.text()
      expect([response.status, page]).toEqual([400, expect.stringContaining('<strong>Code:</strong>')])
      for (const value of ['value="unknown"', 'value="https://x.test/y"']) expect(page).toContain(value)
      expect((await admin.submit('/integrations', { code: '', redirect_uri: 'x' })).status).toBe(400)
      vercel.outage.mode = 'failing'
      const down = await admin.submit('/integrations', fields)
      expect([down.status, await down.text()]).toEqual([
        503,
        expect.stringContaining('Vercel does not answer'),
      ])
    })

    it('gives each environment its project, the others what production has', async () => {
      const made = [await project('Shop'), await project('Staging')]
      const linked = await link()
      expect(linked.page).toContain('no projects chosen yet')
      const fields = { production: '1', preview: '2', development: '' }
      const mapped = await admin.submit(`${linked.path}/environments`, fields)
      expect([mapped.status, mapped.headers.get('location')]).toEqual([303, `${linked.path}?done=mapped`])
      const before = await admin.text(linked.path)
      expect(before).toContain('being pushed')
      expect(chosenOn(before)).toEqual([
        ['production', '1'],
        ['preview', '2'],
        ['development', '1'],
      ])
      await worker.deliverDue()
      expect(pushedTo(linked)).toMatchObject({
        name: 'GATEHOUSE_PROJECT_TOKEN',
        environmentOverrides: {
          production: made[0]?.api_token,
          preview: made[1]?.api_token,
          development: made[0]?.api_token,
        },
      })
      const page = await admin.text(linked.path)
      expect(page).toContain('up to date')
      expect(page).toMatch(/The tokens arrived <time [^>]*>\d+ s ago/)
      expect(page).not.toContain(made[0]?.api_token)
    })

    it.each([
      [{ production: '', preview: '1' }, 'Production'],
      [{ production: '99' }, 'Production'],
      [{ production: '1', preview: '99' }, 'Preview'],
      [{ production: '1', development: 'x' }, 'Development'],
    ])('refuses %j by the field, and keeps what was chosen', async (fields, label) => {
      await project('Shop')
      const { path } = await link()
      const response = await admin.submit(`${path}/environments`, fields)
      const page = await response.text()
      expect([response.status, page]).toEqual([400, expect.stringContaining(`<strong>${label}:</strong>`)])
      if (fields.production === '1') expect(chosenOn(page)[0]).toEqual(['production', '1'])
      expect(await admin.text(path)).toContain('no projects chosen yet')
    })

    it('says what Vercel answered, and pushes at once when asked to', async () => {
      const { api_token: token } = await project('Shop')
      const linked = await link()
      const early = await admin.submit(`${linked.path}/push`)
      expect([early.status, await early.text()]).toEqual([
        400,
        expect.stringContaining('Expected projects to be chosen first'),
      ])
      vercel.outage.mode = 'failing'
      await admin.submit(`${linked.path}/environments`, { production: '1' })
      await worker.deliverDue()
      const page = await admin.text(linked.path)
      expect(page).toMatch(/push is failing.*never arrived.*1 attempt so far.*503 out of order/s)
      expect(await admin.text('/integrations')).toContain('push is failing')
      vercel.outage.mode = 'up'
      const pushed = await admin.submit(`${linked.path}/push`)
      expect(pushed.headers.get('location')).toBe(`${linked.path}?done=pushed`)
      await worker.deliverDue()
      expect(pushedTo(linked)?.value).toBe(token)
      vercel.resources.clear()
      await admin.submit(`${linked.path}/push`)
      await worker.deliverDue()
      expect(pushedTo(linked)?.value).toBe(token)
      expect(await admin.text('/audit?action=integration.pushed_again')).toContain(admin.email)
    })

    it('is deleted by its id, after what goes with it was told', async () => {
      await project(`Shop ${script}`)
      const { path, vendorId } = await link()
      await admin.submit(`${path}/environments`, { production: '1' })
      const page = await admin.text(`${path}/delete`)
      expect(page).toContain('Shop &lt;script&gt;')
      expect(page).toContain('is not pushed any more, and stays good')
      const wrong = await admin.submit(`${path}/delete`, { confirm: 'icfg' })
      expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('value="icfg"')])
      const done = await admin.submit(`${path}/delete`, { confirm: vendorId })
      expect([done.status, done.headers.get('location')]).toEqual([303, '/integrations?done=deleted'])
      expect((await admin.open(path)).status).toBe(404)
      expect(await admin.text('/audit?action=integration.deleted')).toContain(vendorId)
    })

    it('shows one from the marketplace with what Vercel says of it, inert, and gives it no projects', async () => {
      await project(script)
      const { db, now } = console.surface.ctx
      const id = newId()
      const account = { name: script, url: 'javascript:alert(1)', contact: { email: `${script}@x` } }
      await db
        .insertInto('integrations')
        .values({
          organization_id: organizationId,
          id,
          kind: 'vercel',
          type: 'marketplace',
          integration_id: `icfg_${script}${newId()}`,
          config: JSON.stringify({ account, scopes: [script] }),
          sealed: '',
          pushed_at: null,
          created_by: null,
          created_at: now().toISOString(),
          updated_at: now().toISOString(),
        })
        .execute()
      const linked = await link()
      for (const path of [
        '/integrations',
        `/integrations/${id}`,
        `/integrations/${id}/delete`,
        linked.path,
      ]) {
        const page = await admin.text(path)
        expect(page).toContain('&lt;script&gt;')
        for (const raw of ['<script>alert', '\u202e', 'href="javascript']) expect(page).not.toContain(raw)
      }
      expect(await admin.text(`/integrations/${id}`)).toContain('takes no projects')
      const mapped = await admin.submit(`/integrations/${id}/environments`, { production: '1' })
      expect([mapped.status, await mapped.text()]).toEqual([400, expect.stringContaining('connectable')])
    })

    it('is nobody else’s: other organizations, members, forms of elsewhere', async () => {
      await project('Shop')
      const { path, vendorId } = await link()
      const other = await console.surface.addTenant(`strange-${serial}.test`)
      await project('Theirs', other.organizationId)
      const stranger = await console.enter(other.organizationId, 15)
      const member = await console.enter(organizationId, 1)
      expect(await stranger.text('/integrations')).not.toContain(vendorId)
      for (const [visitor, status] of [
        [stranger, 404],
        [member, 403],
      ] as const) {
        for (const each of [path, `${path}/delete`]) expect((await visitor.open(each)).status).toBe(status)
        for (const [act, fields] of [
          ['environments', { production: '1' }],
          ['push', {}],
          ['delete', { confirm: vendorId }],
        ] as const)
          expect((await visitor.submit(`${path}/${act}`, fields)).status).toBe(status)
      }
      for (const each of ['/integrations', '/integrations/vercel?code=x'])
        expect((await member.open(each)).status).toBe(403)
      expect((await admin.submit(`${path}/delete`, { csrf: 'x', confirm: vendorId })).status).toBe(403)
      for (const each of ['/integrations/x', `/integrations/${newId()}`])
        expect((await admin.open(each)).status).toBe(404)
      expect((await admin.open(path)).status).toBe(200)
    })
  })
})
