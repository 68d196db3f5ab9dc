// What differs between the databases agrees with JavaScript and with the migrations.

import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Db, transact } from '../../src/store/db.ts'
import { foldSql, isOrphan, isUniqueViolation, kindOf, uniqueConstraints } from '../../src/store/dialect.ts'
import { eachDatabase } from '../database.ts'

const now = '2026-01-31T12:00:00.500Z'
const organization = (id: string, slug: string) => ({
  id,
  name: 'Acme',
  slug,
  members_can_invite: 0 as const,
  default_membership_level: 1,
  created_at: now,
  updated_at: now,
})

describe('kindOf', () => {
  eachDatabase((name, open) => {
    it('tells the database of a handle and of a transaction', async () => {
      const db = await open()
      expect(kindOf(db)).toBe(name)
      expect(await transact(db, async tx => kindOf(tx))).toBe(name)
    })
  })
})

describe('foldSql', () => {
  eachDatabase((_, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
    })
    const fold = async (texts: readonly string[]): Promise<string[]> => {
      const folded: string[] = []
      for (const text of texts) {
        const expression = foldSql(kindOf(db), sql<string>`cast(${text} as text)`)
        const { rows } = await sql<{ folded: string }>`select ${expression} as folded`.execute(db)
        folded.push(...rows.map(row => row.folded))
      }
      return folded
    }

    it('folds every character as toLowerCase does, save that it leaves alone what its Unicode does not know yet', async () => {
      const blocks = Array.from({ length: 0x110 }, (_, block) => charactersOf(block * 0x1000))
      const folded = await fold(blocks.map(characters => characters.join(' ')))
      const differing = blocks.flatMap((characters, index) => {
        const found = (folded[index] ?? '').split(' ')
        return characters.filter((character, place) => found[place] !== character.toLowerCase())
      })
      expect(await fold(differing)).toEqual(differing)
      // The oldest ICU in use knows Unicode 10, which has every capital up to here.
      expect(differing.filter(character => character < '\u1c80')).toEqual([])
    })

    it('folds by context as toLowerCase does', async () => {
      const texts = ['ΟΔΥΣΣΕΥΣ', 'ΑΣ ΣΑ', 'Σ', "ΑΣ'Α", 'İstanbul', 'ISTANBUL', 'STRASSE ẞ', 'ǅ', 'Ꭰ']
      expect(await fold(texts)).toEqual(texts.map(text => text.toLowerCase()))
    })
  })
})

/** Everything that can stand in text, save the space that keeps one character out of the context of another. */
const charactersOf = (start: number): string[] =>
  Array.from({ length: 0x1000 }, (_, offset) => start + offset)
    .filter(point => point > 0x20 && (point < 0xd800 || point > 0xdfff))
    .map(point => String.fromCodePoint(point))

describe('isUniqueViolation', () => {
  eachDatabase((_, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      await db.insertInto('organizations').values(organization('one', 'acme')).execute()
    })
    const failure = (id: string, slug: string) =>
      db
        .insertInto('organizations')
        .values(organization(id, slug))
        .execute()
        .then(
          () => undefined,
          (error: unknown) => error,
        )

    it('tells which constraint it was', async () => {
      const sameSlug = await failure('two', 'acme')
      expect(isUniqueViolation(sameSlug)).toBe(true)
      expect(isUniqueViolation(sameSlug, 'organizations_slug_key')).toBe(true)
      expect(isUniqueViolation(sameSlug, 'organizations_pkey')).toBe(false)
      const sameId = await failure('one', 'other')
      expect(isUniqueViolation(sameId, 'organizations_pkey')).toBe(true)
      expect(isUniqueViolation(sameId, 'organizations_slug_key')).toBe(false)
    })

    it('is not any other error', async () => {
      const noParent = await db
        .insertInto('projects')
        .values({
          organization_id: 'none',
          id: 1,
          name: 'P',
          api_token: 't',
          access: 'open',
          created_at: now,
        })
        .execute()
        .catch((error: unknown) => error)
      expect(noParent).toBeInstanceOf(Error)
      expect(isUniqueViolation(noParent)).toBe(false)
      expect(isOrphan(noParent)).toBe(true)
      expect(isOrphan(await failure('one', 'acme'))).toBe(false)
      expect(isUniqueViolation(new Error('UNIQUE constraint failed: users.id'))).toBe(false)
      expect(isUniqueViolation(undefined)).toBe(false)
    })

    it('knows every unique constraint there is, by the name and the columns it really has', async () => {
      const known = Object.entries(uniqueConstraints)
        .map(([name, columns]) => (kindOf(db) === 'postgres' ? `${name}: ${columns}` : columns))
        .sort()
      expect(await (kindOf(db) === 'postgres' ? postgresConstraints(db) : sqliteConstraints(db))).toEqual(
        known,
      )
    })
  })
})

async function postgresConstraints(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string; columns: string }>`
    select i.relname as name,
           (select string_agg(t.relname || '.' || a.attname, ', ' order by k.place)
            from unnest(x.indkey) with ordinality as k (attnum, place)
            join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum) as columns
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    where x.indisunique and n.nspname = 'public' and t.relname not like 'kysely%'`.execute(db)
  return rows.map(({ name, columns }) => `${name}: ${columns}`).sort()
}

async function sqliteConstraints(db: Db): Promise<string[]> {
  const { rows } = await sql<{ columns: string }>`
    select (select group_concat(t.name || '.' || c.name, ', ') from pragma_index_info(i.name) c) as columns
    from sqlite_schema t, pragma_index_list(t.name) i
    where t.type = 'table' and i."unique" = 1 and t.name not like 'kysely%'`.execute(db)
  return rows.map(row => row.columns).sort()
}
