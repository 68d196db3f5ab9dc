// Pushing to a vendor at once what is stuck, or what it has lost.
import { invalid, missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { transact } from '../../store/db.ts'
import { lockIntegration } from '../../store/organization/integrations.ts'
import { isWaiting, reviveItemsAbout } from '../../store/records/outbox.ts'
import { record } from '../audit.ts'
import { type Caller, holdLevel, requireLevel } from '../caller.ts'
import { integrationTarget, mappingOf } from '../vercel/facts.ts'
import { enqueueSecrets } from '../vercel/pushes.ts'

export async function pushAgain(ctx: Context, caller: Caller, id: string): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    requireLevel(await holdLevel(tx, caller), 'admin')
    const integration = await lockIntegration(tx, caller.organizationId, id)
    if (!integration) throw missing()
    if (!mappingOf(integration))
      throw invalid('invalid_input', 'Expected projects to be chosen first; there is nothing to push yet.')
    const isRevived = await reviveItemsAbout(tx, id, now)
    if (!isRevived && !(await isWaiting(tx, id))) await enqueueSecrets(ctx, tx, integration)
    const target = integrationTarget(integration)
    await record(tx, caller, { action: 'integration.pushed_again', target, changes: {}, now })
  })
}
