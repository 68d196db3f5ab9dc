// What a membership becomes where SCIM works on it at the same moment.
import { describe, expect, it } from 'vitest'
import { enter } from '../../../src/login/saml/membership.ts'
import { transact } from '../../../src/store/db.ts'
import { findDomainById } from '../../../src/store/domain/domains.ts'
import { updateMember } from '../../../src/store/organization/members.ts'
import { findPerson } from '../../../src/store/organization/people.ts'
import { eachDatabase } from '../../database.ts'
import { openWorld } from '../../http/saml/world.ts'

describe('membership', () => {
  eachDatabase((_, open) => {
    it('made and suspended since it was looked for lets nobody join', async () => {
      const world = await openWorld(await open())
      const { db } = world.ctx
      const { id, organizationId } = await world.connect('acme.test', { jit_provisioning_enabled: true })
      const now = world.ctx.now().toISOString()
      const personId = await world.addMember(organizationId, 'ada@acme.test')
      await updateMember(db, organizationId, { personId, status: 'suspended', updated_at: now })
      const domain = await findDomainById(db, id)
      const person = await findPerson(db, personId)
      if (!domain || !person) throw new Error('expected both to be there')
      const actor = { type: 'saml', id, label: domain.name, ip: null, requestId: null } as const
      const joining = transact(db, tx => enter(tx, { domain, person, groups: [], actor, now }, { by: 'jit' }))
      await expect(joining).rejects.toMatchObject({ code: 'saml_user_deactivated' })
    })
  })
})
