// Signing out: the session is over, and its organization's log has it.
import { describe, expect, it } from 'vitest'
import { endSession, findSignedIn } from '../../src/login/session.ts'
import { eachDatabase } from '../database.ts'
import { openConsole } from '../http/console/visitor.ts'

describe('session', () => {
  eachDatabase((_, open) => {
    it('ends once, is written down, and ends nothing else', async () => {
      const console = await openConsole(await open())
      const { ctx, tenant } = console.surface
      const { secret, email } = await console.enter(tenant.organizationId, 1, 'leaving')
      const { secret: other } = await console.enter(tenant.organizationId, 1, 'leaving')
      for (const each of [secret, secret, 'no secret', undefined]) await endSession(ctx, each)
      expect(await findSignedIn(ctx, secret)).toBeUndefined()
      expect((await findSignedIn(ctx, other))?.person.email).toBe(email)
      const rows = await ctx.db
        .selectFrom('audit')
        .selectAll()
        .where('action', '=', 'session.ended')
        .execute()
      expect(rows).toMatchObject([{ organization_id: tenant.organizationId, target_label: email }])
    })
  })
})
