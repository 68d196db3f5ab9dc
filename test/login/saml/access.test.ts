// Who gets in: members, invites, just-in-time; levels by groups; who a name stands for; what SCIM has switched off.
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { digestOf } from '../../../src/base/secret.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeDomain, type DomainPatch } from '../../../src/manage/domains/domains.ts'
import { type Db, transact } from '../../../src/store/db.ts'
import { type Invite, insertInvite } from '../../../src/store/organization/invites.ts'
import { findMember, updateMember } from '../../../src/store/organization/members.ts'
import { findPerson, findPersonByEmail, updatePerson } from '../../../src/store/organization/people.ts'
import { insertUser, type User } from '../../../src/store/resources/users.ts'
import { eachDatabase } from '../../database.ts'
import {
  type Answering,
  type Connected,
  codeOn,
  openWorld,
  signIn,
  type World,
} from '../../http/saml/world.ts'

describe('access', () => {
  eachDatabase((_, open) => {
    let db: Db
    let world: World
    let domain: Connected
    let tenant = 0
    const emailOf = (name: string) => `${name}@${domain.name}`
    beforeEach(async () => {
      tenant += 1
      db ??= await open()
      world = await openWorld(db)
      domain = await world.connect(`acme${tenant}.test`)
    })

    const patch = (changes: DomainPatch) =>
      changeDomain(world.ctx, operatorCaller(domain.organizationId), { id: domain.id, patch: changes })
    /** `in`, or the code of the refusal. */
    const arrive = async (name: string, answering: Partial<Answering> = {}) => {
      const { response } = await signIn(world, domain, { email: emailOf(name), ...answering })
      return response.status === 303 ? 'in' : await codeOn(response)
    }
    const member = async (name: string) => {
      const person = await findPersonByEmail(db, emailOf(name))
      return person && (await findMember(db, domain.organizationId, person.id))
    }
    const invite = (name: string, changes: Partial<Invite> = {}) => {
      const now = world.ctx.now()
      const row = {
        organization_id: domain.organizationId,
        id: newId(),
        target_email: emailOf(name),
        first_name: '',
        level: 8,
        message: '',
        digest: digestOf(newId()),
        private_project_access: '[]',
        created_by: null,
        created_at: now.toISOString(),
        updated_at: now.toISOString(),
        expires_at: new Date(now.getTime() + 60_000).toISOString(),
        ...changes,
      }
      return insertInvite(db, row as Invite)
    }
    const addUser = async (name: string, active: 0 | 1) => {
      const person = await findPersonByEmail(db, emailOf(name))
      const now = world.ctx.now().toISOString()
      const user: User = {
        domain_id: domain.id,
        id: newId(),
        person_id: person?.id ?? null,
        user_name: newId(),
        display_name: null,
        external_id: null,
        email: emailOf(name),
        active,
        created_at: now,
        updated_at: now,
        version: 1,
        doc: '{}',
      }
      await transact(db, tx => insertUser(tx, user))
    }

    describe('1: somebody whom SCIM manages', () => {
      it('is refused while inactive, as a member, invited, or with JIT on', async () => {
        const personId = await world.addMember(domain.organizationId, emailOf('ada'))
        await addUser('ada', 0)
        await invite('ada')
        await patch({ jit_provisioning_enabled: true })
        expect(await arrive('ada')).toBe('saml_user_deactivated')
        const now = world.ctx.now().toISOString()
        await updateMember(db, domain.organizationId, { personId, status: 'suspended', updated_at: now })
        expect(await arrive('ada')).toBe('saml_user_deactivated')
        expect((await member('ada'))?.status).toBe('suspended')
      })

      it('is in while another user of theirs is active', async () => {
        await world.addMember(domain.organizationId, emailOf('ada'))
        await addUser('ada', 0)
        await addUser('ada', 1)
        expect(await arrive('ada')).toBe('in')
      })
    })

    describe('2: a member', () => {
      it('is in, as they are, and that is when they last signed in', async () => {
        await world.addMember(domain.organizationId, emailOf('ada'), 8)
        await invite('ada', { level: 15 })
        expect(await arrive('ada')).toBe('in')
        expect(await member('ada')).toMatchObject({ level: 8, last_login_at: expect.any(String) })
      })
    })

    describe('3: somebody with an invite', () => {
      it('joins at its level, with its projects; the invites for the address are gone', async () => {
        const project = await world.owner('POST', `/api/organizations/${domain.organizationId}/projects`, {
          body: { name: 'P', access: 'restricted' },
        })
        const access = [
          { id: project.body.id, level: 'admin' },
          { id: 4711, level: 'member' },
        ]
        await invite('ada', { private_project_access: JSON.stringify(access) })
        await invite('ada', { expires_at: '2020-01-01T00:00:00.000Z' })
        expect(await arrive('ada')).toBe('in')
        expect(await member('ada')).toMatchObject({ level: 8, origin: 'invite', status: 'active' })
        const projects = await db
          .selectFrom('project_members')
          .select(['project_id', 'level'])
          .where('organization_id', '=', domain.organizationId)
          .execute()
        expect(projects).toEqual([{ project_id: project.body.id, level: 'admin' }])
        const left = await db
          .selectFrom('invites')
          .selectAll()
          .where('target_email', '=', emailOf('ada'))
          .execute()
        expect(left).toEqual([])
      })

      it('is not held up by an expired one', async () => {
        await invite('ada', { expires_at: '2020-01-01T00:00:00.000Z' })
        expect(await arrive('ada')).toBe('saml_jit_disabled')
        await patch({ jit_provisioning_enabled: true })
        expect(await arrive('ada')).toBe('in')
        expect(await member('ada')).toMatchObject({ level: 1, origin: 'jit' })
      })

      it('of another organization stays outside', async () => {
        const { organizationId } = await world.another()
        await invite('ada', { organization_id: organizationId })
        expect(await arrive('ada')).toBe('saml_jit_disabled')
      })
    })

    describe('4: just-in-time', () => {
      beforeEach(() => patch({ jit_provisioning_enabled: true }))

      it('makes a person and a member of level 1, and says so in the audit log', async () => {
        const attributes = [
          ['email', emailOf('new')],
          ['givenName', 'Nova'],
          ['sn', 'New'],
        ] as const
        expect(await arrive('new', { attributes })).toBe('in')
        expect(await findPersonByEmail(db, emailOf('new'))).toMatchObject({
          first_name: 'Nova',
          last_name: 'New',
          is_email_verified: 1,
          current_organization_id: domain.organizationId,
        })
        expect(await member('new')).toMatchObject({ level: 1, origin: 'jit' })
        const audit = await db
          .selectFrom('audit')
          .select(['action', 'actor_type', 'actor_label'])
          .where('organization_id', '=', domain.organizationId)
          .where('actor_type', '=', 'saml')
          .orderBy('id')
          .execute()
        const actor = { actor_type: 'saml', actor_label: domain.name }
        expect(audit).toEqual([
          { action: 'member.joined', ...actor },
          { action: 'session.created', ...actor },
        ])
      })

      it('two first sign-ins at once make one person and one member', async () => {
        const arrivals = await Promise.all([arrive('new'), arrive('new')])
        expect(arrivals).toEqual(['in', 'in'])
        expect(await member('new')).toMatchObject({ origin: 'jit' })
      })

      it('gives the level of the groups, at most administrator, at every sign-in', async () => {
        await patch({ saml_role_mapping: { admins: 8 } })
        const withGroups = (...groups: string[]) => ({
          attributes: [
            ['email', emailOf('new')],
            ['groups', ...groups],
          ] as readonly (readonly [string, ...string[]])[],
        })
        expect(await arrive('new', withGroups('staff', 'admins'))).toBe('in')
        expect(await member('new')).toMatchObject({ level: 8 })
        await arrive('new', withGroups('staff'))
        expect(await member('new')).toMatchObject({ level: 1 })
        await arrive('new', withGroups('__proto__', 'constructor', 'toString'))
        expect(await member('new')).toMatchObject({ level: 1 })
      })

      it('whoever loses a level leaves no invites above their own', async () => {
        await patch({ saml_role_mapping: { admins: 8 } })
        const attributes = [
          ['email', emailOf('new')],
          ['groups', 'admins'],
        ] as const
        await arrive('new', { attributes })
        await invite('accomplice', { created_by: (await member('new'))?.person_id ?? null })
        await arrive('new', {
          attributes: [
            ['email', emailOf('new')],
            ['groups', 'staff'],
          ],
        })
        expect(await member('new')).toMatchObject({ level: 1 })
        await patch({ jit_provisioning_enabled: false })
        expect(await arrive('accomplice')).toBe('saml_jit_disabled')
      })

      it('leaves the level of members alone whom it has not made, and of owners', async () => {
        await patch({ saml_role_mapping: { admins: 8 } })
        await world.addMember(domain.organizationId, emailOf('ada'), 8)
        expect(await arrive('ada')).toBe('in')
        expect(await member('ada')).toMatchObject({ level: 8 })
        await arrive('new')
        const personId = (await member('new'))?.person_id ?? ''
        const now = world.ctx.now().toISOString()
        await updateMember(db, domain.organizationId, { personId, level: 15, updated_at: now })
        await arrive('new')
        expect(await member('new')).toMatchObject({ level: 15 })
      })
    })

    describe('5: anybody else', () => {
      it('is refused, and leaves nothing behind', async () => {
        expect(await arrive('new')).toBe('saml_jit_disabled')
        expect(await findPersonByEmail(db, emailOf('new'))).toBeUndefined()
      })
    })

    describe('who is meant', () => {
      it('the person whom the NameID stood for before, though the address has changed', async () => {
        const ada = await world.addMember(domain.organizationId, emailOf('ada'))
        await arrive('ada', { nameId: 'N1' })
        expect(await arrive('countess', { nameId: 'N1' })).toBe('in')
        expect((await world.logOf(domain))[0]?.person_id).toBe(ada)
        expect(await findPersonByEmail(db, emailOf('countess'))).toBeUndefined()
      })

      it('a NameID of another domain stands for nobody here', async () => {
        const other = await world.connect(`other${tenant}.test`)
        const ada = await world.addMember(domain.organizationId, emailOf('ada'))
        await arrive('ada', { nameId: 'N1' })
        const eve = await world.addMember(domain.organizationId, `eve@${other.name}`)
        await signIn(world, other, { email: `eve@${other.name}`, nameId: 'N1' })
        expect((await world.logOf(other))[0]?.person_id).toBe(eve)
        expect(ada).not.toBe(eve)
      })

      it('not somebody whose own address has left the organization', async () => {
        const ada = await world.addMember(domain.organizationId, emailOf('ada'))
        await arrive('ada', { nameId: 'N1' })
        await updatePerson(db, ada, { email: `ada@elsewhere${tenant}.test` })
        expect(await arrive('eve', { nameId: 'N1' })).toBe('saml_jit_disabled')
      })

      it('not whoever had the name at the identity provider before this one', async () => {
        await world.addMember(domain.organizationId, emailOf('ada'), 15)
        const eve = await world.addMember(domain.organizationId, emailOf('eve'))
        expect(await arrive('ada', { nameId: '1001' })).toBe('in')
        const issuer = 'https://new.idp.test/entity'
        await patch({ saml_entity_id: issuer })
        expect(await arrive('eve', { nameId: '1001', changes: { issuer } })).toBe('in')
        expect((await world.logOf(domain))[0]?.person_id).toBe(eve)
      })

      it('a transient NameID stands for nobody next time, and one of any length is no error', async () => {
        await world.addMember(domain.organizationId, emailOf('ada'))
        await world.addMember(domain.organizationId, emailOf('eve'))
        const nameId = '<A:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">T1</A:NameID>'
        expect(await arrive('ada', { changes: { nameId } })).toBe('in')
        expect(await arrive('eve', { nameId: 'T1' })).toBe('in')
        expect((await world.logOf(domain))[0]?.person_id).toBe((await member('eve'))?.person_id)
        expect(await arrive('ada', { nameId: 'N'.repeat(20_000) })).toBe('in')
      })
    })

    describe('names', () => {
      const named = (name: string) => ({
        attributes: [
          ['email', emailOf(name)],
          ['givenName', 'Sent'],
        ] as const,
      })

      it('fill what is blank, and replace only where the mapping names them', async () => {
        const id = await world.addMember(domain.organizationId, emailOf('ada'))
        await arrive('ada', named('ada'))
        expect(await findPerson(db, id)).toMatchObject({ first_name: 'Sent', last_name: '' })
        await updatePerson(db, id, { first_name: 'Own' })
        await arrive('ada', named('ada'))
        expect(await findPerson(db, id)).toMatchObject({ first_name: 'Own' })
        await patch({ saml_attribute_mapping: { first_name: 'givenName' } })
        await arrive('ada', named('ada'))
        expect(await findPerson(db, id)).toMatchObject({ first_name: 'Sent' })
      })

      it('of somebody who also belongs elsewhere stay as they are', async () => {
        const { organizationId } = await world.another()
        const id = await world.addMember(domain.organizationId, emailOf('ada'))
        await world.addMember(organizationId, emailOf('ada'))
        await patch({ saml_attribute_mapping: { first_name: 'givenName' } })
        expect(await arrive('ada', named('ada'))).toBe('in')
        expect(await findPerson(db, id)).toMatchObject({ first_name: '', email: emailOf('ada') })
      })
    })

    it('a mapped attribute says which address counts', async () => {
      await world.addMember(domain.organizationId, emailOf('ada'))
      await patch({ saml_attribute_mapping: { email: ['work', 'upn'] } })
      const attributes = [
        ['email', emailOf('eve')],
        ['upn', emailOf('ada')],
      ] as const
      expect(await arrive('ada', { attributes })).toBe('in')
      expect((await world.logOf(domain))[0]?.email).toBe(emailOf('ada'))
    })
  })
})
