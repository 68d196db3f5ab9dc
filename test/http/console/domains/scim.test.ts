// The SCIM step in the console: a token that is shown once, rotation with an overlap, and what ends with what.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../../database.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'

describe('SCIM in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      admin = await console.enter(console.surface.tenant.organizationId, 8)
    })
    const tokenOn = (page: string) => /<code id="token">(gts_[^<]+)/.exec(page)?.[1]
    const tokensOf = (domainId: string) =>
      console.surface.ctx.db.selectFrom('scim_tokens').selectAll().where('domain_id', '=', domainId).execute()
    const addDomain = async (name: string) => {
      const { surface } = console
      const { domain } = await surface.addDomain(surface.tenant.organizationId, name, { scimEnabled: false })
      await surface.ctx.db.deleteFrom('scim_tokens').where('domain_id', '=', domain.id).execute()
      const push = async (token: string, agent = 'Okta SCIM Client 1.0.0') => {
        const headers = { 'User-Agent': agent }
        return (await surface.askAt('GET', `/scim/v2/${domain.id}/Users`, { token, headers })).status
      }
      return { id: domain.id, path: `/domains/${domain.id}`, push }
    }

    it('shows a token once, and waits for the first request', async () => {
      const { path } = await addDomain('once.test')
      const first = tokenOn(await (await admin.submit(`${path}/scim`, { scim: 'on' })).text()) ?? ''
      expect(first).not.toBe('')
      const page = await admin.text(path)
      expect(page).not.toContain(first)
      expect(page).toContain('waiting for the first request')
      expect(page).toContain(`/scim-log/live?token=${first.slice(-4)}`)
    })

    it('rotates with an overlap, says who still has the old token, and revokes it', async () => {
      const { id, path, push } = await addDomain('tokens.test')
      const first = tokenOn(await (await admin.submit(`${path}/scim`, { scim: 'on' })).text()) ?? ''
      expect(await push(first)).toBe(200)
      const rotated = await (await admin.submit(`${path}/scim-tokens`, { overlap: '3600' })).text()
      const second = tokenOn(rotated) ?? ''
      expect([await push(first), await push(second, 'SomeDirectory/2')]).toEqual([200, 200])
      await console.surface.recorder.flush()
      const page = await admin.text(path)
      expect(page).toContain('Okta still has it')
      expect(page).toMatch(/data-left>in (59 min|1 h)</)
      expect(page).not.toContain('name="overlap" value="3600"')
      expect(page).not.toContain('Rotate:')
      expect(page).toContain('revoke the other first')
      const old = (await tokensOf(id)).find(token => first.endsWith(token.hint))
      const revoked = await admin.submit(`${path}/scim-tokens/${old?.id}/revoke`)
      expect([revoked.status, await revoked.text()]).toEqual([
        200,
        expect.stringContaining('The token has ended.'),
      ])
      expect([await push(first), await push(second)]).toEqual([401, 200])
    })

    it('refuses overlaps that are none, by the form', async () => {
      const { id, path } = await addDomain('overlaps.test')
      await admin.submit(`${path}/scim`, { scim: 'on' })
      const before = await tokensOf(id)
      for (const overlap of ['-1', '999999999', 'soon', '1.5', '', ' ', '0x10']) {
        const response = await admin.submit(`${path}/scim-tokens`, { overlap })
        expect([overlap, response.status]).toEqual([overlap, 400])
        expect(await response.text()).toContain(
          overlap.trim() === '' ? 'got nothing' : `got &quot;${overlap}`,
        )
      }
      expect(await tokensOf(id)).toEqual(before)
    })

    it('says that SCIM was on already, and who is refused before tokens are replaced at once', async () => {
      const { id, path, push } = await addDomain('twice.test')
      const token = tokenOn(await (await admin.submit(`${path}/scim`, { scim: 'on' })).text()) ?? ''
      const again = await (await admin.submit(`${path}/scim`, { scim: 'on' })).text()
      expect(again).toContain('SCIM was on already')
      expect(tokenOn(again)).toBeUndefined()
      expect(await tokensOf(id)).toHaveLength(1)
      await push(token)
      await console.surface.recorder.flush()
      const page = await admin.text(path)
      expect(page).toMatch(/Replace at once …<\/summary>.*It was used .* by Okta/s)
      await admin.submit(`${path}/scim-tokens`, { overlap: '0' })
      expect(await push(token)).toBe(401)
    })

    it('switches nothing off for a form that does not say so', async () => {
      const { id, path } = await addDomain('unsaid.test')
      await admin.submit(`${path}/scim`, { scim: 'on' })
      for (const fields of [{}, { scim: '' }, { scim: 'yes' }]) {
        const response = await admin.submit(`${path}/scim`, fields)
        expect([fields, response.status]).toEqual([fields, 400])
      }
      expect(await tokensOf(id)).toHaveLength(1)
    })

    it('says what stops when SCIM is switched off, and then it stops', async () => {
      const { path, push } = await addDomain('off.test')
      const token = tokenOn(await (await admin.submit(`${path}/scim`, { scim: 'on' })).text()) ?? ''
      expect(await admin.text(path)).toContain('Its token ends at once')
      const page = await (await admin.submit(`${path}/scim`, { scim: 'off' })).text()
      expect(page).toContain('SCIM is off')
      expect(await push(token)).toBe(401)
    })

    it('knows no token of another domain', async () => {
      const { path } = await addDomain('own.test')
      const [foreign] = await tokensOf(console.surface.tenant.domain.id)
      expect((await admin.submit(`${path}/scim-tokens/${foreign?.id}/revoke`)).status).toBe(404)
      expect(await tokensOf(console.surface.tenant.domain.id)).toHaveLength(1)
    })

    it('puts into the audit log who did it', async () => {
      const rows = await console.surface.ctx.db
        .selectFrom('audit')
        .select('action')
        .where('actor_label', '=', admin.email)
        .execute()
      const actions = new Set(rows.map(({ action }) => action))
      for (const action of ['scim.token_rotated', 'scim.token_revoked']) expect(actions).toContain(action)
    })
  })
})
