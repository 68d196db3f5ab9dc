// The audit log in the console: who changed what, searched and page by page, strangers' words inert.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { person } from '../scim/surface.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'

describe('the audit log in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      admin = await console.enter(console.surface.tenant.organizationId, 8)
    })

    it('shows who did what, with before and after', async () => {
      await admin.submit('/domains', { domain: 'audited.test' })
      const page = await admin.text('/audit?q=domain.created')
      expect(page).toContain(admin.email)
      expect(page).toContain('domain.created')
      expect(page).toContain('audited.test')
      expect(await admin.text('/audit?q=no-such-thing')).toContain('Nothing fits.')
    })

    it('goes through all pages, whatever stands for a page in the URL', async () => {
      for (let at = 0; at < 60; at++) await console.surface.ask('POST', '/Users', { body: person(`p${at}`) })
      expect(await admin.text('/audit')).toContain('page=2')
      expect(await admin.text('/audit?page=2')).toContain('page=1')
      for (const page of ['0', '-1', 'x', '1e99', '99999', '%00']) {
        expect([page, (await admin.open(`/audit?page=${page}`)).status]).toEqual([page, 200])
      }
    })

    it('shows names from a directory as text', async () => {
      const name = '<img src=x onerror=alert(1)>\u202e@acme.test'
      await console.surface.ask('POST', '/Users', { body: { ...person('x'), userName: name } })
      const page = await admin.text('/audit')
      expect(page).toContain('&lt;img src=x')
      expect(page).not.toMatch(/<img|\u202e/)
    })

    it('is for administrators, each of their own organization', async () => {
      const member = await console.enter(console.surface.tenant.organizationId, 1)
      expect((await member.open('/audit')).status).toBe(403)
      expect(await member.text('/')).not.toContain('href="/audit"')
      const other = await console.surface.addTenant('elsewhere.test')
      const stranger = await console.enter(other.organizationId, 15)
      expect(await stranger.text('/audit?q=audited.test')).toContain('Nothing fits.')
    })
  })
})
