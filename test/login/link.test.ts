// Links that sign in, for people whose address is typed in another form than the one that it is kept in.
import { describe, expect, it } from 'vitest'
import { createOwnerLink, requestLink } from '../../src/login/link.ts'
import { createApiKeyFor } from '../../src/manage/api-keys.ts'
import { operatorCaller } from '../../src/manage/caller.ts'
import { completeFirstRun, offerFirstRun } from '../../src/manage/operators/first-run.ts'
import { bootstrap } from '../../src/manage/organizations/bootstrap.ts'
import { testContext } from '../context.ts'
import { eachDatabase } from '../database.ts'

const typed = 'Ada@München.test'
const kept = 'ada@xn--mnchen-3ya.test'

describe('a link that signs in', () => {
  eachDatabase((_, open) => {
    it('comes to whoever made the first organization, in the form that they type their address in', async () => {
      const ctx = testContext(await open())
      const secret = new URL((await offerFirstRun(ctx))?.url ?? '').pathname.split('/').at(-1) ?? ''
      const form = { organization: 'Acme', firstName: 'Ada', lastName: '', email: typed }
      await completeFirstRun(ctx, secret, { form, origin: { ip: null, requestId: null } })
      for (const email of [typed, kept]) await requestLink(ctx, { email })
      const links = () => ctx.db.selectFrom('sign_in_links').selectAll().execute()
      await expect.poll(async () => (await links()).length).toBe(2)
      await createOwnerLink(ctx, typed)
      expect(await links()).toHaveLength(3)
      await expect(requestLink(ctx, { email: '"ada"@acme.test' })).resolves.toBeUndefined()
    })

    it('is for the same person as the commands make, however often', async () => {
      const ctx = testContext(await open())
      const first = await bootstrap(ctx, { organization: 'Acme', owner: typed })
      expect(await bootstrap(ctx, { organization: 'Acme', owner: kept })).toMatchObject({
        owner_id: first.owner_id,
      })
      await createOwnerLink(ctx, typed)
      const key = { owner: typed, scopes: ['*'], label: 'k' }
      await expect(createApiKeyFor(ctx, operatorCaller(first.organization_id), key)).resolves.toBeDefined()
      const people = await ctx.db.selectFrom('people').select('email').execute()
      expect(people).toEqual([{ email: kept }])
    })
  })
})
