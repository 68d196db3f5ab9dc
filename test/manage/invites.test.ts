// What somebody still may do who was demoted, removed or locked out after their request had come in.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/base/id.ts'
import { systemActor } from '../../src/domain/actor.ts'
import type { Caller } from '../../src/manage/caller.ts'
import { delegateSetup } from '../../src/manage/invites/delegate.ts'
import { createInvite, createInvites, removeInvite } from '../../src/manage/invites.ts'
import { deleteMember, ensureMember, updateMember } from '../../src/store/organization/members.ts'
import { ensurePerson } from '../../src/store/organization/people.ts'
import { eachDatabase } from '../database.ts'
import { type Installation, install } from '../http/api/client.ts'

describe('invites of callers who were administrators when they asked', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    beforeAll(async () => {
      installation = await install(await open())
    })

    const wish = (level = 8) => ({
      target_email: `${newId()}@elsewhere.test`,
      first_name: '',
      level,
      message: '',
      private_project_access: [],
      send_email: false,
      combine_pending_invites: false,
    })
    const administrator = async (): Promise<Caller & { personId: string }> => {
      const { ctx, organizationId } = installation
      const now = ctx.now().toISOString()
      const email = `${newId()}@acme.test`
      const { id: personId } = await ensurePerson(ctx.db, {
        email,
        firstName: '',
        lastName: '',
        isEmailVerified: true,
        now,
      })
      await ensureMember(ctx.db, { organizationId, personId, level: 8, origin: 'invite', now })
      return { actor: systemActor, personId, organizationId, level: 8, scopes: ['*'] }
    }
    const demote = ({ organizationId, personId }: { organizationId: string; personId: string }) =>
      updateMember(installation.ctx.db, organizationId, { personId, level: 1 })

    it('demoted by then they invite nobody', async () => {
      const { ctx } = installation
      const caller = await administrator()
      await demote(caller)
      const refused = { kind: 'denied', code: 'permission_denied' }
      await expect(createInvite(ctx, caller, wish())).rejects.toMatchObject(refused)
      await expect(createInvite(ctx, caller, wish(1))).rejects.toMatchObject(refused)
      await expect(createInvites(ctx, caller, [wish()])).rejects.toMatchObject(refused)
      const delegation = { target_email: 'it@elsewhere.test', message: '', step_at_delegation: '' }
      await expect(delegateSetup(ctx, caller, delegation)).rejects.toMatchObject(refused)
    })

    it('demoted by then they withdraw no invite', async () => {
      const { ctx } = installation
      const caller = await administrator()
      const { id } = await createInvite(ctx, caller, wish(1))
      await demote(caller)
      await expect(removeInvite(ctx, caller, id)).rejects.toMatchObject({ kind: 'denied' })
      await removeInvite(ctx, await administrator(), id)
    })

    it('suspended or removed by then they invite nobody', async () => {
      const { ctx } = installation
      const caller = await administrator()
      const { organizationId, personId } = caller
      await updateMember(ctx.db, organizationId, { personId, status: 'suspended' })
      await expect(createInvite(ctx, caller, wish())).rejects.toMatchObject({ kind: 'missing' })
      await deleteMember(ctx.db, organizationId, personId)
      await expect(createInvite(ctx, caller, wish())).rejects.toMatchObject({ kind: 'missing' })
    })
  })
})
