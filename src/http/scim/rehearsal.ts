// A request as it would be answered now, down the same road as a real one, with nothing of it remaining.
import { newId } from '../../base/id.ts'
import { invalid } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { type Rehearsal, rehearsePush, requireLiveToken } from '../../provision/dry-run.ts'
import { refusalFor } from '../../provision/fault.ts'
import { kindsOf } from '../../provision/kinds.ts'
import { tellOutcome } from '../../provision/log/outcome.ts'
import type { ScimError } from '../../scim/errors.ts'
import type { Quirk } from '../../scim/quirks.ts'
import { BodyTooLarge } from '../request.ts'
import { readAddress } from './address.ts'
import { pushOf } from './authenticate.ts'
import { type Admitted, type Call, newCall, type Sent } from './call.ts'
import { errorReply, type Reply } from './reply.ts'
import { serveAdmitted } from './serve.ts'

/** What somebody wants to try. */
export interface Trial {
  readonly domainId: string
  readonly method: string
  /** Below the domain's base URL, with its query: `/Users/0190…`. */
  readonly path: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** The last characters of the token that it would come with; of another one where that has ended. */
  readonly tokenHint: string | null
}

export interface Tried {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON; of long lists the beginning. */
  readonly text: string | null
  readonly outcome: string
  readonly quirks: readonly Quirk[]
  readonly happened: Rehearsal<unknown>['happened']
  readonly tokenHint: string
}

export async function tryRequest(ctx: Context, trial: Trial): Promise<Tried> {
  const token = await requireLiveToken(ctx, { domainId: trial.domainId, hint: trial.tokenHint })
  const kinds = await kindsOf(ctx, token.domain)
  const sent = sentAs(trial)
  const begin = (own: Context): Admitted => {
    const call = newCall(own, sent, addressOf(ctx, trial))
    return { ...call, kinds, push: { ...pushOf(call, token), isRehearsal: true } }
  }
  let call = begin(ctx)
  refuseBulk(call)
  const serve = (own: Context) => {
    call = begin(own)
    return serveAdmitted(call)
  }
  try {
    const rehearsal = isReading(call)
      ? { answer: await serve(ctx), happened: [] }
      : await rehearsePush(ctx, call.push, serve)
    return told(call, rehearsal)
  } catch (error) {
    const refusal = refusalFor(ctx, sent.requestId, error)
    return told(call, { answer: errorReply(refusal), happened: [] }, refusal)
  }
}

const addressOf = ({ config }: Context, { domainId, path }: Trial) =>
  readAddress(`${config.baseUrl}/scim/v2/${domainId}${path}`)

/** Held in memory, so that a transaction awaits nothing when it reads it. */
function sentAs({ method, headers, body }: Trial): Sent {
  const bytes = new TextEncoder().encode(body)
  return {
    method,
    requestId: newId(),
    ip: null,
    header: name => headers.get(name),
    readBody: async mostBytes => {
      if (bytes.byteLength > mostBytes) throw new BodyTooLarge(mostBytes)
      return bytes
    },
  }
}

function refuseBulk({ address: { parts } }: Call): void {
  if (parts[0]?.toLowerCase() !== 'bulk') return
  throw invalid(
    'bulk',
    'A bulk is done operation by operation, each in a transaction of its own; try its operations one by one.',
    'path',
  )
}

const isReading = ({ sent, address }: Call): boolean =>
  sent.method === 'GET' || address.parts.at(-1)?.toLowerCase() === '.search'

function told({ push, story }: Admitted, { answer, happened }: Rehearsal<Reply>, refusal?: ScimError): Tried {
  const { status, headers, text, excerpt } = answer
  return {
    status,
    headers,
    text: typeof text === 'string' ? text : (excerpt ?? null),
    outcome: tellOutcome(story, refusal?.message),
    quirks: [...push.leniency.noted],
    happened,
    tokenHint: push.token.hint,
  }
}
