// Section 5 and its settled questions: invites, over HTTP, with the mails as they arrive.
import { beforeAll, describe, expect, it } from 'vitest'
import { OutboxWorker } from '../../../src/jobs/outbox.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { changeOrganization } from '../../../src/manage/organizations/organizations.ts'
import { transact } from '../../../src/store/db.ts'
import { lockDomain, replaceDomain } from '../../../src/store/domain/domains.ts'
import { ensureMember, updateMember } from '../../../src/store/organization/members.ts'
import { eachDatabase } from '../../database.ts'
import { type Answer, type Client, errorOf, type Installation, install, invalid } from './client.ts'

const day = 24 * 60 * 60 * 1000
const denied = { status: 403, type: 'authentication_error', code: 'permission_denied', attr: null }
const missing = { status: 404, type: 'invalid_request', code: 'not_found', attr: null }

let addresses = 0
const anAddress = () => {
  addresses += 1
  return `guest${addresses}@elsewhere.test`
}

describe('invites', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    let admin: Client
    let member: Client
    let path: string
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
      const { organizationId } = installation
      admin = await installation.memberOf(organizationId, 8)
      member = await installation.memberOf(organizationId, 1)
      path = `/api/organizations/${organizationId}/invites`
    })

    const create = (body: unknown, client = owner) => client('POST', path, { body })
    const list = async () =>
      (await owner('GET', `${path}?limit=1000`)).body.results as Record<string, unknown>[]
    const invitesTo = async (email: string) => (await list()).filter(each => each.target_email === email)
    /** Empties the outbox and gives the secret of the newest link that went to the address. */
    const linkTo = async (email: string): Promise<string> => {
      await new OutboxWorker(installation.ctx).deliverDue()
      const mail = installation.ctx.mails.findLast(({ to }) => to === email)
      return /\/invites\/([\w-]{43})\n/.exec(mail?.text ?? '')?.[1] ?? 'no link'
    }
    const accept = (token: string, client = installation.clientWith()) =>
      client('POST', '/api/invites/accept', { body: { token } })
    const project = async (access = 'restricted') => {
      const { organizationId } = installation
      const body = { name: 'Site', access }
      return (await owner('POST', `/api/organizations/${organizationId}/projects`, { body })).body
        .id as number
    }
    const letMembersInvite = (members_can_invite: boolean) =>
      changeOrganization(installation.ctx, operatorCaller(installation.organizationId), {
        members_can_invite,
      })

    describe('POST /invites', () => {
      it('answers 201 with every field, and never with what opens it', async () => {
        const target_email = anAddress()
        const { status, body } = await create({
          target_email: ` ${target_email.toUpperCase()} `,
          first_name: ' Ada ',
          message: 'Hello',
        })
        expect(status).toBe(201)
        expect(body).toEqual({
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          target_email,
          first_name: 'Ada',
          emailing_attempt_made: false,
          level: 1,
          is_expired: false,
          created_by: expect.objectContaining({ id: installation.ownerId, uuid: installation.ownerId }),
          created_at: expect.stringMatching(/\.\d{3}Z$/),
          updated_at: body.created_at,
          message: 'Hello',
          private_project_access: [],
          is_setup_delegation: false,
        })
        const token = await linkTo(target_email)
        expect(JSON.stringify([body, await list()])).not.toContain(token)
      })

      it.each([
        [{}, 'required', 'target_email'],
        [{ target_email: null }, 'null', 'target_email'],
        [{ target_email: ' ' }, 'blank', 'target_email'],
        [{ target_email: 7 }, 'invalid_input', 'target_email'],
        [{ target_email: 'nobody' }, 'invalid_input', 'target_email'],
        [{ target_email: 'a@b.test, c@d.test' }, 'invalid_input', 'target_email'],
        [{ target_email: '"a" <a@b.test>' }, 'invalid_input', 'target_email'],
        [{ target_email: 'a\r\nBcc: x@y.test' }, 'invalid_input', 'target_email'],
        [{ target_email: `${'a'.repeat(250)}@b.test` }, 'max_length', 'target_email'],
        [
          {
            target_email: `a@${'ü'.repeat(40)}.${'ö'.repeat(40)}.${'ä'.repeat(40)}.${'ü'.repeat(40)}.${'é'.repeat(40)}.${'ü'.repeat(40)}.test`,
          },
          'max_length',
          'target_email',
        ],
        [{ target_email: 'a@b.test', first_name: 'x'.repeat(31) }, 'max_length', 'first_name'],
        [{ target_email: 'a@b.test', level: 2 }, 'invalid_choice', 'level'],
        [{ target_email: 'a@b.test', level: '8' }, 'invalid_input', 'level'],
        [{ target_email: 'a@b.test', message: 'x'.repeat(1001) }, 'max_length', 'message'],
        [
          { target_email: 'a@b.test', private_project_access: [{ id: 1 }] },
          'required',
          'private_project_access',
        ],
        [
          { target_email: 'a@b.test', private_project_access: [{ id: 1, level: 'owner' }] },
          'invalid_choice',
          'private_project_access',
        ],
        [
          { target_email: 'a@b.test', private_project_access: [{ id: 999, level: 'member' }] },
          'invalid_input',
          'private_project_access',
        ],
        [{ target_email: 'a@b.test', send_email: 'yes' }, 'invalid_input', 'send_email'],
      ])('refuses %j', async (body, code, attr) => {
        expect(errorOf(await create(body))).toEqual(invalid(code, attr))
      })

      it('refuses a level above the caller’s own with 403', async () => {
        expect(errorOf(await create({ target_email: anAddress(), level: 15 }, admin))).toEqual(denied)
        expect((await create({ target_email: anAddress(), level: 8 }, admin)).status).toBe(201)
        expect((await create({ target_email: anAddress(), level: 15 })).body.level).toBe(15)
      })

      it('is for administrators, and for any member where members_can_invite', async () => {
        expect(errorOf(await create('not even looked at', member))).toEqual(denied)
        await letMembersInvite(true)
        expect((await create({ target_email: anAddress() }, member)).status).toBe(201)
        expect(errorOf(await create({ target_email: anAddress(), level: 8 }, member))).toEqual(denied)
        await letMembersInvite(false)
      })

      it('lets a member give access to no more projects than they have themselves', async () => {
        await letMembersInvite(true)
        const restricted = await project()
        const openToAll = await project('open')
        const give = (id: number, level: string) =>
          create({ target_email: anAddress(), private_project_access: [{ id, level }] }, member)
        expect(errorOf(await give(restricted, 'member'))).toEqual(denied)
        expect(errorOf(await give(openToAll, 'admin'))).toEqual(denied)
        expect((await give(openToAll, 'member')).status).toBe(201)
        await letMembersInvite(false)
      })

      it('refuses a member, active or suspended, with already_member', async () => {
        const { organizationId, ctx } = installation
        const person = (await member('GET', '/api/users/@me')).body
        const refused = invalid('already_member', 'target_email')
        expect(errorOf(await create({ target_email: person.email }))).toEqual(refused)
        const suspend = (status: 'active' | 'suspended') =>
          updateMember(ctx.db, organizationId, { personId: String(person.id), status })
        await suspend('suspended')
        expect(errorOf(await create({ target_email: person.email }))).toEqual(refused)
        await suspend('active')
      })

      it('replaces every earlier invite for the address: the old links die', async () => {
        const target_email = anAddress()
        await create({ target_email, level: 8 })
        const old = await linkTo(target_email)
        const { body } = await create({ target_email })
        expect((await invitesTo(target_email)).map(({ id, level }) => [id, level])).toEqual([[body.id, 1]])
        expect(errorOf(await accept(old))).toEqual(missing)
        expect((await accept(await linkTo(target_email))).status).toBe(200)
      })

      it('of several at once for one address leaves one', async () => {
        const target_email = anAddress()
        const answers = await Promise.all(Array.from({ length: 8 }, () => create({ target_email })))
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
        expect(await invitesTo(target_email)).toHaveLength(1)
      })

      it('combining keeps the highest level and all projects of those that have not expired', async () => {
        const target_email = anAddress()
        const [a, b] = [await project(), await project()]
        await create({ target_email, level: 15, private_project_access: [{ id: b, level: 'admin' }] })
        installation.ctx.clock.advance(4 * day)
        await installation.ctx.db
          .updateTable('invites')
          .set({ expires_at: new Date(0).toISOString() })
          .where('target_email', '=', target_email)
          .execute()
        const combine_pending_invites = true
        const second = await create({
          target_email,
          level: 8,
          private_project_access: [{ id: a, level: 'admin' }],
          combine_pending_invites,
        })
        expect(second.body).toMatchObject({ level: 8, private_project_access: [{ id: a, level: 'admin' }] })
        const third = await create({
          target_email,
          private_project_access: [
            { id: a, level: 'member' },
            { id: b, level: 'member' },
          ],
          combine_pending_invites,
        })
        expect(third.body).toMatchObject({
          level: 8,
          private_project_access: [
            { id: a, level: 'admin' },
            { id: b, level: 'member' },
          ],
        })
        expect(third.body).not.toHaveProperty('combine_pending_invites')
      })

      it('combining gives no more than the caller’s own level', async () => {
        const target_email = anAddress()
        await create({ target_email, level: 15 })
        const { body } = await create({ target_email, combine_pending_invites: true }, admin)
        expect(body.level).toBe(8)
      })

      it('mails by default, and not with send_email false; an attempt is told once a mail server has taken it', async () => {
        const [mailed, silent] = [anAddress(), anAddress()]
        await create({ target_email: mailed })
        await create({ target_email: silent, send_email: false })
        expect(await linkTo(silent)).toBe('no link')
        expect(await linkTo(mailed)).toHaveLength(43)
        expect(await invitesTo(mailed)).toMatchObject([{ emailing_attempt_made: true }])
        expect(await invitesTo(silent)).toMatchObject([{ emailing_attempt_made: false }])
      })

      it('sends no mail for an invite that is withdrawn before it goes out', async () => {
        const target_email = anAddress()
        const { body } = await create({ target_email })
        await owner('DELETE', `${path}/${body.id}`)
        expect(await linkTo(target_email)).toBe('no link')
      })

      it('stands in the audit log', async () => {
        const { body } = await create({ target_email: anAddress(), level: 8 })
        const log = `/api/organizations/${installation.organizationId}/audit_log?target_id=${body.id}`
        expect((await owner('GET', log)).body.results).toMatchObject([
          {
            action: 'invite.created',
            target: { type: 'invite', label: body.target_email },
            changes: { level: { before: null, after: 8 } },
          },
        ])
      })
    })

    describe('GET /invites', () => {
      it('lists the newest first, expired ones among them, a page at a time', async () => {
        const { ctx } = installation
        const early = anAddress()
        await create({ target_email: early })
        ctx.clock.advance(3 * day)
        const { body: late } = await create({ target_email: anAddress() })
        expect(await invitesTo(early)).toMatchObject([{ is_expired: true }])
        const { body } = await member('GET', `${path}?limit=1`)
        expect(body).toMatchObject({ previous: null, results: [{ id: late.id, is_expired: false }] })
        expect(body.next).toContain('offset=1')
        const all = await list()
        expect(all.map(each => each.created_at)).toEqual(
          all
            .map(each => each.created_at)
            .sort()
            .reverse(),
        )
      })
    })

    describe('DELETE /invites/{id}', () => {
      it('answers 204, once; its link opens nothing any more', async () => {
        const target_email = anAddress()
        const { body } = await create({ target_email })
        const token = await linkTo(target_email)
        expect((await admin('DELETE', `${path}/${body.id}`)).status).toBe(204)
        expect(errorOf(await admin('DELETE', `${path}/${body.id}`))).toEqual(missing)
        expect(errorOf(await accept(token))).toEqual(missing)
      })

      it('is for administrators, whoever made it; another organization’s invite is missing', async () => {
        const { body } = await create({ target_email: anAddress() })
        expect(errorOf(await member('DELETE', `${path}/${body.id}`))).toEqual(denied)
        const other = await installation.another()
        const theirs = `/api/organizations/${other.organizationId}/invites/${body.id}`
        expect(errorOf(await other.owner('DELETE', theirs))).toEqual(missing)
        expect(errorOf(await owner('DELETE', `${path}/nonsense`))).toEqual(missing)
      })
    })

    describe('POST /invites/bulk', () => {
      const bulk = (body: unknown, client = owner) => client('POST', `${path}/bulk`, { body })
      const codeOf = ({ status, body: { code, attr } }: Answer) => [status, code, attr]

      it('makes all of a list in its order; an object is a list of one', async () => {
        const wishes = [{ target_email: anAddress(), level: 8 }, { target_email: anAddress() }]
        const { status, body } = await bulk(wishes)
        expect(status).toBe(201)
        expect(body).toMatchObject(wishes)
        expect((await bulk({ target_email: anAddress() })).body).toHaveLength(1)
      })

      it('takes twenty and refuses twenty-one; an empty list is required', async () => {
        const wishes = (length: number) => Array.from({ length }, () => ({ target_email: anAddress() }))
        expect((await bulk(wishes(20))).status).toBe(201)
        expect(codeOf(await bulk(wishes(21)))).toEqual([400, 'max_length', null])
        expect(codeOf(await bulk([]))).toEqual([400, 'required', null])
        expect(codeOf(await bulk('text'))).toEqual([400, 'parse_error', null])
      })

      it('is all or nothing: the error names the item and its field', async () => {
        const before = (await list()).length
        const good = () => ({ target_email: anAddress() })
        const taken = (await member('GET', '/api/users/@me')).body.email
        const twice = good()
        const cases: [unknown[], unknown[]][] = [
          [
            [good(), good(), good(), { target_email: 'nobody' }],
            [400, 'invalid_input', '3.target_email'],
          ],
          [
            [good(), {}],
            [400, 'required', '1.target_email'],
          ],
          [
            [good(), 7],
            [400, 'invalid_input', '1'],
          ],
          [
            [good(), { ...good(), level: 3 }],
            [400, 'invalid_choice', '1.level'],
          ],
          [
            [good(), { target_email: taken }],
            [400, 'already_member', '1.target_email'],
          ],
          [
            [good(), { ...good(), private_project_access: [{ id: 998, level: 'member' }] }],
            [400, 'invalid_input', '1.private_project_access'],
          ],
          [
            [twice, good(), { target_email: twice.target_email.toUpperCase() }],
            [400, 'unique', '2.target_email'],
          ],
        ]
        for (const [body, error] of cases) expect(codeOf(await bulk(body))).toEqual(error)
        expect(codeOf(await bulk([good(), { ...good(), level: 15 }], admin))).toEqual([
          403,
          'permission_denied',
          null,
        ])
        expect((await list()).length).toBe(before)
      })

      it('is for whoever may invite', async () => {
        expect(errorOf(await bulk([{ target_email: anAddress() }], member))).toEqual(denied)
      })
    })

    describe('POST /invites/delegate', () => {
      const delegate = (body: unknown, client: Client, organizationId = installation.organizationId) =>
        client('POST', `/api/organizations/${organizationId}/invites/delegate`, { body })

      it('answers 200 with an administrator’s invite and mails the dedicated letter', async () => {
        const client = await installation.memberOf(installation.organizationId, 8)
        const target_email = anAddress()
        const { status, body } = await delegate(
          { target_email, message: 'Please', step_at_delegation: 'verify', level: 1 },
          client,
        )
        expect(status).toBe(200)
        expect(body).toMatchObject({ target_email, level: 8, is_setup_delegation: true, message: 'Please' })
        await linkTo(target_email)
        expect(installation.ctx.mails.at(-1)?.subject).toMatch(/asks you to set up/)
        const log = `/api/organizations/${installation.organizationId}/audit_log?action=setup.delegated`
        expect((await owner('GET', log)).body.results).toMatchObject([
          { target: { id: body.id }, changes: { step: { after: 'verify' } } },
        ])
      })

      it('a second call while it is pending returns the same invite and sends nothing again', async () => {
        const client = await installation.memberOf(installation.organizationId, 8)
        const target_email = anAddress()
        const first = await delegate({ target_email }, client)
        expect((await delegate({ target_email }, client)).body.id).toBe(first.body.id)
        const token = await linkTo(target_email)
        const sent = installation.ctx.mails.length
        expect((await delegate({ target_email }, client)).body.id).toBe(first.body.id)
        expect(await linkTo(target_email)).toBe(token)
        expect(installation.ctx.mails.length).toBe(sent)
        expect((await accept(token)).body).toMatchObject({ member: { level: 8 } })
      })

      it('several calls at once make one invite', async () => {
        const client = await installation.memberOf(installation.organizationId, 8)
        const target_email = anAddress()
        const answers = await Promise.all(Array.from({ length: 6 }, () => delegate({ target_email }, client)))
        expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
      })

      it('sends again, with a new link, when the mail was given up', async () => {
        const client = await installation.memberOf(installation.organizationId, 8)
        const target_email = anAddress()
        const first = await delegate({ target_email }, client)
        const now = installation.ctx.now().toISOString()
        await installation.ctx.db
          .updateTable('outbox')
          .set({ dead_at: now })
          .where('about', '=', String(first.body.id))
          .execute()
        expect((await delegate({ target_email }, client)).body.id).toBe(first.body.id)
        expect((await accept(await linkTo(target_email))).status).toBe(200)
      })

      it('one that has expired or was accepted is not pending: a new invite is made', async () => {
        const client = await installation.memberOf(installation.organizationId, 8)
        const target_email = anAddress()
        const first = await delegate({ target_email }, client)
        installation.ctx.clock.advance(3 * day)
        const second = await delegate({ target_email }, client)
        expect(second.body.id).not.toBe(first.body.id)
        expect(await invitesTo(target_email)).toHaveLength(1)
      })

      it('a call in another organization cancels the former', async () => {
        const { body: other } = await owner('POST', '/api/organizations', { body: { name: 'Second' } })
        const [here, there] = [anAddress(), anAddress()]
        await delegate({ target_email: here }, owner)
        expect(await invitesTo(here)).toHaveLength(1)
        expect((await delegate({ target_email: there }, owner, String(other.id))).status).toBe(200)
        expect(await invitesTo(here)).toEqual([])
      })

      it.each([
        [{}, 'required', 'target_email'],
        [{ target_email: 'a@b.test', message: 'x'.repeat(1001) }, 'max_length', 'message'],
        [
          { target_email: 'a@b.test', step_at_delegation: 'x'.repeat(65) },
          'max_length',
          'step_at_delegation',
        ],
      ])('refuses %j', async (body, code, attr) => {
        expect(errorOf(await delegate(body, owner))).toEqual(invalid(code, attr))
      })

      it('is for administrators, even where members can invite', async () => {
        await letMembersInvite(true)
        expect(errorOf(await delegate({ target_email: anAddress() }, member))).toEqual(denied)
        await letMembersInvite(false)
      })
    })

    describe('GET and POST /api/invites/accept', () => {
      const show = (token: string) => installation.clientWith()('GET', `/api/invites/accept?token=${token}`)

      it('GET shows what the link is about', async () => {
        const target_email = anAddress()
        await create({ target_email, level: 8 })
        const { status, body } = await show(await linkTo(target_email))
        expect(status).toBe(200)
        expect(body).toEqual({
          organization_name: expect.stringMatching(/^Acme/),
          invited_by: expect.stringMatching(/@acme\.test$/),
          target_email,
          level: 8,
          expires_at: expect.stringMatching(/Z$/),
        })
      })

      it('POST makes the person a member at the invite’s level, with its projects, and ends its siblings', async () => {
        const target_email = anAddress()
        const id = await project()
        await create({
          target_email,
          level: 8,
          first_name: 'Ada',
          private_project_access: [{ id, level: 'admin' }],
        })
        const token = await linkTo(target_email)
        const { status, body } = await accept(token)
        expect(status).toBe(200)
        expect(body).toMatchObject({
          organization: { id: installation.organizationId },
          member: { level: 8, user: { email: target_email, first_name: 'Ada', is_email_verified: true } },
          redirect_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\//),
        })
        const personId = (body.member as { user: { id: string } }).user.id
        const access = await installation.ctx.db
          .selectFrom('project_members')
          .selectAll()
          .where('person_id', '=', personId)
          .execute()
        expect(access).toMatchObject([{ project_id: id, level: 'admin' }])
        expect(await invitesTo(target_email)).toEqual([])
        expect(errorOf(await accept(token))).toEqual(missing)
        expect(errorOf(await show(token))).toEqual(missing)
        const log = `/api/organizations/${installation.organizationId}/audit_log?action=member.joined&search=${target_email}`
        expect((await owner('GET', log)).body.results).toMatchObject([
          { actor: { type: 'user', id: personId } },
        ])
      })

      it('of many who use a link at once one joins', async () => {
        const target_email = anAddress()
        await create({ target_email })
        const token = await linkTo(target_email)
        const answers = await Promise.all(Array.from({ length: 6 }, () => accept(token)))
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404])
      })

      it('the id of an invite opens nothing, and only a digest of the link is stored', async () => {
        const target_email = anAddress()
        const { body } = await create({ target_email })
        const token = await linkTo(target_email)
        expect(errorOf(await accept(String(body.id)))).toEqual(missing)
        const rows = await installation.ctx.db.selectFrom('invites').selectAll().execute()
        expect(JSON.stringify(rows)).not.toContain(token)
      })

      it('an expired one is `expired`, for GET and POST', async () => {
        const target_email = anAddress()
        await create({ target_email })
        const token = await linkTo(target_email)
        installation.ctx.clock.advance(3 * day)
        expect(errorOf(await show(token))).toEqual(invalid('expired', null))
        expect(errorOf(await accept(token))).toEqual(invalid('expired', null))
      })

      it('somebody else who is signed in is `invalid_recipient`; the recipient with a key of theirs is welcome', async () => {
        const other = await installation.another()
        const guest = await installation.memberOf(other.organizationId, 1)
        const { email } = (await guest('GET', '/api/users/@me')).body
        await create({ target_email: email })
        const token = await linkTo(String(email))
        expect(errorOf(await accept(token, member))).toEqual(invalid('invalid_recipient', null))
        expect((await accept(token, installation.clientWith('gth_nonsense'))).status).toBe(401)
        expect((await accept(token, guest)).status).toBe(200)
      })

      it('a member by then is `user_already_member`', async () => {
        const other = await installation.another()
        const guest = await installation.memberOf(other.organizationId, 1)
        const { id, email } = (await guest('GET', '/api/users/@me')).body
        await create({ target_email: email })
        const token = await linkTo(String(email))
        const { organizationId, ctx } = installation
        const now = ctx.now().toISOString()
        const personId = String(id)
        await ensureMember(ctx.db, { organizationId, personId, level: 1, origin: 'jit', now })
        expect(errorOf(await accept(token))).toEqual(invalid('user_already_member', null))
      })

      it('where single sign-on is enforced for the address it is `sso_enforced`', async () => {
        const { ctx, organizationId } = installation
        const domain = await addDomain(ctx, operatorCaller(organizationId), {
          name: 'enforced.test',
          verified: true,
        })
        await transact(ctx.db, async tx => {
          const row = await lockDomain(tx, organizationId, domain.id)
          if (row) await replaceDomain(tx, { ...row, ssoEnforcement: 'saml' })
        })
        await create({ target_email: 'ada@enforced.test' })
        const refused = await accept(await linkTo('ada@enforced.test'))
        expect(errorOf(refused)).toEqual(invalid('sso_enforced', null))
        expect(refused.body.detail).toContain(`/saml/${domain.id}/login`)
        expect(await invitesTo('ada@enforced.test')).toHaveLength(1)
      })

      it.each([
        ['POST', {}, 'required'],
        ['POST', { token: 7 }, 'invalid_input'],
        ['GET', undefined, 'required'],
      ])('%s without a proper token names it', async (method, body, code) => {
        const answer = await installation.clientWith()(method, '/api/invites/accept', { body })
        expect(errorOf(answer)).toEqual(invalid(code, 'token'))
      })
    })
  })
})
