// Operators: who is one and by which session, what they see of all organizations, and what they leave in whose they enter.
import { beforeAll, describe, expect, it } from 'vitest'
import { digestOf } from '../../../../src/base/secret.ts'
import { createApiApp } from '../../../../src/http/api/app.ts'
import { organizationRoutes } from '../../../../src/http/console/routes.ts'
import { csrfTokenOf } from '../../../../src/http/own-pages.ts'
import { createApiKeyFor } from '../../../../src/manage/api-keys.ts'
import { operatorCaller } from '../../../../src/manage/caller.ts'
import { grantOperator, revokeOperator } from '../../../../src/manage/operators/rights.ts'
import { eachDatabase } from '../../../database.ts'
import type { Tenant } from '../../scim/surface.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'

describe('the operator', () => {
  eachDatabase((_, open) => {
    let console: Console
    let own: Tenant
    let other: Tenant
    let operator: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      own = console.surface.tenant
      other = await console.surface.addTenant('customer.test')
      operator = await console.enter(own.organizationId, 1, 'operator')
      await grantOperator(console.surface.ctx, operator.email)
    })
    const db = () => console.surface.ctx.db
    const enter = (id: string, visitor = operator) => visitor.submit(`/operator/organizations/${id}/enter`)
    const auditOf = (organizationId: string) =>
      db()
        .selectFrom('audit')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .orderBy('id')
        .execute()

    it('sees all organizations, with what becomes of each', async () => {
      await console.surface.as(other).ask('POST', '/Users', { body: { userName: 'ada@customer.test' } })
      await console.surface.as(other).ask('POST', '/Users', { body: { userName: '' } })
      await console.surface.recorder.flush()
      const page = await operator.text('/operator')
      expect(page).toContain('acme.test')
      const row = page.split('<tr>').find(each => each.includes('customer.test')) ?? ''
      expect(row).toMatch(/data-label="Users pushed">1</)
      expect(row).toMatch(/data-label="Domains verified">1 of 1</)
      expect(row).toMatch(/data-label="Members">2</)
      expect(row.match(/data-ago/g)).toHaveLength(3)
    })

    it('finds organizations by name, domain and id, and says so when there is none', async () => {
      for (const term of ['CUSTOMER', 'customer.test', other.organizationId]) {
        const page = await operator.text(`/operator?q=${encodeURIComponent(term)}`)
        expect(page).toContain(`/operator/organizations/${other.organizationId}/enter`)
        expect(page).not.toContain(`/operator/organizations/${own.organizationId}/enter`)
      }
      expect(await operator.text('/operator?q=%25')).toContain('No organization matches')
      expect(await operator.text('/operator?page=7')).toContain('in all')
    })

    it('is nobody else: members, owners and strangers find no such pages', async () => {
      const owner = await console.enter(own.organizationId, 15)
      for (const path of ['/operator', '/operator/system']) {
        expect((await owner.open(path)).status).toBe(404)
        expect((await console.stranger.open(path)).status).toBe(303)
      }
      for (const path of [
        '/operator',
        `/operator/organizations/${other.organizationId}/enter`,
        '/operator/system/mail',
        '/operator/system/dns',
        '/operator/system/storage',
        '/operator/system/backup',
        `/operator/system/outbox/${other.domain.id}/retry`,
        `/operator/system/outbox/${other.domain.id}/drop`,
        '/checklist/mail',
      ]) {
        expect([path, (await owner.submit(path)).status]).toEqual([path, 404])
      }
      expect(await owner.text('/')).not.toContain('href="/operator"')
      expect(await operator.text('/')).toContain('href="/operator"')
    })

    it('may do in an organization what its owners may, and its audit log has their address', async () => {
      expect((await operator.open(`/domains/${other.domain.id}`)).status).not.toBe(200)
      const entered = await enter(other.organizationId)
      expect([entered.status, entered.headers.get('location')]).toEqual([303, '/'])
      const home = await operator.text('/')
      expect(home).toContain('as the operator')
      expect(home).toContain('customer.test</a>')
      expect((await operator.open(`/domains/${other.domain.id}`)).status).toBe(200)
      expect((await operator.open(`/domains/${own.domain.id}`)).status).toBe(404)
      expect((await operator.submit('/domains', { domain: 'second-customer.test' })).status).toBe(303)
      const log = await auditOf(other.organizationId)
      expect(log.filter(({ actor_label }) => actor_label === operator.email)).toMatchObject([
        { action: 'operator.entered', actor_type: 'operator' },
        { action: 'domain.created', actor_type: 'operator' },
      ])
    })

    it('can open every page there', async () => {
      await enter(other.organizationId)
      const paths = organizationRoutes
        .filter(([method, path]) => method === 'GET' && !path.includes(':') && !path.endsWith('/live'))
        .map(([, path]) => path)
      expect(paths).toContain('/audit')
      for (const path of paths) {
        const { status } = await operator.open(path)
        expect([path, status < 400]).toEqual([path, true])
      }
    })

    it('leaves it again, and is told where they are meanwhile', async () => {
      const left = await operator.submit('/operator/leave')
      expect(left.headers.get('location')).toBe('/operator')
      expect((await operator.open(`/domains/${other.domain.id}`)).status).not.toBe(200)
      expect(await operator.text('/')).not.toContain('as the operator')
      expect((await auditOf(other.organizationId)).at(-1)).toMatchObject({ action: 'operator.left' })
    })

    it('is in one organization at a time, and in none after switching to an own one', async () => {
      const third = await console.surface.addTenant('third.test')
      await enter(other.organizationId)
      await enter(third.organizationId)
      expect((await operator.open(`/domains/${other.domain.id}`)).status).toBe(404)
      expect((await operator.open(`/domains/${third.domain.id}`)).status).toBe(200)
      const nowhere = await operator.submit('/organization', { organization: other.organizationId })
      expect(nowhere.status).toBe(404)
      expect((await operator.open(`/domains/${third.domain.id}`)).status).toBe(200)
      await operator.submit('/organization', { organization: own.organizationId })
      expect((await operator.open(`/domains/${third.domain.id}`)).status).not.toBe(200)
      expect((await auditOf(third.organizationId)).map(({ action }) => action)).toEqual([
        'operator.entered',
        'operator.left',
      ])
    })

    it('enters with one session, not with all of them', async () => {
      const elsewhere = await console.enter(own.organizationId, 1, 'operator')
      await enter(other.organizationId)
      expect((await elsewhere.open(`/domains/${other.domain.id}`)).status).not.toBe(200)
      await operator.submit('/operator/leave')
    })

    it('goes as an owner where they own, without a bar and without a line in the log', async () => {
      const mine = await console.surface.addTenant('mine.test')
      const both = await console.enter(mine.organizationId, 15, 'both')
      await console.enter(own.organizationId, 15, 'both')
      await grantOperator(console.surface.ctx, both.email)
      await enter(mine.organizationId, both)
      const home = await both.text('/')
      expect(home).toContain('mine.test</a>')
      expect(home).not.toContain('as the operator')
      expect((await auditOf(mine.organizationId)).map(({ action }) => action)).not.toContain(
        'operator.entered',
      )
    })

    it('is none in a session that came through SAML, whatever the address', async () => {
      const saml = await console.enter(own.organizationId, 1, 'operator')
      await db()
        .updateTable('sessions')
        .set({ method: 'saml', operating_in: other.organizationId })
        .where('digest', '=', digestOf(saml.secret))
        .execute()
      for (const path of ['/operator', '/operator/system']) {
        const response = await saml.open(path)
        expect(response.status).toBe(403)
        expect(await response.text()).toContain('operator_session_required')
      }
      expect((await enter(other.organizationId, saml)).status).toBe(403)
      expect((await saml.open(`/domains/${other.domain.id}`)).status).not.toBe(200)
      expect(await saml.text('/')).not.toContain('href="/operator"')
    })

    it('stays who they are, whatever an identity provider says of their name and address', async () => {
      const { surface, enter: signIn } = console
      const pushed = await signIn(own.organizationId, 1, 'pushed')
      await db()
        .updateTable('people')
        .set({ email: 'pushed@acme.test' })
        .where('email', '=', pushed.email)
        .execute()
      await grantOperator(surface.ctx, 'pushed@acme.test')
      const made = await surface.ask('POST', '/Users', { body: { userName: 'pushed@acme.test' } })
      await surface.ask('PUT', `/Users/${made.body.id}`, { body: { userName: 'attacker@acme.test' } })
      const operators = await db().selectFrom('people').select('email').where('is_operator', '=', 1).execute()
      expect(operators.map(({ email }) => email)).toContain('pushed@acme.test')
      await revokeOperator(surface.ctx, 'pushed@acme.test')
    })

    it('is one no more at once when that is taken away, and not back inside when it is given again', async () => {
      const { ctx } = console.surface
      const former = await console.enter(own.organizationId, 1, 'former')
      await grantOperator(ctx, former.email)
      await enter(other.organizationId, former)
      expect((await former.open(`/domains/${other.domain.id}`)).status).toBe(200)
      await revokeOperator(ctx, former.email)
      expect((await former.open(`/domains/${other.domain.id}`)).status).not.toBe(200)
      expect((await former.open('/operator')).status).toBe(404)
      await grantOperator(ctx, former.email)
      expect((await former.open(`/domains/${other.domain.id}`)).status).not.toBe(200)
      await revokeOperator(ctx, former.email)
    })

    it('enters only with a recent sign-in, and leaves with any', async () => {
      const { ctx } = console.surface
      const late = await console.enter(own.organizationId, 1, 'operator')
      await enter(other.organizationId, late)
      ctx.clock.advance((ctx.config.reauthHours * 60 + 1) * 60_000)
      const response = await enter(own.organizationId, late)
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('reauthentication_required')
      expect((await late.submit('/operator/leave')).status).toBe(303)
      ctx.clock.advance(-(ctx.config.reauthHours * 60 + 1) * 60_000)
    })

    it('gives nothing to their API keys, while their session opens the API of what they entered', async () => {
      const { ctx } = console.surface
      const api = createApiApp(ctx)
      const path = `/api/organizations/${other.organizationId}`
      const { value } = await createApiKeyFor(ctx, operatorCaller(own.organizationId), {
        owner: operator.email,
        scopes: ['*'],
        label: 'k',
      })
      await enter(other.organizationId)
      const asKey = await api.request(path, { headers: { Authorization: `Bearer ${value}` } })
      expect(asKey.status).toBe(404)
      const cookie = { Cookie: `gatehouse=${operator.secret}` }
      expect((await api.request(path, { headers: cookie })).status).toBe(200)
      const third = await console.surface.addTenant('closed.test')
      const closed = `/api/organizations/${third.organizationId}`
      expect((await api.request(closed, { headers: cookie })).status).toBe(404)
      const key = await api.request('/api/personal_api_keys', {
        method: 'POST',
        headers: {
          ...cookie,
          'X-CSRF-Token': csrfTokenOf(operator.secret),
          Origin: ctx.config.baseUrl,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({ label: 'wish', scopes: ['*'], organizations: [other.organizationId] }),
      })
      expect(key.status).toBe(400)
      await operator.submit('/operator/leave')
    })

    it('is out of an organization that is deleted meanwhile', async () => {
      const doomed = await console.surface.addTenant('doomed.test')
      await enter(doomed.organizationId)
      await db().deleteFrom('organizations').where('id', '=', doomed.organizationId).execute()
      expect((await operator.open('/')).status).toBe(200)
      expect(await operator.text('/')).not.toContain('as the operator')
      expect((await enter(doomed.organizationId)).status).toBe(404)
    })

    it('makes an organization for somebody, who owns it', async () => {
      const made = await operator.submit('/operator', { name: '  New  Customer ', owner: 'It@Customer.test' })
      expect(await made.text()).toContain('New Customer')
      const rows = await db()
        .selectFrom('organizations')
        .innerJoin('members', 'members.organization_id', 'organizations.id')
        .innerJoin('people', 'people.id', 'members.person_id')
        .where('organizations.name', '=', 'New Customer')
        .select(['members.level', 'people.email', 'organizations.id'])
        .execute()
      expect(rows).toMatchObject([{ level: 15, email: 'it@customer.test' }])
      expect(await auditOf(rows[0]?.id ?? '')).toMatchObject([
        { action: 'organization.created', actor_type: 'operator', actor_label: operator.email },
      ])
    })

    it('makes one organization, however often the answer is loaded', async () => {
      const [, once = ''] = /name="once" value="([\w-]{22})"/.exec(await operator.text('/operator')) ?? []
      const send = () => operator.submit('/operator', { name: 'Twice', owner: 'it@customer.test', once })
      expect((await send()).status).toBe(200)
      const second = await send()
      expect([second.status, await second.text()]).toEqual([
        409,
        expect.stringContaining('This was made already, at 2'),
      ])
      const made = db().selectFrom('organizations').select('id').where('name', '=', 'Twice')
      expect(await made.execute()).toHaveLength(1)
    })

    it('is told what was expected of a form, with what they typed', async () => {
      for (const [fields, words] of [
        [{ name: '', owner: 'a@customer.test' }, 'got nothing'],
        [{ name: 'Kept', owner: 'nobody' }, 'an e-mail address'],
      ] as const) {
        const response = await operator.submit('/operator', fields)
        expect(response.status).toBe(400)
        const page = await response.text()
        expect(page).toContain(words)
        expect(page).toContain(`value="${fields.owner}"`)
      }
    })

    it('sees hostile names inert', async () => {
      await operator.submit('/operator', {
        name: '<script>alert(1)</script>\u202e',
        owner: 'evil@customer.test',
      })
      const page = await operator.text('/operator')
      expect(page).not.toContain('<script>alert')
      expect(page).not.toContain('\u202e')
      expect(page).toContain('\\u{202E}')
    })

    it('is refused what other sites make their browser send', async () => {
      const forged = await operator.submit('/operator', { name: 'F', owner: 'f@f.test', csrf: 'x' })
      expect(forged.status).toBe(403)
      const path = `/operator/organizations/${other.organizationId}/enter`
      expect((await operator.submit(path, {}, { Origin: 'https://evil.test' })).status).toBe(403)
    })
  })
})
