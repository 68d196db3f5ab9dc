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
})
