// Changing members with the word of somebody who was demoted after their request had come in.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/base/id.ts'
import { systemActor } from '../../src/domain/actor.ts'
import { levels } from '../../src/domain/level.ts'
import type { Caller } from '../../src/manage/caller.ts'
import { changeMember, removeMember } from '../../src/manage/members.ts'
import { ensureMember, findMember } from '../../src/store/organization/members.ts'
import { ensurePerson } from '../../src/store/organization/people.ts'
import { eachDatabase } from '../database.ts'
import { type Installation, install } from '../http/api/client.ts'

describe('members', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    beforeAll(async () => {
      installation = await install(await open())
    })
    const someone = async (level: number): Promise<string> => {
      const { ctx, organizationId } = installation
      const now = ctx.now().toISOString()
      const email = `${newId()}@acme.test`
      const named = { email, firstName: '', lastName: '', isEmailVerified: true, now }
      const { id: personId } = await ensurePerson(ctx.db, named)
      await ensureMember(ctx.db, { organizationId, personId, level, origin: 'invite', now })
      return personId
    }

    it('an administrator who is a member by now removes and changes nobody, but may leave', async () => {
      const { ctx, organizationId } = installation
      const personId = await someone(levels.member)
      const caller: Caller = {
        actor: systemActor,
        personId,
        organizationId,
        level: levels.admin,
        scopes: ['*'],
      }
      const other = await someone(levels.member)
      await expect(removeMember(ctx, caller, other)).rejects.toMatchObject({ kind: 'denied' })
      const change = { personId: other, level: levels.member }
      await expect(changeMember(ctx, caller, change)).rejects.toMatchObject({ kind: 'denied' })
      expect(await findMember(ctx.db, organizationId, other)).toBeDefined()
      await removeMember(ctx, caller, personId)
      expect(await findMember(ctx.db, organizationId, personId)).toBeUndefined()
    })
  })
})
