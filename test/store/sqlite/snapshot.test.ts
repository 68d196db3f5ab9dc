// One turn of the event loop, one snapshot: shown on a real file, with writers in this process and beside it.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SqliteHandle } from '../../../src/store/sqlite/handle.ts'
import { Snapshot } from '../../../src/store/sqlite/snapshot.ts'

let folder: string
let writer: SqliteHandle
let reader: SqliteHandle
let snapshot: Snapshot

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-snapshot-'))
  writer = new SqliteHandle(join(folder, 'test.db'), { readonly: false })
  writer.prepareForWriting('normal')
  writer.run('create table things (name text)')
  reader = new SqliteHandle(join(folder, 'test.db'), { readonly: true })
  snapshot = new Snapshot(reader)
})

afterEach(() => {
  snapshot.end()
  reader.close()
  writer.close()
  rmSync(folder, { recursive: true, force: true })
})

const count = () =>
  snapshot.read<{ total: number }>(reader.statement('select count(*) as total from things'), []).rows[0]
    ?.total
const countKept = () =>
  snapshot.readKept<{ total: number }>(reader.statement('select count(*) as total from things'), []).rows[0]
    ?.total
const add = () => writer.run(`insert into things values ('one')`)

describe('store/sqlite/snapshot', () => {
  it('shows the same to all reads of one turn, whatever somebody else commits meanwhile', () => {
    expect(count()).toBe(0)
    add()
    expect(count()).toBe(0)
  })

  it('shows in the next turn what was committed by then', async () => {
    expect(count()).toBe(0)
    add()
    await nextTurn()
    expect(count()).toBe(1)
  })

  it('shows what was committed as soon as it is ended, in the same turn', () => {
    expect(count()).toBe(0)
    add()
    snapshot.end()
    expect(count()).toBe(1)
  })

  it('reads on after a query that failed', () => {
    expect(() => snapshot.read(reader.statement('select abs(?) from things where abs(?) > 0'), [])).toThrow()
    expect(count()).toBe(0)
  })

  it('holds nothing open when nobody reads', async () => {
    count()
    await nextTurn()
    expect(reader.inTransaction).toBe(false)
  })

  describe('with answers that are kept', () => {
    it('gives them again in later turns, as long as nobody commits', async () => {
      const statement = reader.statement('select name from things where name = ?')
      const before = snapshot.readKept(statement, ['one'])
      await nextTurn()
      expect(snapshot.readKept(statement, ['one'])).toBe(before)
    })

    it('keeps one for each value', () => {
      const statement = reader.statement('select ? as told')
      expect(snapshot.readKept(statement, ['one']).rows).toEqual([{ told: 'one' }])
      expect(snapshot.readKept(statement, ['1']).rows).toEqual([{ told: '1' }])
      expect(snapshot.readKept(statement, [1]).rows).toEqual([{ told: 1 }])
    })

    it('asks again in the next turn when another connection has committed by then', async () => {
      expect(countKept()).toBe(0)
      add()
      expect(countKept()).toBe(0)
      await nextTurn()
      expect(countKept()).toBe(1)
      await nextTurn()
      expect(countKept()).toBe(1)
    })

    it('asks again when another connection committed just before the first look of a turn', async () => {
      expect(countKept()).toBe(0)
      await nextTurn()
      expect(count()).toBe(0)
      await nextTurn()
      add()
      expect(count()).toBe(1)
      expect(countKept()).toBe(1)
    })

    it('forgets them all before a batch, for its own connection tells nothing of its commits', () => {
      const own = new Snapshot(writer)
      const statement = writer.statement('select count(*) as total from things')
      expect(own.readKept(statement, []).rows).toEqual([{ total: 0 }])
      own.beforeBatch()
      add()
      expect(own.readKept(statement, []).rows).toEqual([{ total: 1 }])
      own.end()
    })
  })
})
