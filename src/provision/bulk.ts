// Works off a bulk (RFC 7644 §3.7): each operation by the verb of the single call, in a transaction of its own.
import { newId } from '../base/id.ts'
import type { Context } from '../context.ts'
import type { Resolve } from '../scim/bulk/references.ts'
import {
  type Bulk,
  type BulkEntry,
  type BulkResult,
  bulkResponse,
  makersIn,
  orderBulk,
  readBulk,
} from '../scim/bulk.ts'
import { conflict, invalidValue, ScimError } from '../scim/errors.ts'
import { quote } from '../scim/resource.ts'
import { type Db, transact } from '../store/db.ts'
import { perform, refuse } from './bulk/operation.ts'
import { refusalFor } from './fault.ts'
import type { Kind } from './kind.ts'
import { newStory, type Step } from './log/outcome.ts'
import { baseUrlOf, type Push } from './push.ts'

/** Positions in the bulk with what became of the operations there. */
export type Results = ReadonlyMap<number, BulkResult>

interface Work {
  readonly kinds: readonly Kind[]
  readonly bulk: Bulk
  /** What is done already; filled on the way. */
  readonly results: Map<number, BulkResult>
  /** Keeps results in the transaction that brought them about. */
  readonly keep?: (tx: Db, results: Results) => Promise<void>
}

/** The BulkResponse as text. */
export async function runBulk(
  ctx: Context,
  push: Push,
  { kinds, body }: { kinds: readonly Kind[]; body: unknown },
): Promise<string> {
  const bulk = readBulk(body, push.leniency)
  const results = new Map<number, BulkResult>()
  for await (const _ of workOff(ctx, push, { kinds, bulk, results }));
  tellBulk(push, bulk, results)
  return answerOf(results)
}

/** In the order of the request; what was left undone is left out. */
export const answerOf = (results: Results): string =>
  JSON.stringify(bulkResponse([...results].sort(([a], [b]) => a - b).map(([, result]) => result)))

export function tellBulk({ story }: Push, { entries }: Bulk, results: Results): void {
  const refused = [...results.values()].filter(isRefusal).length
  const undone = entries.length - results.size
  story.deed =
    `Worked off ${results.size} of ${entries.length} operations` +
    (refused > 0 ? `, ${refused} of them refused` : '') +
    (undone > 0 ? `, and left ${undone} undone after so many errors` : '')
}

/** Yields after each operation, or each circle of operations. */
export async function* workOff(ctx: Context, push: Push, work: Work): AsyncGenerator<void> {
  const { bulk, results } = work
  const resolve = newResolve(bulk, results)
  for (const positions of orderBulk(bulk)) {
    if (isOver(bulk, results)) return
    if (positions.every(at => results.has(at))) continue
    for (const [at, result] of await workTogether(ctx, push, { ...work, resolve, positions }))
      results.set(at, result)
    yield
  }
}

/** What is not done yet, refused. */
export function refuseRest(
  { entries }: Bulk,
  { results, refusal, baseUrl }: { results: Results; refusal: ScimError; baseUrl: string },
): Results {
  return new Map(
    entries.flatMap((entry, at): [number, BulkResult][] =>
      results.has(at) ? [] : [[at, refuse(entry, refusal, baseUrl)]],
    ),
  )
}

const isOver = ({ failOnErrors }: Bulk, results: Results): boolean =>
  failOnErrors !== undefined && [...results.values()].filter(isRefusal).length >= failOnErrors

const isRefusal = ({ status }: BulkResult) => Number(status) >= 400

/** Ids are given before the resources are made, so that two of them can refer to each other. */
function newResolve({ entries }: Bulk, results: Results): Resolve {
  const makers = makersIn(entries)
  const ids = new Map<string, string>()
  return bulkId => {
    const maker = makers.get(bulkId)
    if (maker === undefined)
      throw invalidValue(`No operation of this bulk makes ${quote(`bulkId:${bulkId}`)}.`)
    const made = results.get(maker)
    if (made && isRefusal(made))
      throw conflict(`${quote(`bulkId:${bulkId}`)} was not made: operation ${maker + 1} was refused.`)
    const id = ids.get(bulkId) ?? made?.location?.split('/').at(-1) ?? newId()
    ids.set(bulkId, id)
    return id
  }
}

type Together = Work & { readonly resolve: Resolve; readonly positions: readonly number[] }

/** One transaction; operations that refer to each other in a circle succeed together or not at all. */
async function workTogether(ctx: Context, push: Push, work: Together): Promise<Results> {
  const { kinds, bulk, positions, resolve, keep } = work
  const steps = new Map<number, Step>()
  try {
    const done = await transact(ctx.db, async tx => {
      const done = new Map<number, BulkResult>()
      for (const at of positions) {
        const story = newStory()
        steps.set(at, { story })
        const own = { ...push, story, txn: `${push.txn}:${at}` }
        done.set(at, await perform({ ...ctx, db: tx }, own, { kinds, entry: entryAt(bulk, at), resolve }))
      }
      await keep?.(tx, done)
      return done
    })
    note(push, steps)
    return done
  } catch (error) {
    const cause = refusalFor(ctx, push.actor.requestId, error)
    const refusal = isCircle(bulk, positions) ? circular(positions, cause) : cause
    note(push, steps, refusal.message)
    const baseUrl = baseUrlOf(ctx, push.token.domain.id)
    const refused = new Map(positions.map(at => [at, refuse(entryAt(bulk, at), refusal, baseUrl)]))
    if (keep) await transact(ctx.db, tx => keep(tx, refused))
    return refused
  }
}

function note({ story }: Push, steps: ReadonlyMap<number, Step>, refusal?: string): void {
  story.steps ??= new Map()
  for (const [at, step] of steps) story.steps.set(at, { ...step, refusal })
}

function entryAt({ entries }: Bulk, at: number): BulkEntry {
  const entry = entries[at]
  if (!entry) throw new Error(`expected ${entries.length} operations, but one at ${at} was asked for`)
  return entry
}

function isCircle(bulk: Bulk, positions: readonly number[]): boolean {
  if (positions.length > 1) return true
  return positions.some(at => {
    const { bulkId, operation } = entryAt(bulk, at)
    return bulkId !== undefined && !(operation instanceof ScimError) && operation.references.has(bulkId)
  })
}

const circular = (positions: readonly number[], { message }: ScimError) =>
  conflict(
    `Operations that refer to each other in a circle (${positions.map(at => at + 1).join(', ')}) are done together or not at all: ${message}`,
  )
