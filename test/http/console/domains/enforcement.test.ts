// The last steps in the console: a test of the sign-in, SAML as the only way in, and giving a domain up.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../../src/base/id.ts'
import type { Domain } from '../../../../src/domain/domain.ts'
import { insertSignIn, type SignIn } from '../../../../src/store/sign-in/sign-ins.ts'
import { eachDatabase } from '../../../database.ts'
import { pemOf } from '../../../saml/metadata-documents.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'

const configured = {
  samlEntityId: 'https://idp.test',
  samlSsoUrl: 'https://idp.test/sso',
  samlCertificates: pemOf('rsa-2048'),
} as const
const tested = { ...configured, samlTestedAt: '2026-01-01T00:00:00.000Z' } as const

describe('enforcement in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      admin = await console.enter(console.surface.tenant.organizationId, 8)
    })
    const addDomain = async (name: string, changes: Partial<Domain>) => {
      const { surface } = console
      const { domain } = await surface.addDomain(surface.tenant.organizationId, name, changes)
      return { id: domain.id, path: `/domains/${domain.id}` }
    }
    const enforcementOf = async (id: string) =>
      (
        await console.surface.ctx.db
          .selectFrom('domains')
          .select('sso_enforcement')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
      ).sso_enforcement
    const addTest = (domainId: string, changes: Partial<SignIn>) =>
      insertSignIn(console.surface.ctx.db, {
        domain_id: domainId,
        organization_id: console.surface.tenant.organizationId,
        id: newId(),
        trace_id: 'trace',
        created_at: console.surface.ctx.now().toISOString(),
        kind: 'test',
        outcome: 'accepted',
        code: null,
        email: 'ada@enforce.test',
        name_id: 'ada',
        person_id: null,
        steps: JSON.stringify([
          { name: 'signature', outcome: 'passed', expected: 'a signature', got: 'one' },
          { name: 'issuer', outcome: 'failed', expected: '<i>x', got: 'a\u202Eb' },
        ]),
        attributes: JSON.stringify({ '<script>n': ['<img src=x onerror=alert(1)>'] }),
        certificate_fingerprint: null,
        idp_clock_offset_ms: null,
        duration_ms: 1,
        ip: null,
        response_xml: null,
        request_id: null,
        requested_at: null,
        request_xml: null,
        result: null,
        ...changes,
      })

    it('leads to a test sign-in, and nowhere before SAML is set up', async () => {
      const ready = await addDomain('test-link.test', configured)
      const response = await admin.open(`${ready.path}/test`)
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toContain(`/saml/${ready.id}/login?test=`)
      const early = await addDomain('early.test', {})
      const refused = await admin.open(`${early.path}/test`)
      expect(refused.status).toBe(400)
      expect(await refused.text()).toContain('A sign-in needs')
    })

    it('shows every check and attribute of the last test, inert, and that it counts no more after a change', async () => {
      const { id, path } = await addDomain('shown.test', configured)
      await addTest(id, { outcome: 'refused', code: 'saml_issuer_mismatch' })
      const refused = await admin.text(path)
      expect(refused).toContain('1 of 2 checks passed')
      expect(refused).toContain('saml_issuer_mismatch')
      expect(refused).toContain('&lt;i&gt;x')
      expect(refused).toContain('a\\u{202E}b')
      expect(refused).not.toContain('<img src=x')
      expect(refused).not.toContain('<script>n')
      await addTest(id, {})
      const page = await admin.text(path)
      expect(page).toContain('settings have changed since it worked')
      expect(page).toMatch(new RegExp(`href="/sign-ins/${id}/[0-9a-f-]{36}"`))
    })

    it('tells a page that waits when the test has come back', async () => {
      const { id, path } = await addDomain('arrival.test', configured)
      const response = await admin.open(`${path}/test/arrival?since=`)
      await addTest(id, {})
      expect(response.headers.get('content-type')).toContain('text/event-stream')
      expect(await response.text()).toMatch(
        new RegExp(`event: arrived\ndata: ${path}\\?tested=[0-9a-f-]{36}#test`),
      )
    })

    it('refuses before a sign-in has worked, whatever is typed', async () => {
      const { id, path } = await addDomain('untested.test', configured)
      expect(await admin.text(`${path}/enforce`)).toContain('Nobody has signed in with these settings')
      const fields = { enforce: 'on', way_back: 'on', confirm: 'untested.test' }
      const response = await admin.submit(`${path}/enforce`, fields)
      expect([response.status, await enforcementOf(id)]).toEqual([400, ''])
      expect(await response.text()).toContain('only be enforced after one successful sign-in')
    })

    it('lists who is affected, and the way back with whether it was ever tried', async () => {
      const { path } = await addDomain('people.test', tested)
      const { ctx, tenant } = console.surface
      const page = await admin.text(`${path}/enforce`)
      expect(page).toContain('1 member with an address that ends in @people.test')
      expect(page).toContain(admin.email)
      expect(page).toContain('They lose mailed links')
      expect(page).toContain('npm run gatehouse -- owner-link owner@acme.test.example')
      expect(page).toContain('not tried yet')
      const label = 'owner@acme.test.example'
      await ctx.db
        .insertInto('audit')
        .values({
          organization_id: tenant.organizationId,
          id: newId(),
          created_at: ctx.now().toISOString(),
          actor_type: 'operator',
          actor_id: null,
          actor_label: 'operator',
          action: 'owner_link.created',
          target_type: 'person',
          target_id: newId(),
          target_label: label,
          changes: '{}',
          ip: null,
          request_id: null,
        })
        .execute()
      expect(await admin.text(`${path}/enforce`)).toContain('ago</time> for')
    })

    it('writes the command so that a shell acts upon no part of an address', async () => {
      const { ctx } = console.surface
      const tenant = await console.surface.addTenant('shell.test', tested)
      await ctx.db
        .updateTable('people')
        .set({ email: "a'`$(id)`@shell.test" })
        .where('email', '=', 'owner@shell.test.example')
        .execute()
      const visitor = await console.enter(tenant.organizationId, 8)
      expect(await visitor.text(`/domains/${tenant.domain.id}/enforce`)).toContain(
        'owner-link &#39;a&#39;\\&#39;&#39;`$(id)`@shell.test&#39;',
      )
    })

    it('enforces by the name of the domain, letter by letter, and by the tick; and releases by the name', async () => {
      const { id, path } = await addDomain('enforce.test', tested)
      const cases = [
        { enforce: 'on', way_back: 'on', confirm: '' },
        { enforce: 'on', way_back: 'on', confirm: 'enforce' },
        { enforce: 'on', way_back: 'on', confirm: 'ENFORCE.test' },
        { enforce: 'on', confirm: 'enforce.test' },
      ]
      for (const fields of cases) {
        const response = await admin.submit(`${path}/enforce`, fields)
        expect([fields, response.status, await enforcementOf(id)]).toEqual([fields, 400, ''])
        const page = await response.text()
        expect(page).toContain('role="alert"')
        expect(page).toContain(`name="confirm"`)
      }
      await admin.submit(`${path}/enforce`, { enforce: 'on', way_back: 'on', confirm: ' enforce.test ' })
      expect(await enforcementOf(id)).toBe('saml')
      expect(await admin.text(path)).toContain('SAML only')
      expect((await admin.submit(`${path}/enforce`, { enforce: 'off', confirm: 'no' })).status).toBe(400)
      expect((await admin.submit(`${path}/enforce`, { confirm: 'enforce.test' })).status).toBe(400)
      expect(await enforcementOf(id)).toBe('saml')
      await admin.submit(`${path}/enforce`, { enforce: 'off', confirm: 'enforce.test' })
      expect(await enforcementOf(id)).toBe('')
    })

    it('lists what goes with a domain, and deletes it by its name alone', async () => {
      const { surface } = console
      const tenant = await surface.addDomain(surface.tenant.organizationId, 'gone.test', tested)
      const path = `/domains/${tenant.domain.id}`
      await surface.as(tenant).ask('POST', '/Users', { body: { userName: 'ada@gone.test' } })
      await surface.recorder.flush()
      const page = await admin.text(`${path}/delete`)
      expect(page).toMatch(/Users pushed by SCIM<\/dt><dd>1</)
      expect(page).toMatch(/Rows of the SCIM log<\/dt><dd>1</)
      expect(page).toMatch(/SCIM tokens<\/dt><dd>1</)
      const wrong = await admin.submit(`${path}/delete`, { confirm: 'other.test' })
      expect([wrong.status, (await admin.open(path)).status]).toEqual([400, 200])
      const right = await admin.submit(`${path}/delete`, { confirm: 'gone.test' })
      expect([right.status, right.headers.get('location')]).toEqual([303, '/domains'])
      expect((await admin.open(path)).status).toBe(404)
    })

    it('opens these pages to nobody else', async () => {
      const other = await console.surface.addTenant('enforce-other.test')
      const member = await console.enter(console.surface.tenant.organizationId, 1)
      const own = `/domains/${console.surface.tenant.domain.id}`
      for (const path of ['/enforce', '/delete', '/test', '/test/arrival']) {
        expect((await admin.open(`/domains/${other.domain.id}${path}`)).status).toBe(404)
        expect((await member.open(own + path)).status).toBe(403)
      }
      for (const path of ['/enforce', '/delete']) {
        expect((await admin.submit(`/domains/${other.domain.id}${path}`, { confirm: 'x' })).status).toBe(404)
        expect((await member.submit(own + path, { confirm: 'acme.test' })).status).toBe(403)
      }
    })

    it('leads whoever loads the address of a form to the page', async () => {
      const { path } = await addDomain('loaded.test', {})
      for (const form of ['/verify', '/saml', '/saml/preview', '/scim', '/settings']) {
        expect((await admin.open(path + form)).headers.get('location')).toBe(path)
      }
    })
  })
})
