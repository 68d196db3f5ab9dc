// Forms whose answer shows a secret once: loading the answer anew sends the same form, which makes nothing again.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { openSetUpWorld, type SetUpWorld } from '../set-up/guest.ts'
import type { Fields } from './visitor.ts'

/** Somebody with pages of ours. */
interface Somebody {
  text(path: string): Promise<string>
  submit(path: string, fields: Fields): Promise<Response>
}

describe('a form whose answer shows a secret', () => {
  eachDatabase((_, open) => {
    let world: SetUpWorld
    beforeAll(async () => {
      world = await openSetUpWorld(await open(), { publicRateLimit: 0, apiRateLimit: 0 })
    })
    const { raw } = String
    const nonceOn = (page: string, action: string) => {
      const form = new RegExp(
        raw`<form[^>]*action="${action}[^"]*"[^>]*>.*?name="once" value="([\w-]{22})"`,
        's',
      )
      return form.exec(page)?.[1] ?? ''
    }
    const again = 'This was made already, at 2'
    const dump = async (table: 'api_keys' | 'scim_tokens' | 'set_up_links' | 'invites') =>
      JSON.stringify(await world.surface.ctx.db.selectFrom(table).selectAll().execute())

    /** Sends the form as its page has it, then once more, then the one of a page that was opened afterwards. */
    async function sendThrice(by: Somebody, { page, action, fields, table, secret }: Form): Promise<void> {
      const send = async (once: string) => {
        const response = await by.submit(action, { ...fields, once })
        return [response.status, await response.text()] as const
      }
      const once = nonceOn(await by.text(page), `(?:/set-up)?${action}`)
      expect(once).not.toBe('')
      const first = await send(once)
      expect(first).toEqual([200, expect.stringMatching(secret)])
      const made = await dump(table)
      const second = await send(once)
      expect(second).toEqual([409, expect.stringContaining(again)])
      expect(second[1]).not.toMatch(secret)
      expect(await dump(table)).toBe(made)
      const fresh = nonceOn(await by.text(page), `(?:/set-up)?${action}`)
      expect(await send(fresh)).toEqual([200, expect.stringMatching(secret)])
      expect(await dump(table)).not.toBe(made)
    }
    interface Form {
      readonly page: string
      readonly action: string
      readonly fields: Fields
      readonly table: Parameters<typeof dump>[0]
      readonly secret: RegExp
    }

    it('makes one API key', async () => {
      const fields = { label: 'export', expiry: '30', scope: 'organization:read', organization: '' }
      await sendThrice(world.admin, {
        page: '/keys',
        action: '/keys',
        fields,
        table: 'api_keys',
        secret: /gth_/,
      })
    })

    it('makes one SCIM token, on the page of tokens, of a domain, and behind a set-up link', async () => {
      const { domain } = world.surface.tenant
      const shared = { table: 'scim_tokens', secret: /<code id="token">gts_/ } as const
      const fields = { domain: domain.id, overlap: '0' }
      await sendThrice(world.admin, { ...shared, page: '/tokens', action: '/tokens', fields })
      const [page, overlap] = [`/domains/${domain.id}`, { overlap: '0' }]
      await sendThrice(world.admin, { ...shared, page, action: `${page}/scim-tokens`, fields: overlap })
      const guest = await world.follow(await world.makeLink())
      await sendThrice(guest, { ...shared, page: '', action: '/scim-tokens', fields: overlap })
    })

    it('replaces used tokens once, and goes back to the page of tokens when it comes again', async () => {
      const { organizationId, domain, token } = await world.surface.addTenant('replaced.test')
      const admin = await world.enter(organizationId, 8)
      await world.surface.askAt('GET', `/scim/v2/${domain.id}/Users`, { token })
      await world.surface.recorder.flush()
      const fields = { domain: domain.id, overlap: '0' }
      const asked = await (await admin.submit('/tokens', fields)).text()
      const once = nonceOn(asked, '/tokens')
      const send = () => admin.submit('/tokens', { ...fields, confirm: domain.name, once })
      expect(await (await send()).text()).toContain('<code id="token">gts_')
      const second = await send()
      const page = await second.text()
      expect([second.status, page]).toEqual([409, expect.stringContaining(again)])
      expect(page).not.toContain('Who stops')
    })

    it('makes one set-up link', async () => {
      const { domain } = world.surface.tenant
      const fields = { label: 'Initech IT', days: '7', parts: ['verify', 'saml'] }
      for (const action of ['/set-up-links', `/domains/${domain.id}/set-up-links`])
        await sendThrice(world.admin, {
          ...{ page: action, action, fields, table: 'set_up_links' },
          secret: /<code id="set-up-link">http/,
        })
    })

    it('makes one invite, for each of several people too, and one new link of an invite', async () => {
      const shared = { table: 'invites', secret: /<code id="link-1">http/ } as const
      const path = '/pending-invites'
      const one = { address: 'once@people.test', level: '1', combine: 'on' }
      await sendThrice(world.admin, { ...shared, page: path, action: path, fields: one })
      const several = { addresses: 'a@people.test\nb@people.test', level: '1', combine: 'on' }
      const at = `${path}/several`
      await sendThrice(world.admin, { ...shared, page: at, action: at, fields: several })
      const [, id = ''] = /pending-invites\/([\w-]{36})\/resend/.exec(await world.admin.text(path)) ?? []
      const page = await world.admin.text(path)
      const [, once = ''] = /<form id="row"[^>]*>.*?name="once" value="([\w-]{22})"/s.exec(page) ?? []
      const send = () => world.admin.submit(`${path}/${id}/resend`, { once })
      expect(await (await send()).text()).toMatch(shared.secret)
      const made = await dump('invites')
      const second = await send()
      expect([second.status, await second.text()]).toEqual([409, expect.stringContaining(again)])
      expect(await dump('invites')).toBe(made)
    })

    it('can be sent again when it was refused, or with something else typed', async () => {
      const once = nonceOn(await world.admin.text('/keys'), '/keys')
      const fields = { expiry: '30', scope: 'organization:read', organization: '', once }
      const send = async (label: string) => (await world.admin.submit('/keys', { ...fields, label })).status
      expect(await send('')).toBe(400)
      expect(await send('')).toBe(400)
      expect([await send('one'), await send('two'), await send('two')]).toEqual([200, 200, 409])
    })

    it('is its sender’s alone, and leaves nothing behind of what was typed and made', async () => {
      const once = nonceOn(await world.admin.text('/keys'), '/keys')
      const fields = { label: 'whose', expiry: '30', scope: 'organization:read', organization: '', once }
      const colleague = await world.enter(world.surface.tenant.organizationId, 8)
      for (const by of [world.admin, colleague]) expect((await by.submit('/keys', fields)).status).toBe(200)
      const kept = JSON.stringify(await world.surface.ctx.db.selectFrom('idempotency').selectAll().execute())
      expect(kept).not.toMatch(/gth_|gts_|whose/)
      expect(kept).not.toContain(once)
    })

    it('is under way while its process may live, and replaces no token by one that died on the way', async () => {
      const { db } = world.surface.ctx
      const { domain } = world.surface.tenant
      const page = await world.admin.text('/tokens')
      const [, seen = ''] = /name="seen" value="([^"]*)"/.exec(page) ?? []
      const fields = { domain: domain.id, overlap: '0', once: nonceOn(page, '/tokens'), seen }
      const send = async () => {
        const response = await world.admin.submit('/tokens', fields)
        return [response.status, await response.text()] as const
      }
      expect((await send())[0]).toBe(200)
      const made = await dump('scim_tokens')
      await db.updateTable('idempotency').set({ sealed: null }).execute()
      expect(await send()).toEqual([409, expect.stringContaining('is being made at this moment')])
      world.surface.ctx.clock.advance(6 * 60_000)
      expect(await send()).toEqual([409, expect.stringContaining('The tokens are others')])
      expect(await dump('scim_tokens')).toBe(made)
    })

    it('makes one of two that come at once', async () => {
      const once = nonceOn(await world.admin.text('/keys'), '/keys')
      const fields = { label: 'twice', expiry: '30', scope: 'organization:read', organization: '', once }
      const answers = await Promise.all([1, 2, 3].map(() => world.admin.submit('/keys', fields)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    })
  })
})
