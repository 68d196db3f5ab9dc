// Invites in the console: one, a pasted list with what is wrong in which line, links where there is no mail, and their end.
import { beforeAll, describe, expect, it } from 'vitest'
import { OutboxWorker } from '../../../src/jobs/outbox.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { acceptInvite } from '../../../src/manage/invites/accept.ts'
import { changeOrganization } from '../../../src/manage/organizations/organizations.ts'
import { createProject } from '../../../src/manage/organizations/projects.ts'
import { updatePerson } from '../../../src/store/organization/people.ts'
import { eachDatabase } from '../../database.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'
import { mostBytes } from './weight.ts'

const several = '/pending-invites/several'

describe('the invites in the console', () => {
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
    const rows = (...emails: string[]) =>
      console.surface.ctx.db
        .selectFrom('invites')
        .selectAll()
        .$if(emails.length > 0, query => query.where('target_email', 'in', emails))
        .orderBy('target_email')
        .execute()
    const count = async () => (await rows()).length
    const linkIn = (page: string) => /\/invites\/([\w-]{43})</.exec(page)?.[1] ?? 'no link'
    const accept = (token: string) =>
      acceptInvite(console.surface.ctx, { token, person: undefined, origin: { ip: null, requestId: null } })
    const paste = async (addresses: string, visitor = admin) =>
      visitor.submit(several, { addresses, level: '1' })

    it('says what stands here while there is nothing', async () => {
      expect(await admin.text('/pending-invites')).toContain('No invite is waiting for an answer.')
    })

    it('invites one person, shows the link this once, and the link lets them join', async () => {
      const response = await admin.submit('/pending-invites', {
        address: ' Ada@Elsewhere.test ',
        first_name: 'Ada',
        level: '8',
      })
      expect(response.status).toBe(200)
      const token = linkIn(await response.text())
      const list = await admin.text('/pending-invites')
      expect(list).toContain('ada@elsewhere.test')
      expect(list).toContain('3 days')
      expect(list).not.toContain(token)
      const [row] = await rows('ada@elsewhere.test')
      expect(JSON.stringify(row)).not.toContain(token)
      expect((await accept(token)).member.level).toBe(8)
      expect(await admin.text('/pending-invites')).not.toContain('ada@elsewhere.test')
    })

    it('says what is wrong with one, and keeps what was typed', async () => {
      const before = await count()
      const response = await admin.submit('/pending-invites', {
        address: 'nobody',
        first_name: 'Grace',
        level: '8',
        message: 'Come in',
      })
      expect(response.status).toBe(400)
      const page = await response.text()
      expect(page).toContain('got &quot;nobody&quot;')
      for (const kept of ['value="nobody"', 'value="Grace"', 'Come in', 'value="8" selected'])
        expect(page).toContain(kept)
      const doubled = await admin.submit('/pending-invites', { address: member.email, level: '1' })
      expect([doubled.status, await doubled.text()]).toEqual([
        400,
        expect.stringContaining('a member already'),
      ])
      expect(await count()).toBe(before)
    })

    it('takes a pasted list in every shape', async () => {
      const lines = [
        'plain@list.test',
        '',
        'Grace Hopper <grace@list.test>',
        '"Turing, Alan" <alan@list.test>;',
        'Edsger, edsger@list.test',
        'barbara@list.test;Barbara',
        'Donald\tdonald@list.test\tStanford',
        'mailto:MAILTO@list.test',
      ]
      const response = await paste(lines.join('\r\n'))
      expect(response.status).toBe(200)
      expect((await response.text()).match(/\/invites\/[\w-]{43}</g)).toHaveLength(7)
      const made = (await rows()).filter(row => row.target_email.endsWith('@list.test'))
      expect(made.map(row => [row.target_email, row.first_name])).toEqual([
        ['alan@list.test', 'Alan'],
        ['barbara@list.test', 'Barbara'],
        ['donald@list.test', 'Donald'],
        ['edsger@list.test', 'Edsger'],
        ['grace@list.test', 'Grace'],
        ['mailto@list.test', ''],
        ['plain@list.test', ''],
      ])
    })

    it('names every line that cannot stand, with what was expected and what came, and invites nobody', async () => {
      const before = await count()
      const lines = [
        'first@bad.test',
        'nonsense',
        'a@bad.test, b@bad.test',
        '',
        'FIRST@bad.test',
        member.email,
        `${'n'.repeat(31)}, long@bad.test`,
        'last@bad.test',
      ]
      const response = await paste(lines.join('\n'))
      expect(response.status).toBe(400)
      const page = await response.text()
      expect(page).toContain('Nobody was invited.')
      const found = [...page.matchAll(/Line (\d+)<\/strong>/g)].map(match => match[1])
      expect(found).toEqual(['2', '3', '5', '6', '7'])
      for (const words of [
        'got &quot;nonsense&quot;',
        'Expected one address in a line, got 2.',
        'it stands in line 1 already',
        `${member.email} is a member already`,
        'The first name: Expected at most 30 characters.',
      ])
        expect(page).toContain(words)
      expect(page).toContain('FIRST@bad.test\n')
      expect(await count()).toBe(before)
    })

    it('takes twenty lines and no more, and none only with a word', async () => {
      const list = (size: number) => Array.from({ length: size }, (_, at) => `p${at}@twenty.test`).join('\n')
      const refused = await paste(list(21))
      expect([refused.status, await refused.text()]).toEqual([
        400,
        expect.stringContaining('Expected at most 20 lines at once, got 21'),
      ])
      for (const empty of ['', ' \n\t\n '])
        expect([empty, await (await paste(empty)).text()]).toEqual([
          empty,
          expect.stringContaining('got none'),
        ])
      const doubled = await paste(`${list(19)}\np3@twenty.test`)
      expect(await doubled.text()).toContain('it stands in line 4 already')
      expect((await paste(list(20))).status).toBe(200)
      expect((await rows()).filter(row => row.target_email.endsWith('@twenty.test'))).toHaveLength(20)
    })

    it('shows hostile lines inert', async () => {
      const response = await paste(`<img src=x onerror=alert(1)>\u202e\u0007@x\n${'z'.repeat(100_000)}`)
      const page = await response.text()
      const notice = page.slice(
        page.indexOf('id="problems"'),
        page.indexOf('<form method="post" action="/pending'),
      )
      expect(notice).toContain('&lt;img src=x')
      for (const raw of ['<img', '\u202e', '\u0007']) expect(notice).not.toContain(raw)
      expect(notice.length).toBeLessThan(2000)
      expect(page).not.toContain('<img')
    })

    it('lets nobody invite above their own level', async () => {
      for (const path of ['/pending-invites', several]) {
        const fields = { address: 'up@levels.test', addresses: 'up@levels.test', level: '15' }
        const response = await admin.submit(path, fields)
        expect([path, response.status]).toEqual([path, 403])
        expect(await response.text()).toContain('Nobody can invite above their own level')
        expect((await owner.submit(path, fields)).status).toBe(200)
      }
      const [invite] = await rows('up@levels.test')
      const response = await admin.submit(`/pending-invites/${invite?.id}/resend`)
      expect([response.status, await response.text()]).toEqual([
        403,
        expect.not.stringContaining('/invites/'),
      ])
      expect((await rows('up@levels.test'))[0]?.digest).toBe(invite?.digest)
    })

    it('gives access to projects, and refuses one that is not there', async () => {
      const { ctx } = console.surface
      const project = await createProject(ctx, operatorCaller(organizationId), {
        name: 'Site <b>',
        access: 'restricted',
      })
      expect(await admin.text('/pending-invites')).toContain('Site &lt;b&gt;')
      await admin.submit(several, {
        addresses: 'p@projects.test',
        level: '1',
        [`project-${project.id}`]: 'admin',
      })
      const [invite] = await rows('p@projects.test')
      expect(JSON.parse(invite?.private_project_access ?? '')).toEqual([{ id: project.id, level: 'admin' }])
      const refused = await admin.submit('/pending-invites', {
        address: 'q@projects.test',
        level: '1',
        'project-999': 'member',
      })
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('no project 999')])
    })

    it('brings an expired one to life again by a new link', async () => {
      await admin.submit('/pending-invites', { address: 'late@links.test', level: '1' })
      const { db } = console.surface.ctx
      const expires_at = '2026-01-01T00:00:00.000Z'
      await db
        .updateTable('invites')
        .set({ expires_at })
        .where('target_email', '=', 'late@links.test')
        .execute()
      expect(await admin.text('/pending-invites?state=expired')).toContain('late@links.test')
      const [row] = await rows('late@links.test')
      const answer = await admin.submit(`/pending-invites/${row?.id}/resend`)
      const token = linkIn(await answer.text())
      expect(await admin.text('/pending-invites?state=live')).toContain('late@links.test')
      expect((await accept(token)).member.level).toBe(1)
    })

    it('is sent again at most five times an hour', async () => {
      const made = await admin.submit('/pending-invites', { address: 'often@links.test', level: '1' })
      const first = linkIn(await made.text())
      const [before] = await rows('often@links.test')
      const path = `/pending-invites/${before?.id}/resend`
      const links = [first]
      for (let time = 0; time < 5; time++) links.push(linkIn(await (await admin.submit(path)).text()))
      expect(new Set(links).size).toBe(6)
      const refused = await admin.submit(path)
      expect([refused.status, await refused.text()]).toEqual([
        429,
        expect.stringContaining('5 times an hour'),
      ])
      await expect(accept(links[4] ?? '')).rejects.toMatchObject({ kind: 'missing' })
      expect((await accept(links[5] ?? '')).member.level).toBe(1)
      const log = await admin.text('/audit?action=invite.resent')
      expect(log.match(/invite\.resent<\/a>/g)?.length).toBeGreaterThanOrEqual(5)
    })

    it('deletes one, and its link opens nothing', async () => {
      const made = await admin.submit('/pending-invites', { address: 'gone@links.test', level: '1' })
      const token = linkIn(await made.text())
      const [row] = await rows('gone@links.test')
      const response = await admin.submit(`/pending-invites/${row?.id}/delete`)
      expect(response.headers.get('location')).toBe('/pending-invites?done=deleted')
      await expect(accept(token)).rejects.toMatchObject({ kind: 'missing' })
      expect((await admin.submit(`/pending-invites/${row?.id}/delete`)).status).toBe(404)
    })

    it('finds invites by their address and by their state', async () => {
      expect(await admin.text('/pending-invites?q=EDSGER')).toContain('edsger@list.test')
      expect(await admin.text('/pending-invites?q=EDSGER')).not.toContain('alan@list.test')
      expect(await admin.text('/pending-invites?q=%25')).toContain('No invite matches.')
      expect(await admin.text('/pending-invites?state=expired&q=list')).toContain('No invite matches.')
    })

    it('lets members look, and invite where the organization lets them', async () => {
      const page = await member.text('/pending-invites?q=edsger')
      expect(page).toContain('edsger@list.test')
      for (const word of ['Invite somebody', 'Change …', 'Delete the invite'])
        expect(page).not.toContain(word)
      const fields = { address: 'by@member.test', addresses: 'by@member.test', level: '1' }
      for (const path of ['/pending-invites', several])
        expect([path, (await member.submit(path, fields)).status]).toEqual([path, 403])
      expect((await member.open(several)).status).toBe(403)
      const [row] = await rows('edsger@list.test')
      for (const deed of ['resend', 'delete'])
        expect((await member.submit(`/pending-invites/${row?.id}/${deed}`)).status).toBe(403)
      const operator = operatorCaller(organizationId)
      await changeOrganization(console.surface.ctx, operator, { members_can_invite: true })
      expect((await member.submit('/pending-invites', fields)).status).toBe(200)
      expect((await member.submit('/pending-invites', { ...fields, level: '8' })).status).toBe(403)
      await changeOrganization(console.surface.ctx, operator, { members_can_invite: false })
    })

    it('knows no invite of another organization', async () => {
      const other = await console.surface.addTenant('foreign.test')
      const stranger = await console.enter(other.organizationId, 15)
      const [row] = await rows('edsger@list.test')
      for (const deed of ['resend', 'delete'])
        expect((await stranger.submit(`/pending-invites/${row?.id}/${deed}`)).status).toBe(404)
      expect(await stranger.text('/pending-invites')).not.toContain('edsger@list.test')
      expect(await rows('edsger@list.test')).toEqual([row])
    })

    it('leaves the set-up to somebody, who is invited as an administrator', async () => {
      const fields = { address: 'it@set-up.test', step: 'saml', message: 'Please' }
      const refused = await admin.submit('/pending-invites/set-up', { ...fields, address: 'it' })
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Please')])
      const response = await admin.submit('/pending-invites/set-up', fields)
      expect(response.headers.get('location')).toBe('/pending-invites?done=delegated')
      const page = await admin.text('/pending-invites?q=it%40set-up')
      expect(page).toContain('for the set-up')
      expect((await member.open('/pending-invites/set-up')).status).toBe(403)
    })

    it('weighs little with all rows of a page', async () => {
      for (const half of ['a', 'b']) {
        const lines = Array.from({ length: 20 }, (_, at) => `Barbara, barbara.liskov.${half}${at}@heavy.test`)
        await paste(lines.join('\n'))
      }
      expect(Buffer.byteLength(await admin.text('/pending-invites?q=heavy'))).toBeLessThan(mostBytes)
    })

    it('says what became of each mail', async () => {
      await admin.submit('/pending-invites', { address: 'mailed@state.test', level: '1' })
      expect(await admin.text('/pending-invites?q=mailed@state')).toContain('about to be sent')
      await new OutboxWorker(console.surface.ctx).deliverDue()
      expect(await admin.text('/pending-invites?q=mailed@state')).toContain('state good">sent')
    })

    it('shows hostile names of who invited inert', async () => {
      const hostile = await console.enter(organizationId, 8, 'hostile')
      await hostile.submit('/pending-invites', {
        address: 'victim@names.test',
        first_name: '<script>\u202e',
        level: '1',
        message: '<script>alert(1)</script>',
      })
      const { ctx } = console.surface
      const person = await ctx.db
        .selectFrom('people')
        .selectAll()
        .where('email', '=', hostile.email)
        .executeTakeFirst()
      await updatePerson(ctx.db, person?.id ?? '', { first_name: '<img src=x>' })
      const page = await admin.text('/pending-invites?q=victim')
      expect(page).toContain('&lt;script&gt;\\u{202E}')
      for (const raw of ['<img', '<script>', '\u202e']) expect(page).not.toContain(raw)
    })
  })
})

describe('invites where a mail server is set up', () => {
  eachDatabase((_, open) => {
    it('shows no link, and sends nothing that waits with a dead one', async () => {
      const console = await openConsole(await open(), { smtpUrl: 'smtp://127.0.0.1:1' })
      const { ctx, tenant } = console.surface
      const admin = await console.enter(tenant.organizationId, 8)
      const response = await admin.submit('/pending-invites', { address: 'ada@mail.test', level: '1' })
      expect([response.status, response.headers.get('location')]).toEqual([
        303,
        '/pending-invites?done=invited',
      ])
      const row = await ctx.db.selectFrom('invites').selectAll().executeTakeFirstOrThrow()
      const again = await admin.submit(`/pending-invites/${row.id}/resend`)
      expect(again.headers.get('location')).toBe('/pending-invites?done=resent')
      await new OutboxWorker(ctx).deliverDue()
      const tokens = ctx.mails.map(({ text }) => /\/invites\/([\w-]{43})\n/.exec(text)?.[1] ?? '')
      expect(tokens).toHaveLength(1)
      const origin = { ip: null, requestId: null }
      const accepted = await acceptInvite(ctx, { token: tokens[0] ?? '', person: undefined, origin })
      expect(accepted.member.user.email).toBe('ada@mail.test')
    })
  })
})
