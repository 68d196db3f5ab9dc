// `migrate`: brings the database up to date and says so.

import type { Environment } from '../config.ts'
import { withContext } from './open.ts'
import { say } from './output.ts'

export const migrateCommand = (env: Environment) => (): Promise<void> =>
  withContext(env, async () => say('The database is up to date.'))
