// API keys in the console: one's own, shown once and revoked, and those of others that open the organization.
import { beforeAll, describe, expect, it } from 'vitest'
import { createApiKeyFor } from '../../../src/manage/api-keys.ts'
import { authenticateKey, operatorCaller } from '../../../src/manage/caller.ts'
import { findPersonByEmail } from '../../../src/store/organization/people.ts'
import { eachDatabase } from '../../database.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'
import { mostBytes } from './weight.ts'

const origin = { ip: null, requestId: null }

describe('the API keys in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let organizationId: string
    let owner: Visitor
    let admin: Visitor
    let member: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      organizationId = console.surface.tenant.organizationId
      owner = await console.enter(organizationId, 15, 'olive')
      admin = await console.enter(organizationId, 8, 'amos')
      member = await console.enter(organizationId, 1, 'mia')
    })
    const keysOf = async (visitor: Visitor) => {
      const { db } = console.surface.ctx
      const person = await findPersonByEmail(db, visitor.email)
      return db
        .selectFrom('api_keys')
        .selectAll()
        .where('person_id', '=', person?.id ?? '')
        .orderBy('id')
        .execute()
    }
    const keyFor = (visitor: Visitor, label: string, within = organizationId) =>
      createApiKeyFor(console.surface.ctx, operatorCaller(within), {
        owner: visitor.email,
        scopes: ['organization:read'],
        label,
      })
    const fields = (label: string) => ({ label, expiry: '30', scope: 'organization:read', organization: '' })

    it('makes a key, shows its value this once, and the value works', async () => {
      expect(await member.text('/keys')).toContain('You have no API key.')
      const response = await member.submit('/keys', {
        ...fields('nightly export'),
        organization: organizationId,
      })
      expect(response.status).toBe(200)
      const value = /id="api-key">(gth_\w+|gth_[\w-]+)</.exec(await response.text())?.[1] ?? ''
      const principal = await authenticateKey(console.surface.ctx, value, origin)
      expect(principal).toMatchObject({ scopes: ['organization:read'], organizations: [organizationId] })
      const page = await member.text('/keys')
      expect(page).toContain('nightly export')
      expect(page).not.toContain(value)
      expect(page).toContain(`…${value.slice(-4)}`)
      const [key] = await keysOf(member)
      const days = (Date.parse(key?.expires_at ?? '') - Date.parse(key?.created_at ?? '')) / 86_400_000
      expect(days).toBeCloseTo(30, 3)
    })

    it('says what is missing, and keeps what was chosen', async () => {
      const before = (await keysOf(member)).length
      const nameless = await member.submit('/keys', { ...fields('  '), scope: 'legal_document:write' })
      const page = await nameless.text()
      expect([nameless.status, page]).toEqual([400, expect.stringContaining('<strong>Name:</strong>')])
      expect(page).toMatch(/value="legal_document:write"[^>]* checked/)
      const without = await member.submit('/keys', { label: 'x', expiry: '30' })
      expect([without.status, await without.text()]).toEqual([
        400,
        expect.stringContaining('Expected at least one scope.'),
      ])
      const endless = await member.submit('/keys', { ...fields('x'), expiry: 'tomorrow' })
      expect([endless.status, await endless.text()]).toEqual([
        400,
        expect.stringContaining('got &quot;tomorrow&quot;'),
      ])
      const unknown = await member.submit('/keys', { ...fields('x'), scope: 'root' })
      expect([unknown.status, await unknown.text()]).toEqual([
        400,
        expect.stringContaining('got &quot;root&quot;'),
      ])
      expect(await keysOf(member)).toHaveLength(before)
    })

    it('makes no key for an organization that one is not in', async () => {
      const other = await console.surface.addTenant('foreign.test')
      const response = await member.submit('/keys', { ...fields('x'), organization: other.organizationId })
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('not a member')])
    })

    it('revokes a key of one’s own, and nobody else’s', async () => {
      const { value } = await keyFor(member, 'to revoke')
      const key = (await keysOf(member)).find(({ label }) => label === 'to revoke')
      for (const visitor of [admin, owner])
        expect((await visitor.submit(`/keys/${key?.id}/revoke`)).status).toBe(404)
      const response = await member.submit(`/keys/${key?.id}/revoke`)
      expect(response.headers.get('location')).toBe('/keys?done=revoked')
      await expect(authenticateKey(console.surface.ctx, value, origin)).rejects.toMatchObject({
        kind: 'unauthenticated',
      })
    })

    it('shows administrators the keys of others that open the organization, and nothing of elsewhere', async () => {
      await keyFor(owner, 'of the owner')
      const other = await console.surface.addTenant('second.test')
      const both = await console.enter(organizationId, 1, 'both')
      await console.enter(other.organizationId, 8, 'both')
      await keyFor(both, 'for elsewhere', other.organizationId)
      const page = await admin.text('/keys')
      expect(page).toContain('of the owner')
      expect(page).toContain('above your level')
      expect(page).toContain('nightly export')
      expect(page).not.toContain('for elsewhere')
      expect(await member.text('/keys')).not.toContain('of the owner')
      const elsewhere = await console.enter(other.organizationId, 15)
      const there = await elsewhere.text('/keys')
      expect(there).toContain('for elsewhere')
      expect(there).not.toContain('nightly export')
    })

    it('closes the key of another for this organization alone', async () => {
      const both = await console.enter(organizationId, 1, 'both')
      const response = await both.submit('/keys', fields('everywhere'))
      const value = /id="api-key">([^<]+)</.exec(await response.text())?.[1] ?? ''
      const key = (await keysOf(both)).find(({ label }) => label === 'everywhere')
      const closed = await admin.submit(`/keys/${key?.id}/close`)
      expect(closed.headers.get('location')).toBe('/keys?done=closed')
      const { organizations } = await authenticateKey(console.surface.ctx, value, origin)
      expect(organizations).toHaveLength(1)
      expect(organizations).not.toContain(organizationId)
      expect(await admin.text('/keys')).not.toContain('everywhere')
      expect(await admin.text('/audit?action=api_key.closed')).toContain('everywhere')
      expect((await admin.submit(`/keys/${key?.id}/close`)).status).toBe(404)
    })

    it('says of a form that is sent twice that there is nothing left of what it is about', async () => {
      await keyFor(member, 'sent twice')
      const key = (await keysOf(member)).find(({ label }) => label === 'sent twice')
      expect((await member.submit(`/keys/${key?.id}/revoke`)).status).toBe(303)
      const again = await member.submit(`/keys/${key?.id}/revoke`)
      expect([again.status, await again.text()]).toEqual([
        404,
        expect.stringContaining('or the form was sent twice'),
      ])
    })

    it('closes no key of somebody above, of a stranger, or by a member', async () => {
      const { id } = await keyFor(owner, 'high above')
      const refused = await admin.submit(`/keys/${id}/close`)
      expect([refused.status, await refused.text()]).toEqual([
        403,
        expect.stringContaining('above their own level'),
      ])
      expect((await member.submit(`/keys/${id}/close`)).status).toBe(403)
      const other = await console.surface.addTenant('third.test')
      const stranger = await console.enter(other.organizationId, 15)
      expect((await stranger.submit(`/keys/${id}/close`)).status).toBe(404)
      expect((await keysOf(owner)).map(key => key.id)).toContain(id)
    })

    it('weighs little with all rows of a page', async () => {
      for (let at = 0; at < 40; at++) await keyFor(member, `the key of script number ${at}`)
      for (let at = 0; at < 20; at++) await keyFor(admin, `the key of report number ${at}`)
      const page = await admin.text('/keys')
      expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
      expect(page).toContain('?own=2&amp;others=1')
      expect(page).toContain('?own=1&amp;others=2')
      expect(await admin.text('/keys?own=2&others=2')).toContain('the key of report number 0')
    })

    it('shows hostile names inert and cut', async () => {
      const label = '<script>alert(1)</script>\u202e'
      await member.submit('/keys', fields(label))
      for (const visitor of [member, admin]) {
        const page = await visitor.text('/keys')
        expect(page).toContain('&lt;script&gt;')
        for (const raw of ['<script>alert', '\u202e']) expect(page).not.toContain(raw)
      }
      expect((await member.submit('/keys', fields('x'.repeat(129)))).status).toBe(400)
    })
  })
})
