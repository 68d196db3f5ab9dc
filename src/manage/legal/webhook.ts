// What PandaDoc tells us: signed by a shared key, one event or several, perhaps not for the first time.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { isSignedWebhook } from '../../outside/pandadoc.ts'
import { transact } from '../../store/db.ts'
import { lockDocumentByEnvelope, markDocumentOpened } from '../../store/organization/legal-documents.ts'
import { enqueueFollowing, type Milestone } from './envelope.ts'

/** A key that is not configured, and a signature that is not right, are answered alike. */
export function requireSignature(
  { config }: Context,
  { body, signature }: { body: Uint8Array; signature: string | undefined },
): void {
  const key = config.pandadocWebhookKey
  if (key === '' || signature === undefined || !isSignedWebhook(key, body, signature)) throw missing()
}

/** How many of the events were about a document of ours. */
export async function receiveEvents(ctx: Context, events: unknown): Promise<number> {
  let matched = 0
  for (const event of Array.isArray(events) ? events : [events])
    if (await receive(ctx, readEvent(event))) matched += 1
  return matched
}

interface Event {
  readonly envelopeId: unknown
  readonly state: unknown
}

function readEvent(event: unknown): Event {
  const data = new Map(Object.entries(Object(new Map(Object.entries(Object(event))).get('data'))))
  return { envelopeId: data.get('id'), state: data.get('status') }
}

const isMilestone = (state: unknown): state is Milestone =>
  state === 'document.draft' || state === 'document.completed'

async function receive(ctx: Context, { envelopeId, state }: Event): Promise<boolean> {
  if (typeof envelopeId !== 'string' || envelopeId.includes('\0')) return false
  return transact(ctx.db, async tx => {
    const document = await lockDocumentByEnvelope(tx, envelopeId)
    if (document && document.status !== 'signed' && isMilestone(state))
      await enqueueFollowing(ctx, tx, { document, reached: state })
    if (document && state === 'document.viewed')
      await markDocumentOpened(tx, document, ctx.now().toISOString())
    return document !== undefined
  })
}
