// Set-up links in the database: which are live, and what takes them along.
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { operatorActor } from '../../../src/domain/actor.ts'
import { bootstrap } from '../../../src/manage/organizations/bootstrap.ts'
import { type Db, transact } from '../../../src/store/db.ts'
import { deleteMember, ensureMember, updateMember } from '../../../src/store/organization/members.ts'
import { deleteOrganization } from '../../../src/store/organization/organizations.ts'
import { ensurePerson } from '../../../src/store/organization/people.ts'
import {
  countSetUpLinks,
  findLiveSetUpLink,
  insertSetUpLink,
} from '../../../src/store/organization/set-up-links.ts'
import { followGroups } from '../../../src/store/resources/group-levels.ts'
import { testContext } from '../../context.ts'
import { eachDatabase } from '../../database.ts'

const now = '2026-01-01T00:00:00.000Z'
const end = '2026-01-08T00:00:00.000Z'

describe('set-up links', () => {
  eachDatabase((_, open) => {
    let db: Db
    let organizationId: string
    let personId: string
    beforeEach(async () => {
      db = await open()
      const made = await bootstrap(testContext(db), { organization: 'Acme', owner: 'owner@acme.test' })
      organizationId = made.organization_id
      const named = { email: 'grace@acme.test', firstName: '', lastName: '', isEmailVerified: true, now }
      personId = (await ensurePerson(db, named)).id
      await ensureMember(db, { organizationId, personId, level: 8, origin: 'invite', now })
    })
    const insert = async (createdBy: string | null = personId) => {
      const digest = newId()
      await insertSetUpLink(db, {
        organization_id: organizationId,
        id: newId(),
        domain_id: null,
        digest,
        label: 'IT',
        sent_to: null,
        parts: ['verify', 'test'],
        created_by: createdBy,
        operator_id: null,
        created_at: now,
        expires_at: end,
        opened_at: null,
        last_used_at: null,
        last_used_ip: null,
        revoked_at: null,
      })
      return digest
    }
    const isLive = async (digest: string, at = now) => (await findLiveSetUpLink(db, digest, at)) !== undefined
    const count = () => countSetUpLinks(db, organizationId, {})

    it('are read with their parts and names, until the moment of their end', async () => {
      const digest = await insert()
      expect(await findLiveSetUpLink(db, digest, now)).toMatchObject({
        parts: ['verify', 'test'],
        organization_name: 'Acme',
        domain_name: null,
      })
      expect(await isLive(digest, '2026-01-07T23:59:59.999Z')).toBe(true)
      expect(await isLive(digest, end)).toBe(false)
    })

    it('are live while whoever made them is an administrator, whatever else has happened', async () => {
      const digest = await insert()
      await updateMember(db, organizationId, { personId, level: 1, updated_at: now })
      expect(await isLive(digest)).toBe(false)
      await updateMember(db, organizationId, { personId, level: 15, updated_at: now })
      expect(await isLive(digest)).toBe(true)
      await updateMember(db, organizationId, { personId, status: 'suspended', updated_at: now })
      expect(await isLive(digest)).toBe(false)
      expect(await isLive(await insert(null))).toBe(true)
    })

    it('go with the membership of whoever made them, and with the organization', async () => {
      await insert()
      await insert(null)
      await deleteMember(db, organizationId, personId)
      expect(await count()).toBe(1)
      await deleteOrganization(db, organizationId)
      expect(await count()).toBe(0)
    })

    it('go when a group lowers whoever made them', async () => {
      const digest = await insert()
      await updateMember(db, organizationId, { personId, level_group_id: newId(), updated_at: now })
      const follow = { organizationId, personIds: [personId], actor: operatorActor, now }
      expect(await transact(db, tx => followGroups(tx, follow))).toBe(1)
      await updateMember(db, organizationId, { personId, level: 8, updated_at: now })
      expect(await isLive(digest)).toBe(false)
    })
  })
})
