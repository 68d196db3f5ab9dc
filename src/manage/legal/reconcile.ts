// The chore for what got lost on the way: a webhook that never came, a delivery that was given up.
import type { Context } from '../../context.ts'
import { transact } from '../../store/db.ts'
import { listUnfinishedDocuments } from '../../store/organization/legal-documents.ts'
import { isWaiting } from '../../store/records/outbox.ts'
import { goOn } from './onward.ts'

const batchSize = 50
const quietMs = 30 * 60 * 1000

/** Yields after each document. */
export async function* reconcileDocuments(ctx: Context): AsyncGenerator<void> {
  const before = new Date(ctx.now().getTime() - quietMs).toISOString()
  let after = ''
  for (;;) {
    const documents = await listUnfinishedDocuments(ctx.db, { after, before, limit: batchSize })
    for (const document of documents) {
      if (!(await isWaiting(ctx.db, document.id))) await transact(ctx.db, tx => goOn(ctx, tx, document))
      yield
    }
    if (documents.length < batchSize) return
    after = documents.at(-1)?.id ?? after
  }
}
