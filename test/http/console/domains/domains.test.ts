// The domains in the console: added, verified, given a token that is shown once.
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCredential } from '../../../../src/demo/saml/credential.ts'
import { metadataXml } from '../../../../src/demo/saml/metadata.ts'
import { eachDatabase } from '../../../database.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'

describe('domains in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      admin = await console.enter(console.surface.tenant.organizationId, 8)
    })
    const add = async (name: string): Promise<string> =>
      (await admin.submit('/domains', { domain: name })).headers.get('location') ?? ''
    const tokenOn = (page: string) => /<code id="token">(gts_[^<]+)/.exec(page)?.[1]
    const row = (name: string) =>
      console.surface.ctx.db
        .selectFrom('domains')
        .selectAll()
        .where('name', '=', name)
        .executeTakeFirstOrThrow()

    it('adds a domain and shows its record with what to do next', async () => {
      const path = await add(' New.Test. ')
      const page = await admin.text(path)
      expect(page).toContain('pending')
      expect(page).toContain('-challenge.new.test')
      expect(page).toContain((await row('new.test')).challenge)
      expect(page).toContain('Verify the domain first')
      expect(await admin.text('/')).toContain(`href="${path}">new.test`)
    })

    it('says by the form why a name is no good, and keeps what was typed', async () => {
      for (const typed of ['', 'not a domain', 'acme.test', '<script>alert(1)</script>.test']) {
        const response = await admin.submit('/domains', { domain: typed })
        const page = await response.text()
        expect([typed, response.status]).toEqual([typed, 400])
        expect(page).toContain('role="alert"')
        expect(page).not.toContain('<script>alert')
      }
    })

    it('shows what was asked and what came, with the nearest mistake, until the record is there', async () => {
      const { ctx } = console.surface
      const path = await add('dns.test')
      const { challenge } = await row('dns.test')
      const name = `_${ctx.config.challengePrefix}-challenge.dns.test`
      const check = async () => {
        ctx.clock.advance(60_000)
        return (await admin.submit(`${path}/verify`)).text()
      }
      expect(await check()).toContain('There is no such record.')
      ctx.dns.set(name, { outcome: 'found', values: [`"${challenge}"`, '<b>spf</b>'] })
      const mistaken = await check()
      expect(mistaken).toContain('has quotes or spaces in it')
      expect(mistaken).toContain('&lt;b&gt;spf&lt;/b&gt;')
      expect(mistaken).toContain(`TXT ${name}`)
      ctx.dns.set(name, { outcome: 'failed', error: 'SERVFAIL' })
      expect(await check()).toContain('SERVFAIL')
      ctx.dns.set(name, { outcome: 'found', values: [challenge] })
      expect(await check()).toContain('the domain is verified')
      expect(await admin.text(path)).toContain('Switch SCIM on')
      expect((await admin.submit(`${path}/verify`)).status).toBe(400)
    })

    it('says that a check comes too soon after the last one', async () => {
      const path = await add('soon.test')
      await admin.submit(`${path}/verify`)
      const response = await admin.submit(`${path}/verify`)
      expect(response.status).toBe(429)
      expect(await response.text()).toContain('can be checked once in')
    })

    it('takes the metadata of an identity provider over, and says what is wrong with what is none', async () => {
      const { surface } = console
      const { domain } = await surface.addDomain(surface.tenant.organizationId, 'saml.test')
      const path = `/domains/${domain.id}`
      for (const metadata of [
        '',
        '<EntityDescriptor/>',
        '<!DOCTYPE x><x/>',
        'http://insecure.test/metadata',
      ]) {
        const response = await admin.submit(`${path}/saml`, { metadata })
        expect([metadata, response.status]).toEqual([metadata, 400])
        expect(await response.text()).toContain('role="alert"')
      }
      expect(await admin.text(path)).toContain('not set up')
      const xml = metadataXml({
        entityId: 'https://idp.test',
        ssoUrl: 'https://idp.test/sso',
        credential: makeCredential('an identity provider', surface.ctx.now()),
      })
      const page = await (await admin.submit(`${path}/saml`, { metadata: xml })).text()
      expect(page).toContain('The identity provider is set up.')
      expect(page).toContain('CN=an identity provider')
    })

    it('shows a token once, rotates it with an overlap, and revokes it', async () => {
      const { surface } = console
      const { domain } = await surface.addDomain(surface.tenant.organizationId, 'tokens.test', {
        scimEnabled: false,
      })
      await surface.ctx.db.deleteFrom('scim_tokens').where('domain_id', '=', domain.id).execute()
      const path = `/domains/${domain.id}`
      const switched = await (await admin.submit(`${path}/scim`, { scim: 'on' })).text()
      const first = tokenOn(switched) ?? ''
      expect(first).not.toBe('')
      expect(await admin.text(path)).not.toContain(first)
      expect(await admin.text(path)).toContain('waiting for the first request')
      const push = async (token: string) =>
        (await surface.askAt('GET', `/scim/v2/${domain.id}/Users`, { token })).status
      expect(await push(first)).toBe(200)
      const rotated = await (await admin.submit(`${path}/scim-tokens`, { overlap: '3600' })).text()
      const second = tokenOn(rotated) ?? ''
      expect([await push(first), await push(second)]).toEqual([200, 200])
      await surface.recorder.flush()
      expect(await admin.text(path)).toContain('the identity provider still has it')
      const tokens = await surface.ctx.db
        .selectFrom('scim_tokens')
        .selectAll()
        .where('domain_id', '=', domain.id)
        .execute()
      const old = tokens.find(token => first.endsWith(token.hint))
      expect((await admin.submit(`${path}/scim-tokens/${old?.id}/revoke`)).status).toBe(303)
      expect([await push(first), await push(second)]).toEqual([401, 200])
      expect((await admin.submit(`${path}/scim-tokens`, { overlap: '-1' })).status).toBe(400)
      expect((await admin.submit(`${path}/scim-tokens`, { overlap: '999999999' })).status).toBe(400)
      await admin.submit(`${path}/scim`, { scim: 'off' })
      expect(await push(second)).toBe(401)
    })

    it('puts into the audit log who did it', async () => {
      const rows = await console.surface.ctx.db
        .selectFrom('audit')
        .select(['action', 'actor_label'])
        .where('actor_label', '=', admin.email)
        .execute()
      const actions = new Set(rows.map(({ action }) => action))
      for (const action of [
        'domain.created',
        'domain.verified',
        'scim.token_rotated',
        'scim.token_revoked',
      ]) {
        expect(actions).toContain(action)
      }
    })
  })
})
