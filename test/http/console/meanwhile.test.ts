// Settings that somebody else has changed since a page showed them: its form overwrites none of them unknowingly.
import { beforeAll, describe, expect, it } from 'vitest'
import { findPersonByEmail } from '../../../src/store/organization/people.ts'
import { eachDatabase } from '../../database.ts'
import { type Console, type Fields, openConsole, type Visitor } from './visitor.ts'

describe('a form of settings that were changed meanwhile', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    let colleague: Visitor
    let path: string
    let count = 0
    beforeAll(async () => {
      console = await openConsole(await open())
      const { organizationId } = console.surface.tenant
      admin = await console.enter(organizationId, 8)
      colleague = await console.enter(organizationId, 8)
    })
    const addDomain = async () => {
      const { organizationId } = console.surface.tenant
      const { domain } = await console.surface.addDomain(organizationId, `meanwhile-${count++}.test`)
      path = `/domains/${domain.id}`
    }
    const shownOn = (page: string, action: string) =>
      new RegExp(`<form[^>]*action="${action}[^>]*>.*?name="made_from" value="([^"]*)"`, 's').exec(
        page,
      )?.[1] ?? 'none'
    const send = async (action: string, fields: Fields, by = admin) => {
      const response = await by.submit(action, fields)
      return [response.status, await response.text()] as const
    }

    it('is refused with what is there by now, keeps what was typed, and saves it when it is sent again', async () => {
      await addDomain()
      const action = `${path}/settings`
      const made_from = shownOn(await admin.text(path), action)
      await send(action, { jit: 'on', roles: 'Engineering = admin\nStaff = member' }, colleague)
      const mine = { idp_initiated: 'on', roles: 'Sales = member' }
      const [status, page] = await send(action, { ...mine, made_from })
      expect(status).toBe(409)
      expect(page).toContain(
        'Anybody who signs in becomes a member (JIT): on by now; Levels by group: Engineering = admin, Staff = member by now.',
      )
      expect(page).not.toContain('A sign-in may start at the identity provider: ')
      expect(page).toMatch(/id="idp_initiated" name="idp_initiated" checked/)
      expect(page).not.toMatch(/name="jit" checked/)
      expect(page).toContain('>Sales = member</textarea>')
      const again = await send(action, { ...mine, made_from: shownOn(page, action) })
      expect(again).toEqual([200, expect.stringContaining('It applies from the next sign-in on.')])
      expect(await admin.text(path)).toContain('>Sales = member</textarea>')
    })

    it('is saved when what was changed is something else, or the same', async () => {
      await addDomain()
      const action = `${path}/settings`
      const made_from = shownOn(await admin.text(path), action)
      await send(`${path}/saml/attributes`, { email: 'mail' }, colleague)
      await send(`${path}/scim`, { scim: 'off' }, colleague)
      await send(action, { jit: 'on', roles: '' }, colleague)
      expect((await send(action, { jit: 'on', roles: 'Staff = member', made_from }))[0]).toBe(200)
      const page = await admin.text(path)
      expect(page).toMatch(/name="jit" checked/)
      expect(page).toContain('>Staff = member</textarea>')
    })

    it('overwrites no attributes that somebody else has named', async () => {
      await addDomain()
      const action = `${path}/saml/attributes`
      const made_from = shownOn(await admin.text(path), action)
      await send(action, { email: 'mail, <b>e-mail</b>', groups: 'memberOf' }, colleague)
      const [status, page] = await send(action, { first_name: 'vorname', made_from })
      expect(status).toBe(409)
      expect(page).toContain('email = mail or &lt;b&gt;e-mail&lt;/b&gt;, groups = memberOf by now')
      expect(page).toContain(
        'name="first_name" maxlength="2000" spellcheck="false" placeholder="the usual names" value="vorname"',
      )
      const again = await send(action, { first_name: 'vorname', made_from: shownOn(page, action) })
      expect(again[0]).toBe(200)
      const twice = await send(action, { first_name: 'vorname', made_from: shownOn(page, action) })
      expect(twice[0]).toBe(200)
    })

    it('overwrites no settings of the organization', async () => {
      const made_from = shownOn(await admin.text('/settings'), '/settings')
      const theirs = { name: 'Initech', default_membership_level: '8' }
      expect((await send('/settings', theirs, colleague))[0]).toBe(303)
      const mine = { name: 'Acme, Inc.', default_membership_level: '1', members_can_invite: 'on' }
      const [status, page] = await send('/settings', { ...mine, made_from })
      expect([status, page]).toEqual([
        409,
        expect.stringContaining('Name: Initech by now; Level of new members: admin by now.'),
      ])
      expect(page).toContain('value="Acme, Inc."')
      expect(page).toMatch(/name="members_can_invite" checked/)
      expect(await colleague.text('/settings')).toContain('value="Initech"')
      expect((await send('/settings', { ...mine, made_from: shownOn(page, '/settings') }))[0]).toBe(303)
    })

    it('gives no member and no group another level than the one that its page showed', async () => {
      const { surface, enter } = console
      const { organizationId, domain } = surface.tenant
      const owner = await enter(organizationId, 15)
      const member = await enter(organizationId, 1)
      const personId = (await findPersonByEmail(surface.ctx.db, member.email))?.id ?? ''
      const group = await surface.ask('POST', '/Groups', { body: { displayName: 'Makers' } })
      for (const page of [`/people/${personId}`, `/groups/${domain.id}/${group.body.id}`]) {
        const action = `${page}/level`
        const made_from = shownOn(await owner.text(page), action)
        expect((await send(action, { level: '8', made_from }, owner))[0]).toBe(303)
        const [status, refused] = await send(action, { level: '1', made_from }, owner)
        expect([status, refused]).toEqual([409, expect.stringContaining('Level: admin by now.')])
        expect(refused).toContain('<option value="8" selected>')
        const again = { level: '1', made_from: shownOn(refused, action) }
        expect((await send(action, again, owner))[0]).toBe(303)
      }
    })

    it('is still made from what its page showed first, when it comes again after another refusal', async () => {
      await addDomain()
      const attempts = [
        [`${path}/settings`, { roles: 'A = admin' }, { roles: 'nonsense' }, { roles: 'B = admin' }],
        [`${path}/saml/attributes`, { email: 'a' }, { email: 'x'.repeat(5000) }, { email: 'b' }],
        ['/settings', { name: 'A' }, { name: '' }, { name: 'B' }],
      ] as const
      for (const [action, theirs, mistaken, mine] of attempts) {
        const others = action === '/settings' ? { default_membership_level: '1' } : {}
        const page = action === '/settings' ? action : path
        const made_from = shownOn(await admin.text(page), action)
        await send(action, { ...others, ...theirs }, colleague)
        const refused = await send(action, { ...others, ...mistaken, made_from })
        expect([action, refused[0], shownOn(refused[1], action)]).toEqual([action, 400, made_from])
        const again = await send(action, { ...others, ...mine, made_from })
        expect([again[0], again[1]]).toEqual([409, expect.stringMatching(/A|a by now/)])
        expect(shownOn(again[1], action)).not.toBe(made_from)
        const endless = await send(action, { ...others, ...mistaken, made_from: 'x'.repeat(200_000) })
        expect(endless[1].length).toBeLessThan(60_000)
      }
    })

    it('gives nobody in the list of members another level than the one that their row showed', async () => {
      const { organizationId } = console.surface.tenant
      const [owner, member] = [
        await console.enter(organizationId, 15),
        await console.enter(organizationId, 1),
      ]
      const personId = (await findPersonByEmail(console.surface.ctx.db, member.email))?.id ?? ''
      const buttons = (page: string) =>
        [...page.matchAll(new RegExp(`formaction="(/members/${personId}/level[^"]*)"`, 'g'))].map(
          ([, action = '']) => action,
        )
      const [stale = ''] = buttons(await owner.text(`/members?q=${member.email}`))
      expect((await send(stale, { level: '8' }, colleague))[0]).toBe(303)
      const [status, page] = await send(stale, { level: '15', back: `q=${member.email}` }, owner)
      expect([status, page]).toEqual([409, expect.stringContaining('Level: admin by now.')])
      const [fresh = ''] = buttons(page)
      expect((await send(fresh, { level: '15' }, owner))[0]).toBe(303)
    })

    it('says what to do before all else that somebody has set, however much it is', async () => {
      await addDomain()
      const action = `${path}/settings`
      const made_from = shownOn(await admin.text(path), action)
      const roles = Array.from({ length: 200 }, (_, at) => `Group ${at} = admin`).join('\n')
      await send(action, { roles }, colleague)
      const [status, page] = await send(action, { roles: 'Sales = member', made_from })
      expect([status, page]).toEqual([409, expect.stringContaining('send yours once more')])
    })

    it('is refused for what no page of ours could have shown', async () => {
      await addDomain()
      const action = `${path}/settings`
      for (const made_from of ['saml_role_mapping:x', 'constructor:x saml_role_mapping:', ':'.repeat(9999)])
        expect((await send(action, { roles: 'A = admin', made_from }))[0]).toBe(409)
      expect(await admin.text(path)).not.toContain('A = admin</textarea>')
    })
  })
})
