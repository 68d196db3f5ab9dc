// A process that brings a database up to date and says so; the test starts two at once.

import { closeDatabase, openDatabase } from '../../src/store/db.ts'
import { isUpToDate, migrateToLatest } from '../../src/store/migrate.ts'

const [url = ''] = process.argv.slice(2)
const db = await openDatabase(url)
await migrateToLatest(db)
process.stdout.write(String(await isUpToDate(db)))
await closeDatabase(db)
