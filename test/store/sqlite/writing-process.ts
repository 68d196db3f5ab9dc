// A process that writes without end and prints each id once its write has been answered; the test kills it.

import { newId } from '../../../src/base/id.ts'
import { openDatabase, transact } from '../../../src/store/db.ts'

const [url = ''] = process.argv.slice(2)
const db = await openDatabase(url)

async function write(): Promise<never> {
  for (;;) {
    const id = newId()
    await transact(db, async tx => {
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
    })
    process.stdout.write(`${id}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, write))
