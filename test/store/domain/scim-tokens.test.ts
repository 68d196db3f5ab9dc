// A SCIM token opens its domain as it is at this moment, whoever changed something and through which connection.

import { beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, type Db, openDatabase, rehearse, transact } from '../../../src/store/db.ts'
import { deleteScimToken, findScimToken, insertScimToken } from '../../../src/store/domain/scim-tokens.ts'
import { migrateToLatest } from '../../../src/store/migrate.ts'
import { eachDatabase } from '../../database.ts'
import { createDomain } from '../domain-rows.ts'

const now = '2026-01-01T00:00:00.000Z'

describe('store/domain/scim-tokens', () => {
  eachDatabase((_name, _open, makeUrl) => {
    let db: Db
    let beside: Db

    beforeAll(async () => {
      const url = await makeUrl()
      db = await openDatabase(url)
      await migrateToLatest(db)
      beside = await openDatabase(url)
      await transact(db, tx => createDomain(tx, 'acme'))
      return async () => {
        await closeDatabase(beside)
        await closeDatabase(db)
      }
    })

    const add = (id: string) =>
      insertScimToken(db, {
        domain_id: 'acme',
        id,
        digest: id,
        hint: 'wxyz',
        created_by: null,
        created_at: now,
        expires_at: null,
        last_used_at: null,
        last_used_ip: null,
      })
    const isLive = async (id: string) => (await findScimToken(db, id)) !== undefined
    const rename = (on: Db, name: string) =>
      on.updateTable('domains').set({ name }).where('id', '=', 'acme').execute()
    const nameOf = async (id: string) => (await findScimToken(db, id))?.domain.name

    it('opens at once, though it was asked for before there was one', async () => {
      expect(await isLive('new')).toBe(false)
      await add('new')
      expect(await isLive('new')).toBe(true)
    })

    it('is dead at once when it is revoked', async () => {
      await add('revoked')
      expect(await isLive('revoked')).toBe(true)
      await deleteScimToken(db, 'acme', 'revoked')
      expect(await isLive('revoked')).toBe(false)
    })

    it('is dead at once when another process has revoked it', async () => {
      await add('elsewhere')
      expect(await isLive('elsewhere')).toBe(true)
      await deleteScimToken(beside, 'acme', 'elsewhere')
      expect(await isLive('elsewhere')).toBe(false)
    })

    it('knows its domain as it is, whoever changes it', async () => {
      await add('domain')
      for (const [on, name] of [
        [db, 'one.example'],
        [beside, 'two.example'],
        [db, 'three.example'],
      ] as const) {
        await rename(on, name)
        expect(await nameOf('domain')).toBe(name)
      }
    })

    it('knows nothing of a change that was only tried', async () => {
      await add('rehearsed')
      const before = await nameOf('rehearsed')
      const tried = await rehearse(db, async tx => {
        await rename(tx, 'tried.example')
        return (await findScimToken(tx, 'rehearsed'))?.domain.name
      })
      expect(tried).toBe('tried.example')
      expect(await nameOf('rehearsed')).toBe(before)
    })
  })
})
