// The timeline of a person's page: requests that were refused before there was a user of theirs are looked for in the SCIM log.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../../database.ts'
import { person } from '../../scim/surface.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'

describe('the timeline of a person', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      admin = await console.enter(console.surface.tenant.organizationId, 8)
    })
    const lookOn = (page: string) =>
      [...page.matchAll(/href="(\/domains\/[\w-]+\/scim-log\?status=4xx&amp;q=[^"]+)"/g)].map(
        ([, path = '']) => path.replaceAll('&amp;', '&'),
      )

    it('leads to what the SCIM log has by the address, of the domains that push such addresses', async () => {
      const { surface } = console
      const { organizationId, domain } = surface.tenant
      await surface.addDomain(organizationId, 'elsewhere.test')
      await surface.addDomain(organizationId, 'off.test', { scimEnabled: false })
      const body = { ...person('never.there'), active: 'perhaps' }
      expect((await surface.ask('POST', '/Users', { body })).status).toBe(400)
      await surface.recorder.flush()
      const page = await admin.text('/people?email=never.there%40acme.test')
      const [path = '', ...others] = lookOn(page)
      expect([path, others]).toEqual([
        `/domains/${domain.id}/scim-log?status=4xx&q=never.there%40acme.test`,
        [],
      ])
      expect(await admin.text(path)).toContain('Refused to create the user n***e@acme.test')
    })

    it('names every domain that pushes at all for an address of none of them', async () => {
      const page = await admin.text('/people?email=guest%40mail.test')
      expect(lookOn(page)).toHaveLength(2)
      expect(page).not.toContain('>off.test</a>')
    })

    it('says nothing of SCIM among sign-ins alone, and where no domain has SCIM', async () => {
      expect(lookOn(await admin.text('/people?email=guest%40mail.test&show=sign-ins'))).toEqual([])
      const bare = await console.surface.addTenant('bare.test', { scimEnabled: false })
      const visitor = await console.enter(bare.organizationId, 8)
      expect(lookOn(await visitor.text('/people?email=guest%40bare.test'))).toEqual([])
    })
  })
})
