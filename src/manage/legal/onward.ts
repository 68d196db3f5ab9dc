// What there is to do next about a document, when nothing about it waits any more although something should.
import type { Context } from '../../context.ts'
import type { Db } from '../../store/db.ts'
import type { LegalDocument } from '../../store/organization/legal-documents.ts'
import { enqueueEnvelope, enqueueFollowing } from './envelope.ts'
import { enqueueStoring } from './storing.ts'

/** Whether there was something that can be done without whoever signs: a mail that is lost needs a new link. */
export async function goOn(ctx: Context, tx: Db, document: LegalDocument): Promise<boolean> {
  if (document.stored_at !== null) return false
  if (document.status === 'signed') await enqueueStoring(ctx, tx, { document, now: ctx.now().toISOString() })
  else if (document.provider === 'builtin') return false
  else if (document.envelope_id === null) await enqueueEnvelope(ctx, tx, document)
  else await enqueueFollowing(ctx, tx, { document, reached: 'document.draft' })
  return true
}
