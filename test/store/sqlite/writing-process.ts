// A process that writes without end, half of it beside its main thread, and prints each id once its write has been answered; the test kills it.

import { newId } from '../../../src/base/id.ts'
import { type Db, openDatabase, transact } from '../../../src/store/db.ts'

const [url = ''] = process.argv.slice(2)
const db = await openDatabase(url)

async function write(isAside: boolean): Promise<never> {
  for (;;) {
    const id = newId()
    const work = async (tx: Db) => {
      const job = {
        id,
        name: 'write',
        key: id,
        payload: '{}',
        attempts: 0,
        leased_until: null,
        last_error: null,
      }
      await tx
        .insertInto('jobs')
        .values({ ...job, run_at: new Date().toISOString() })
        .execute()
    }
    await transact(db, work, { isAside })
    process.stdout.write(`${id}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, (_, at) => write(at % 2 === 0)))
