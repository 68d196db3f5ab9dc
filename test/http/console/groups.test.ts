// The groups in the console: of all domains, who is in one, and the level that it gives.
import { beforeAll, describe, expect, it } from 'vitest'
import { findMember } from '../../../src/store/organization/members.ts'
import { findPersonByEmail } from '../../../src/store/organization/people.ts'
import { eachDatabase } from '../../database.ts'
import { person, type Surface } from '../scim/surface.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'
import { mostBytes } from './weight.ts'

const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group'

describe('the groups in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let surface: Surface
    let admin: Visitor
    let domain: string
    beforeAll(async () => {
      console = await openConsole(await open())
      surface = console.surface
      domain = surface.tenant.domain.id
      admin = await console.enter(surface.tenant.organizationId, 8)
    })
    const pushUser = async (name: string, to = surface): Promise<string> =>
      (await to.ask('POST', '/Users', { body: person(name) })).body.id
    const pushGroup = async (displayName: string, ids: readonly string[], to = surface): Promise<string> => {
      const body = { schemas: [groupSchema], displayName, members: ids.map(value => ({ value })) }
      return (await to.ask('POST', '/Groups', { body })).body.id
    }
    const levelOf = async (email: string) => {
      const found = await findPersonByEmail(surface.ctx.db, email)
      return (await findMember(surface.ctx.db, surface.tenant.organizationId, found?.id ?? ''))?.level
    }

    it('says where groups come from while there are none', async () => {
      expect(await admin.text('/groups')).toContain('No directory has pushed a group yet.')
    })

    it('lists the groups of all domains by name, with how many are in them', async () => {
      const second = await surface.addDomain(surface.tenant.organizationId, 'second.test')
      const there = surface.as(second)
      await pushGroup('Beta', [await pushUser('b1', there), await pushUser('b2', there)], there)
      const inner = await pushGroup('alpha', [await pushUser('a1')])
      await pushGroup('Gamma', [inner])
      const page = await admin.text('/groups')
      const found = ['>alpha<', '>Beta<', '>Gamma<'].map(name => page.indexOf(name))
      expect(found).toEqual([...found].sort((a, b) => a - b))
      expect(page).toContain('2 people')
      expect(page).toContain('0 people, 1 group')
      expect(page).toContain('<td>second.test</td>')
    })

    it('filters by name, domain and whether a level is given', async () => {
      expect(await admin.text('/groups?q=ALPH')).toContain('>alpha<')
      expect(await admin.text('/groups?q=ALPH')).not.toContain('>Beta<')
      expect(await admin.text('/groups?q=%25')).toContain('No group matches.')
      expect(await admin.text(`/groups?domain=${domain}`)).not.toContain('>Beta<')
      expect(await admin.text('/groups?level=some')).toContain('No group matches.')
      expect(await admin.text('/groups?level=none&page=x&domain=y')).toContain('>Beta<')
    })

    it('shows who is in a group, a page at a time, and the groups inside and around it', async () => {
      const ids: string[] = []
      for (let at = 0; at < 51; at++) ids.push(await pushUser(`crowd${at}`))
      const inner = await pushGroup('Inner', ids)
      const outer = await pushGroup('Outer', [inner])
      const path = `/groups/${domain}/${inner}`
      const first = await admin.text(path)
      expect(first.match(/crowd\d+@acme\.test<\/bdi><\/td>/g)).toHaveLength(50)
      expect(first).toContain(`/groups/${domain}/${outer}`)
      expect(first).toContain(`/domains/${domain}/scim-log?person=${inner}`)
      expect(first).toMatch(/href="\/people\/[0-9a-f-]{36}"/)
      const next = /\?after=[0-9a-f-]+/.exec(first)?.[0] ?? ''
      const second = await admin.text(path + next)
      expect(second.match(/crowd\d+@acme\.test<\/bdi><\/td>/g)).toHaveLength(1)
      expect(await admin.text(`/groups/${domain}/${outer}`)).toContain('Nobody is in it directly.')
    })

    it('gives a level to whoever is in a group, and takes it back', async () => {
      const group = await pushGroup('Makers', [await pushUser('maker')])
      const path = `/groups/${domain}/${group}`
      const response = await admin.submit(`${path}/level`, { level: '8' })
      expect([response.status, response.headers.get('location')]).toEqual([303, `${path}?done=level`])
      expect(await levelOf('maker@acme.test')).toBe(8)
      expect(await admin.text(path)).toContain('1 member has their level from this group now')
      expect(await admin.text('/groups?level=some')).toContain('>Makers<')
      await admin.submit(`${path}/level`, { level: '' })
      expect(await levelOf('maker@acme.test')).toBe(1)
    })

    it('makes no owners by a group, and says what was expected', async () => {
      const group = await pushGroup('Owners', [await pushUser('crown')])
      for (const level of ['15', '9', 'owner', '-1']) {
        const response = await admin.submit(`/groups/${domain}/${group}/level`, { level })
        expect([level, response.status]).toEqual([level, 400])
        const isNumber = /^\d+$/.test(level)
        expect(await response.text()).toContain(
          isNumber
            ? `Expected one of 1, 8, got ${level}.`
            : `Expected a whole number, got &quot;${level}&quot;.`,
        )
      }
      expect(await levelOf('crown@acme.test')).toBe(1)
    })

    it('is for administrators, each of their own organization', async () => {
      const group = await pushGroup('Private', [])
      const member = await console.enter(surface.tenant.organizationId, 1)
      for (const path of ['/groups', `/groups/${domain}/${group}`])
        expect((await member.open(path)).status).toBe(403)
      expect((await member.submit(`/groups/${domain}/${group}/level`, { level: '8' })).status).toBe(403)
      const other = await surface.addTenant('foreign.test')
      const stranger = await console.enter(other.organizationId, 15)
      for (const at of [domain, other.domain.id]) {
        expect((await stranger.open(`/groups/${at}/${group}`)).status).toBe(404)
        expect((await stranger.submit(`/groups/${at}/${group}/level`, { level: '8' })).status).toBe(404)
      }
      expect(await stranger.text('/groups')).not.toContain('Private')
      expect((await admin.open(`/groups/${domain}/nonsense`)).status).toBe(404)
    })

    it('weighs little with all rows of a page', async () => {
      for (let at = 0; at < 50; at++) await pushGroup(`Heavy ${at}`, [])
      expect(Buffer.byteLength(await admin.text('/groups?q=heavy'))).toBeLessThan(mostBytes)
    })

    it('shows hostile names inert and cut', async () => {
      const displayName = `<script>alert(1)</script>\u202e\u0007${'y'.repeat(100_000)}`
      const group = await pushGroup('Hostile', [])
      const doc = JSON.stringify({ displayName })
      await surface.ctx.db.updateTable('groups').set({ doc }).where('id', '=', group).execute()
      for (const path of ['/groups?q=hostile', `/groups/${domain}/${group}`]) {
        const page = await admin.text(path)
        expect(page).toContain('&lt;script&gt;')
        for (const raw of ['<script>', '\u202e', '\u0007']) expect(page).not.toContain(raw)
        expect(page.length).toBeLessThan(40_000)
      }
    })
  })
})
