// Group commit on a real file: few commits for many writers, nothing answered before it is on disk, nobody drags others down.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, openDatabase } from '../../../src/store/db.ts'
import { migrateToLatest } from '../../../src/store/migrate.ts'
import { GroupCommit } from '../../../src/store/sqlite/group-commit.ts'
import { SqliteHandle } from '../../../src/store/sqlite/handle.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

class WatchedHandle extends SqliteHandle {
  readonly commands: string[] = []

  override run<Row>(sql: string, parameters: readonly unknown[] = []) {
    if (!sql.includes('notes')) this.commands.push(sql)
    return super.run<Row>(sql, parameters)
  }
}

let files = 0
let writer: WatchedHandle
let reader: SqliteHandle
let commits: GroupCommit

beforeEach(() => {
  files += 1
  const path = join(folder, `${files}.db`)
  writer = new WatchedHandle(path, { readonly: false })
  writer.prepareForWriting('full')
  writer.run('create table notes (id integer primary key, parent integer references notes (id))')
  reader = new SqliteHandle(path, { readonly: true })
  commits = new GroupCommit(writer, () => {})
  return () => {
    commits.close()
    reader.close()
    writer.close()
  }
})

const ignore = () => {}
const fail = () => {
  throw new Error('no')
}
const insert = 'insert into notes (id) values (?)'

async function write(id: number, work: () => void = ignore): Promise<void> {
  const transaction = await commits.begin(ignore)
  try {
    commits.run(transaction, insert, [id])
    work()
  } catch (error) {
    await commits.rollBack(transaction)
    throw error
  }
  await commits.commit(transaction)
}

const ids = (handle: SqliteHandle = reader) =>
  handle.run<{ id: number }>('select id from notes order by id').rows.map(row => row.id)
const count = (command: string) => writer.commands.filter(each => each === command).length
const upTo = (length: number) => Array.from({ length }, (_, index) => index + 1)

describe('a batch', () => {
  it('commits 32 concurrent writers once', async () => {
    await Promise.all(upTo(32).map(id => write(id)))
    expect(ids()).toEqual(upTo(32))
    expect(count('begin immediate')).toBe(1)
    expect(count('commit')).toBe(1)
  })

  it('costs a lone writer a begin and a commit, no savepoint', async () => {
    await write(1)
    expect(writer.commands).toEqual(['begin immediate', 'commit'])
  })

  it('holds at most 512 transactions', async () => {
    await Promise.all(upTo(1100).map(id => write(id)))
    expect(ids()).toHaveLength(1100)
    expect(count('commit')).toBe(3)
  })

  it('takes in who comes while it is open', async () => {
    const first = write(1)
    const second = Promise.resolve().then(() => write(2))
    await Promise.all([first, second])
    expect(count('commit')).toBe(1)
  })
})

describe('an answer', () => {
  it('does not come before the row is on disk', async () => {
    const seen: number[][] = []
    await Promise.all(
      upTo(5).map(async id => {
        await write(id)
        seen.push(ids())
      }),
    )
    expect(seen).toEqual(upTo(5).map(() => [1, 2, 3, 4, 5]))
  })

  it('is not anticipated by readers', async () => {
    const writing = write(1)
    await Promise.resolve()
    await Promise.resolve()
    expect(ids(writer)).toEqual([1])
    expect(ids()).toEqual([])
    await writing
    expect(ids()).toEqual([1])
  })

  it('that refuses waits for the disk too when it may rest on rows of the same batch', async () => {
    const order: string[] = []
    const first = write(1).then(() => order.push('written'))
    const second = write(1).catch(() => order.push('refused'))
    await Promise.all([first, second])
    expect(order).toEqual(['written', 'refused'])
  })
})

describe('a failure', () => {
  it('in one of 32 concurrent transactions leaves the other 31', async () => {
    const results = await Promise.allSettled(upTo(32).map(id => write(id, id === 9 ? fail : ignore)))
    expect(results.filter(result => result.status === 'rejected')).toHaveLength(1)
    expect(ids()).toEqual(upTo(32).filter(id => id !== 9))
    expect(count('commit')).toBe(1)
  })

  it('of the first alone ends its batch, and the next opens a new one', async () => {
    await expect(write(1, fail)).rejects.toThrow('no')
    await write(2)
    expect(ids()).toEqual([2])
    expect(writer.commands).toEqual(['begin immediate', 'rollback', 'begin immediate', 'commit'])
  })

  it('of the COMMIT fails all who were in it, and only them', async () => {
    const orphan = async () => {
      const transaction = await commits.begin(ignore)
      commits.run(transaction, 'pragma defer_foreign_keys = on', [])
      commits.run(transaction, 'insert into notes (id, parent) values (2, 99)', [])
      await commits.commit(transaction)
    }
    const results = await Promise.allSettled([write(1), orphan(), write(3)])
    expect(results.map(result => result.status)).toEqual(['rejected', 'rejected', 'rejected'])
    await write(4)
    expect(ids()).toEqual([4])
  })

  it('by which SQLite rolls back everything fails all who were in the batch', async () => {
    const collide = async () => {
      const transaction = await commits.begin(ignore)
      try {
        commits.run(transaction, 'insert or rollback into notes (id) values (1)', [])
      } catch (error) {
        await commits.rollBack(transaction).catch(ignore)
        throw error
      }
    }
    const results = await Promise.allSettled([write(1), collide(), write(3)])
    expect(results.map(result => result.status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(ids()).toEqual([3])
  })

  it('by which SQLite rolls back everything does not hold up the next, whatever the one who met it is doing', async () => {
    await write(1)
    const transaction = await commits.begin(ignore)
    expect(() => commits.run(transaction, 'insert or rollback into notes (id) values (1)', [])).toThrow(
      'UNIQUE',
    )
    await write(2)
    expect(ids()).toEqual([1, 2])
    await expect(commits.commit(transaction)).rejects.toThrow('one of its queries failed')
  })

  it('of a query is the last word: the transaction answers no other and cannot be committed', async () => {
    await write(1)
    const transaction = await commits.begin(ignore)
    expect(() => commits.run(transaction, insert, [1])).toThrow('UNIQUE')
    expect(() => commits.run(transaction, insert, [2])).toThrow('one of its queries failed')
    await expect(commits.commit(transaction)).rejects.toThrow('one of its queries failed')
    expect(ids()).toEqual([1])
  })
})

describe('a transaction that awaits something else', () => {
  it('is rolled back when the event loop turns, and its later queries are refused', async () => {
    let abandoned: Error | undefined
    const transaction = await commits.begin(reason => {
      abandoned = reason
    })
    commits.run(transaction, insert, [1])
    const others = [write(2), write(3)]
    await wait(5)
    expect(abandoned?.message).toContain('await nothing but its own queries')
    expect(() => commits.run(transaction, insert, [4])).toThrow('await nothing but its own queries')
    await expect(commits.commit(transaction)).rejects.toThrow('await nothing but its own queries')
    await Promise.all(others)
    expect(ids()).toEqual([2, 3])
  })

  it('does not take those along who finished before it', async () => {
    const finished = write(1)
    const stuck = await commits.begin(ignore)
    commits.run(stuck, insert, [2])
    await finished
    expect(ids()).toEqual([1])
  })
})

describe('close', () => {
  it('keeps who had finished and nothing of whom it finds in the middle, and refuses who still waits', async () => {
    const finished = write(1)
    let abandoned: Error | undefined
    const caught = await commits.begin(reason => {
      abandoned = reason
    })
    commits.run(caught, insert, [2])
    const waiting = write(3)
    commits.close()
    await finished
    await expect(waiting).rejects.toThrow('was closed')
    expect(abandoned?.message).toContain('was closed')
    expect(() => commits.run(caught, insert, [4])).toThrow('was closed')
    await expect(commits.lend()).rejects.toThrow('was closed')
    expect(ids()).toEqual([1])
  })
})

describe('durability', () => {
  it('keeps every answered row of a process that is killed', async () => {
    const url = `sqlite:${join(folder, 'killed.db')}`
    await migrated(url)
    const child = spawn(process.execPath, [join(import.meta.dirname, 'writing-process.ts'), url])
    const answered = await linesUntilKilled(child, 300)
    const db = await openDatabase(url)
    const kept = new Set((await db.selectFrom('jobs').select('id').execute()).map(row => row.id))
    await closeDatabase(db)
    expect(answered.length).toBeGreaterThanOrEqual(300)
    expect(answered.filter(id => !kept.has(id))).toEqual([])
  })
})

async function migrated(url: string): Promise<void> {
  const db = await openDatabase(url)
  await migrateToLatest(db)
  await closeDatabase(db)
}

/** What the child had printed in whole lines when it was killed, some time after so many of them. */
async function linesUntilKilled(child: ChildProcess, enough: number): Promise<string[]> {
  let printed = ''
  let errors = ''
  child.stderr?.on('data', chunk => {
    errors += chunk
  })
  child.stdout?.on('data', chunk => {
    printed += chunk
    if (printed.split('\n').length > enough) child.kill('SIGKILL')
  })
  const signal = await new Promise(resolve => child.once('close', (_, by) => resolve(by)))
  expect({ signal, errors }).toEqual({ signal: 'SIGKILL', errors: '' })
  return printed.split('\n').slice(0, -1)
}
