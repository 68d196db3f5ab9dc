// Trying at once what is stuck about a document, or was given up: its mail, its envelope, its file.
import { missing, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { transact } from '../../store/db.ts'
import { lockLegalDocument } from '../../store/organization/legal-documents.ts'
import { isWaiting, reviveItemsAbout } from '../../store/records/outbox.ts'
import { record } from '../audit.ts'
import { type Caller, holdLevel, requireLevel } from '../caller.ts'
import { documentTarget } from './facts.ts'
import { goOn } from './onward.ts'

export async function retryDocument(ctx: Context, caller: Caller, id: string): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    requireLevel(await holdLevel(tx, caller), 'admin')
    const document = await lockLegalDocument(tx, caller.organizationId, id)
    if (!document) throw missing()
    const isRevived = await reviveItemsAbout(tx, id, now)
    if (!isRevived && ((await isWaiting(tx, id)) || !(await goOn(ctx, tx, document))))
      throw new Refusal(
        'conflict',
        'nothing_to_retry',
        'Nothing about this document is stuck: it is being worked on at this moment, or waits for whoever signs.',
      )
    await record(tx, caller, {
      action: 'legal_document.retried',
      target: documentTarget(document),
      changes: {},
      now,
    })
  })
}
