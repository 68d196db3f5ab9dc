import { beforeEach, describe, expect, it } from 'vitest'
import { newId, newIdAt } from '../../src/base/id.ts'
import { JobRunner } from '../../src/jobs/runner.ts'
import { type Db, transact } from '../../src/store/db.ts'
import { insertScimLog } from '../../src/store/domain/scim-log.ts'
import { insertApiKey, listApiKeysOf } from '../../src/store/organization/api-keys.ts'
import { insertInvite } from '../../src/store/organization/invites.ts'
import { appendEvent } from '../../src/store/records/events.ts'
import { insertSession } from '../../src/store/sign-in/sessions.ts'
import { eachDatabase } from '../database.ts'
import { type Installation, install } from '../http/api/client.ts'
import { entra, okta, pemOf } from '../saml/metadata-documents.ts'

const day = 24 * 60 * 60 * 1000

describe('chores', () => {
  eachDatabase((_, open) => {
    let db: Db
    let installation: Installation
    let path: string
    beforeEach(async () => {
      db = await open()
      installation = await install(db)
      path = `/api/organizations/${installation.organizationId}/domains`
    })

    const domainOf = async (name = 'acme.test') => {
      const { body } = await installation.owner('POST', path, { body: { domain: name } })
      const record = `_gatehouse-challenge.${name}`
      installation.ctx.dns.set(record, { outcome: 'found', values: [String(body.verification_challenge)] })
      const { body: domain } = await installation.owner('POST', `${path}/${body.id}/verify`)
      expect(domain.is_verified).toBe(true)
      return {
        id: String(body.id),
        record,
        read: async () => (await installation.owner('GET', `${path}/${body.id}`)).body,
      }
    }
    /** Lets days pass, the worker looking in every day. */
    const pass = async (days: number, config = {}) => {
      const { ctx } = installation
      const runner = new JobRunner({ ...ctx, config: { ...ctx.config, ...config } })
      for (let passed = 0; passed < days; passed++) {
        ctx.clock.advance(day + 1000)
        await runner.runDue()
      }
    }
    const actions = async () => {
      const { body } = await installation.owner(
        'GET',
        `/api/organizations/${installation.organizationId}/audit_log?actor_type=system`,
      )
      return (body.results as { action: string }[]).map(({ action }) => action)
    }

    it('re-checks a verified domain every day', async () => {
      const domain = await domainOf()
      const first = (await domain.read()).last_checked_at
      await new JobRunner(installation.ctx).runDue()
      expect((await domain.read()).last_checked_at).toBe(first)
      await pass(1)
      expect(await domain.read()).toMatchObject({ is_verified: true, verification_lost_at: null })
      expect((await domain.read()).last_checked_at).not.toBe(first)
    })

    it('notes the loss after 7 failed days, keeps the domain verified, and forgets the loss when the record is back', async () => {
      const domain = await domainOf()
      const answer = installation.ctx.dns.get(domain.record)
      installation.ctx.dns.delete(domain.record)
      await pass(7)
      expect(await domain.read()).toMatchObject({ is_verified: true, verification_lost_at: null })
      await pass(1)
      expect(await domain.read()).toMatchObject({
        is_verified: true,
        verification_lost_at: expect.any(String),
      })
      await pass(2)
      expect(await actions()).toEqual(['domain.verification_lost'])
      if (answer) installation.ctx.dns.set(domain.record, answer)
      await pass(1)
      expect(await domain.read()).toMatchObject({ is_verified: true, verification_lost_at: null })
      expect(await actions()).toEqual(['domain.verification_restored', 'domain.verification_lost'])
    })

    it('a name server that does not answer for a day costs nothing', async () => {
      const domain = await domainOf()
      const answer = installation.ctx.dns.get(domain.record)
      installation.ctx.dns.set(domain.record, { outcome: 'failed', error: 'SERVFAIL' })
      await pass(1)
      if (answer) installation.ctx.dns.set(domain.record, answer)
      await pass(8)
      expect(await domain.read()).toMatchObject({ is_verified: true, verification_lost_at: null })
    })

    it('REVERIFY_POLICY=revoke takes the verification away, and with it what only a verified domain has', async () => {
      const domain = await domainOf()
      await installation.owner('PATCH', `${path}/${domain.id}`, {
        body: { scim_enabled: true, jit_provisioning_enabled: true },
      })
      installation.ctx.dns.delete(domain.record)
      await pass(8, { reverifyPolicy: 'revoke' })
      expect(await domain.read()).toMatchObject({
        is_verified: false,
        verification_lost_at: expect.any(String),
        scim_enabled: false,
        jit_provisioning_enabled: false,
        scim_tokens: [],
      })
    })

    it('goes through more domains than one batch', async () => {
      const names = Array.from({ length: 60 }, (_, index) => `many${index}.test`)
      for (const name of names) {
        const { body } = await installation.owner('POST', path, { body: { domain: name } })
        await db
          .updateTable('domains')
          .set({
            verified_at: '2026-01-01T00:00:00.000Z',
            verified_by: 'dns',
            last_checked_at: '2026-01-01T00:00:00.000Z',
          })
          .where('id', '=', String(body.id))
          .execute()
      }
      await pass(1)
      const left = await db
        .selectFrom('domains')
        .select('id')
        .where('last_checked_at', '<', '2026-01-02T00:00:00.000Z')
        .execute()
      expect(left).toEqual([])
    })

    it('refreshes the metadata that is kept by URL, and leaves all as it was when that fails', async () => {
      const domain = await domainOf()
      const url = 'https://idp.test/metadata'
      installation.ctx.pages.set(url, okta)
      await installation.owner('PATCH', `${path}/${domain.id}`, { body: { saml_metadata: url } })
      installation.ctx.pages.set(url, entra)
      await pass(1)
      const refreshed = await domain.read()
      expect(refreshed).toMatchObject({
        saml_entity_id: 'https://sts.windows.net/0199/',
        saml_metadata_url: url,
        saml_x509_cert: pemOf('rsa-2048') + pemOf('ec-p256'),
      })
      expect(await actions()).toEqual(['domain.updated'])
      for (const page of ['<nonsense/>', undefined]) {
        if (page) installation.ctx.pages.set(url, page)
        else installation.ctx.pages.delete(url)
        await pass(1)
        expect(await domain.read()).toMatchObject({
          saml_entity_id: refreshed.saml_entity_id,
          saml_metadata_refreshed_at: refreshed.saml_metadata_refreshed_at,
        })
      }
    })

    it('passes over a domain that it cannot look after, and looks after those behind it', async () => {
      const [bad, good] = [await domainOf('bad.test'), await domainOf('good.test')]
      const { ctx } = installation
      const url = (name: string) => `https://idp.${name}/metadata`
      for (const [{ id }, name] of [
        [bad, 'bad.test'],
        [good, 'good.test'],
      ] as const) {
        ctx.pages.set(url(name), okta)
        await installation.owner('PATCH', `${path}/${id}`, { body: { saml_metadata: url(name) } })
        ctx.pages.set(url(name), entra)
      }
      await db
        .updateTable('domains')
        .set({ saml_certificates: 'nonsense', last_checked_at: '2025-01-01T00:00:00.000Z' })
        .where('id', '=', bad.id)
        .execute()
      const failing =
        <T>(work: (name: string) => Promise<T>) =>
        (name: string) =>
          name.includes('bad.test') ? Promise.reject(new Error('no luck')) : work(name)
      ctx.clock.advance(day + 1000)
      const before = (await good.read()).last_checked_at
      const { lookUpTxt, guardedFetch } = ctx
      await new JobRunner({
        ...ctx,
        lookUpTxt: failing(lookUpTxt),
        guardedFetch: failing(guardedFetch),
      }).runDue()
      const after = await good.read()
      expect(after.last_checked_at).not.toBe(before)
      expect(after.saml_entity_id).toBe('https://sts.windows.net/0199/')
      const jobs = await db.selectFrom('jobs').select(['name', 'last_error']).execute()
      expect(jobs.filter(job => job.last_error !== null)).toEqual([])
    })

    it('deletes SCIM log rows past their retention, all batches of them', async () => {
      const { id } = await domainOf()
      const created = (days: number) => new Date(installation.ctx.now().getTime() - days * day).toISOString()
      const row = (days: number) => ({
        ...{
          domain_id: id,
          id: newIdAt(new Date(created(days))),
          created_at: created(days),
          request_id: 'r',
          request_method: 'GET',
          request_path: '/',
        },
        ...{
          request_headers: '{}',
          request_body: null,
          response_status: 200,
          response_body: null,
          identity_provider: 'okta',
        },
        ...{
          duration_ms: 1,
          scim_type: null,
          token_hint: null,
          resource_type: null,
          resource_id: null,
          outcome: '',
          accommodations: '[]',
        },
      })
      const rows = [...Array.from({ length: 1500 }, () => row(181)), row(178)]
      await transact(db, tx => insertScimLog(tx, rows))
      await pass(1)
      expect(await db.selectFrom('scim_log').select('id').execute()).toEqual([{ id: rows.at(-1)?.id }])
    })

    it('deletes events after 30 days, all batches of them', async () => {
      const { ctx, organizationId } = installation
      const event = (days: number) => ({
        organizationId,
        domainId: newId(),
        name: null,
        txn: String(days),
        subject: {},
        events: {},
        now: new Date(ctx.now().getTime() - days * day).toISOString(),
      })
      const events = [...Array.from({ length: 1500 }, () => event(30)), event(28)]
      await transact(db, async tx => {
        for (const each of events) await appendEvent(tx, each)
      })
      await pass(1)
      expect(await db.selectFrom('events').select('txn').execute()).toEqual([{ txn: '28' }])
    })

    it('deletes what has expired: sessions at once, keys after 30 days; invites stay until somebody deletes them', async () => {
      const { ctx, organizationId, ownerId } = installation
      const expires_at = new Date(ctx.now().getTime() + 1000).toISOString()
      const now = ctx.now().toISOString()
      const secret = () => ({ id: newId(), digest: newId() })
      await insertSession(db, {
        ...secret(),
        person_id: ownerId,
        organization_id: organizationId,
        domain_id: null,
        method: 'email',
        signed_in_at: now,
        expires_at,
      })
      await insertApiKey(db, {
        ...secret(),
        person_id: ownerId,
        hint: '',
        label: 'short',
        scopes: ['*'],
        organizations: null,
        created_at: now,
        expires_at,
        last_used_at: null,
      })
      await insertInvite(db, {
        ...secret(),
        organization_id: organizationId,
        target_email: 'a@b.test',
        first_name: '',
        level: 1,
        message: '',
        private_project_access: '[]',
        created_by: null,
        created_at: now,
        updated_at: now,
        expires_at,
      })
      const counts = async () => [
        (await db.selectFrom('sessions').selectAll().execute()).length,
        (await listApiKeysOf(db, ownerId)).length,
        (await db.selectFrom('invites').selectAll().execute()).length,
      ]
      expect(await counts()).toEqual([1, 2, 1])
      await pass(1)
      expect(await counts()).toEqual([0, 2, 1])
      await pass(31)
      expect(await counts()).toEqual([0, 1, 1])
    })
  })
})
