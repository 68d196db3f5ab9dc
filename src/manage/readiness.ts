// Whether the server can do its work: the database answers, and its tables are those this version knows.

import type { Context } from '../context.ts'
import { isUpToDate } from '../store/migrate.ts'

export type Readiness = 'ready' | 'migrations are missing' | 'the database does not answer'

export async function readReadiness(ctx: Context): Promise<Readiness> {
  try {
    return (await isUpToDate(ctx.db)) ? 'ready' : 'migrations are missing'
  } catch (error) {
    ctx.log.warn({ error }, 'the database does not answer')
    return 'the database does not answer'
  }
}
