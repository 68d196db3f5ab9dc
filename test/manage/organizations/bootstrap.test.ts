import { beforeAll, describe, expect, it } from 'vitest'
import { authenticateKey, enterOrganization } from '../../../src/manage/caller.ts'
import { bootstrap } from '../../../src/manage/organizations/bootstrap.ts'
import { updateMember } from '../../../src/store/organization/members.ts'
import { type TestContext, testContext } from '../../context.ts'
import { eachDatabase } from '../../database.ts'

const origin = { ip: null, requestId: null }

describe('bootstrap', () => {
  eachDatabase((_, open) => {
    let ctx: TestContext
    beforeAll(async () => {
      ctx = testContext(await open())
    })
    const levelOf = async ({ api_key, organization_id }: Awaited<ReturnType<typeof bootstrap>>) => {
      const principal = await authenticateKey(ctx, api_key, origin)
      return (await enterOrganization(ctx, principal, organization_id)).level
    }

    it('makes an organization, its owner and a key that opens everything', async () => {
      const made = await bootstrap(ctx, { organization: ' Acme ', owner: 'Ada@Acme.test' })
      const { person, scopes, organizations } = await authenticateKey(ctx, made.api_key, origin)
      expect([person.id, person.email, scopes, organizations]).toEqual([
        made.owner_id,
        'ada@acme.test',
        ['*'],
        null,
      ])
      expect(await levelOf(made)).toBe(15)
    })

    it('is safe to repeat: the same organization and owner, a fresh key, the old one lives on', async () => {
      const first = await bootstrap(ctx, { organization: 'Again', owner: 'ada@acme.test' })
      const second = await bootstrap(ctx, { organization: 'Again', owner: 'ada@acme.test' })
      expect(second).toMatchObject({ organization_id: first.organization_id, owner_id: first.owner_id })
      expect(second.api_key).not.toBe(first.api_key)
      expect(await levelOf(first)).toBe(15)
    })

    it('makes one organization when it runs twice at once', async () => {
      const runs = await Promise.all(
        [1, 2, 3].map(() => bootstrap(ctx, { organization: 'Rush', owner: 'ada@acme.test' })),
      )
      expect(new Set(runs.map(run => run.organization_id)).size).toBe(1)
    })

    it('makes a second owner, and an owner of a member or of somebody suspended', async () => {
      const { organization_id } = await bootstrap(ctx, { organization: 'Shared', owner: 'ada@acme.test' })
      const bob = await bootstrap(ctx, { organization: 'Shared', owner: 'bob@acme.test' })
      expect(bob.organization_id).toBe(organization_id)
      await updateMember(ctx.db, organization_id, { personId: bob.owner_id, level: 1, status: 'suspended' })
      await expect(levelOf(bob)).rejects.toMatchObject({ kind: 'missing' })
      expect(await levelOf(await bootstrap(ctx, { organization: 'Shared', owner: 'bob@acme.test' }))).toBe(15)
    })

    it('refuses what is no address and no name', async () => {
      await expect(bootstrap(ctx, { organization: 'Acme', owner: 'ada' })).rejects.toThrow('e-mail address')
      await expect(bootstrap(ctx, { organization: ' ', owner: 'ada@acme.test' })).rejects.toThrow(
        'name of 1 to 64',
      )
    })
  })
})
