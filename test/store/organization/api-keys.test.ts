import { beforeEach, describe, expect, it } from 'vitest'
import { operatorActor } from '../../../src/domain/actor.ts'
import { makeKey } from '../../../src/manage/api-keys.ts'
import { bootstrap } from '../../../src/manage/organizations/bootstrap.ts'
import type { Db } from '../../../src/store/db.ts'
import { deleteApiKey, endApiKeysIn, listApiKeysOf } from '../../../src/store/organization/api-keys.ts'
import { testContext } from '../../context.ts'
import { eachDatabase } from '../../database.ts'

describe('endApiKeysIn', () => {
  eachDatabase((_, open) => {
    let db: Db
    let personId: string
    let first: string
    let second: string
    const found = async (organizations: string[]) => {
      const ctx = testContext(db)
      const made = []
      for (const organization of organizations)
        made.push(await bootstrap(ctx, { organization, owner: 'ada@acme.test' }))
      return made
    }
    const keyFor = (organizations: string[] | null) =>
      makeKey(db, operatorActor, {
        label: 'x',
        scopes: ['*'],
        organizations,
        personId,
        now: '2026-01-01T00:00:00.000Z',
      })
    const keys = async () => (await listApiKeysOf(db, personId)).map(key => key.organizations)
    beforeEach(async () => {
      db = await open()
      const [a, b] = await found(['First', 'Second'])
      personId = a?.owner_id ?? ''
      first = a?.organization_id ?? ''
      second = b?.organization_id ?? ''
      for (const key of await listApiKeysOf(db, personId)) await deleteApiKey(db, personId, key.id)
    })

    it('deletes a key that opens nothing else', async () => {
      await keyFor([first])
      await endApiKeysIn(db, first, personId)
      expect(await keys()).toEqual([])
    })

    it('takes the organization from a key that is limited to several', async () => {
      await keyFor([first, second])
      await endApiKeysIn(db, first, personId)
      expect(await keys()).toEqual([[second]])
    })

    it('limits a key without a limit to the other organizations, so that it never opens this one again', async () => {
      await keyFor(null)
      await endApiKeysIn(db, first, personId)
      expect(await keys()).toEqual([[second]])
      await endApiKeysIn(db, second, personId)
      expect(await keys()).toEqual([])
    })

    it('leaves a key for other organizations alone', async () => {
      await keyFor([second])
      await endApiKeysIn(db, first, personId)
      expect(await keys()).toEqual([[second]])
    })
  })
})
