// The link of the first run in the database: what becomes of one that was printed too late.
import { describe, expect, it } from 'vitest'
import { digestOf, newSecret } from '../../../src/base/secret.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { offerFirstRun, openFirstRun } from '../../../src/manage/operators/first-run.ts'
import { bootstrap } from '../../../src/manage/organizations/bootstrap.ts'
import { removeOrganization } from '../../../src/manage/organizations/organizations.ts'
import { replaceFirstRun } from '../../../src/store/sign-in/first-run.ts'
import { testContext } from '../../context.ts'
import { eachDatabase } from '../../database.ts'

describe('the link of the first run', () => {
  eachDatabase((_, open) => {
    it('stays dead when it was printed as the first organization was made, and that one is deleted', async () => {
      const ctx = testContext(await open())
      const made = await bootstrap(ctx, { organization: 'Acme', owner: 'owner@acme.test' })
      // As a server leaves it that began at the same moment, and saw no organization yet.
      const secret = newSecret()
      const expiresAt = new Date(ctx.now().getTime() + 60_000).toISOString()
      await replaceFirstRun(ctx.db, { digest: digestOf(secret), expiresAt })
      await expect(openFirstRun(ctx, secret)).rejects.toMatchObject({ code: 'already_set_up' })
      await removeOrganization(ctx, operatorCaller(made.organization_id))
      await expect(openFirstRun(ctx, secret)).rejects.toMatchObject({ kind: 'missing' })
      const fresh = new URL((await offerFirstRun(ctx))?.url ?? '').pathname.split('/').at(-1) ?? ''
      await expect(openFirstRun(ctx, fresh)).resolves.toBeUndefined()
    })
  })
})
