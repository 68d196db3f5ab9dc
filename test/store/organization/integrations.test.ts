import { CompiledQuery } from 'kysely'
import { describe, expect, it } from 'vitest'
import { findInstallation } from '../../../src/store/organization/integrations.ts'
import { onSqlite } from '../../database.ts'
import { statementsOf } from '../../statements.ts'

describe('findInstallation', () => {
  // PostgreSQL reads so small a table as a whole, whatever indexes there are.
  onSqlite(open => {
    it('seeks in the index that has nothing but installations', async () => {
      const db = await open()
      const [query] = await statementsOf(db, () => findInstallation(db, 'vercel', 'icfg_1'))
      const explained = CompiledQuery.raw(`explain query plan ${query?.sql}`, [...(query?.parameters ?? [])])
      const { rows } = await db.executeQuery<{ detail: string }>(explained)
      expect(rows.map(row => row.detail)).toEqual([
        'SEARCH integrations USING INDEX integrations_installation (kind=? AND integration_id=?)',
      ])
    })
  })
})
