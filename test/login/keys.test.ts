import { beforeAll, describe, expect, it } from 'vitest'
import { ensureKeys, readKeys, rotateKey, signingKeyOf } from '../../src/login/keys.ts'
import { purgeSignIns, purgeStarts, renewKeys } from '../../src/login/retention.ts'
import type { Db } from '../../src/store/db.ts'
import { type TestContext, testContext } from '../context.ts'
import { eachDatabase } from '../database.ts'

const dayMs = 86_400_000

describe('keys', () => {
  eachDatabase((_, open) => {
    let db: Db
    let ctx: TestContext
    beforeAll(async () => {
      db = await open()
      ctx = testContext(db)
    })

    it('the first is made when it is needed, once, and signs at once', async () => {
      const both = await Promise.all([ensureKeys(ctx, 'token'), ensureKeys(ctx, 'token')])
      expect(both[0]?.map(key => key.id)).toEqual(both[1]?.map(key => key.id))
      expect(both[0]).toHaveLength(1)
      expect(signingKeyOf(both[0] ?? [], ctx.now()).privateKey).toContain('PRIVATE KEY')
    })

    it('of several rotations at once each tells of a key that is there', async () => {
      const fresh = testContext(await open())
      const rotated = await Promise.all([1, 2, 3].map(() => rotateKey(fresh, 'token')))
      const known = (await readKeys(fresh, 'token')).map(key => key.id)
      expect(known).toEqual(expect.arrayContaining(rotated.map(key => key.id)))
    })

    it('are sealed in the database', async () => {
      await ensureKeys(ctx, 'saml')
      const rows = await db.selectFrom('signing_keys').selectAll().execute()
      expect(rows).toHaveLength(2)
      expect(JSON.stringify(rows)).not.toContain('PRIVATE KEY')
    })

    it('a new one is shown, then signs; the old ones retire after that', async () => {
      const [old] = await readKeys(ctx, 'token')
      const { id } = await rotateKey(ctx, 'token')
      const ids = async () => (await readKeys(ctx, 'token')).map(key => key.id)
      const signing = async () => signingKeyOf(await readKeys(ctx, 'token'), ctx.now()).id
      expect(await ids()).toEqual([id, old?.id])
      expect(await signing()).toBe(old?.id)
      ctx.clock.advance(15 * 60_000)
      expect(await signing()).toBe(id)
      ctx.clock.advance(60 * 60_000)
      expect(await ids()).toEqual([id])
    })

    it('open with an older secret of the installation; without it there is a new key', async () => {
      const [newest] = ctx.config.secrets
      const added = {
        ...ctx,
        config: { ...ctx.config, secrets: ['a newer secret of the installation', newest ?? ''] },
      }
      const before = await readKeys(ctx, 'saml')
      expect((await readKeys(added, 'saml')).map(key => key.id)).toEqual(before.map(key => key.id))
      const replaced = {
        ...ctx,
        config: { ...ctx.config, secrets: ['quite another secret, and a long one'] },
      }
      expect(await readKeys(replaced, 'saml')).toEqual([])
      const [made] = await ensureKeys(replaced, 'saml')
      expect(before.map(key => key.id)).not.toContain(made?.id)
    })

    it('those for tokens are renewed every 90 days, and retired ones deleted', async () => {
      const run = async () => {
        for await (const _ of renewKeys(ctx));
      }
      const count = async () =>
        (await db.selectFrom('signing_keys').select('id').where('purpose', '=', 'token').execute()).length
      await run()
      expect(await count()).toBe(1)
      ctx.clock.advance(91 * dayMs)
      await run()
      expect(await count()).toBe(2)
      ctx.clock.advance(dayMs)
      await run()
      expect(await count()).toBe(1)
    })

    it('purges run on an empty database', async () => {
      for await (const _ of purgeStarts(ctx));
      for await (const _ of purgeSignIns(ctx));
      expect(await db.selectFrom('sign_ins').selectAll().execute()).toEqual([])
    })
  })
})
