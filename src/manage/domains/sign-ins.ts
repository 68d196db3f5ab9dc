// Reading the log of sign-ins of a domain: a page or a stream, each refusal with who must change what.
import type { Context } from '../../context.ts'
import { adviseOn } from '../../saml/advice.ts'
import type { RefusalCode } from '../../saml/refusal.ts'
import { countSignIns, listSignIns, type SignIn, type SignInSearch } from '../../store/sign-in/sign-ins.ts'

export type { SignInSearch }

export async function readSignIns(
  ctx: Context,
  domainId: string,
  { search, limit, offset }: { search: SignInSearch; limit: number; offset: number },
) {
  const count = await countSignIns(ctx.db, domainId, search)
  const rows = await listSignIns(ctx.db, domainId, { search, limit, offset })
  return { count, results: rows.map(view) }
}

const batchSize = 100

/** Everything that matches, newest first, a batch at a time. */
export async function* streamSignIns(ctx: Context, domainId: string, search: SignInSearch) {
  let last: SignIn | undefined
  do {
    const after = last ? { beforeId: last.id } : {}
    const rows = await listSignIns(ctx.db, domainId, { search, limit: batchSize, ...after })
    yield* rows.map(view)
    last = rows[batchSize - 1]
  } while (last)
}

interface Step {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'not_reached'
  readonly expected: string | null
  readonly got: string | null
}

const view = (row: SignIn) => {
  const steps = JSON.parse(row.steps) as Step[]
  return {
    id: row.id,
    trace_id: row.trace_id,
    created_at: row.created_at,
    kind: row.kind,
    outcome: row.outcome,
    code: row.code,
    advice: adviceFor(row, steps),
    email: row.email,
    name_id: row.name_id,
    person_id: row.person_id,
    steps,
    attributes: JSON.parse(row.attributes) as Record<string, string[]>,
    certificate_fingerprint: row.certificate_fingerprint,
    idp_clock_offset_ms: row.idp_clock_offset_ms,
    duration_ms: row.duration_ms,
    ip: row.ip,
    response_xml: row.response_xml,
  }
}

/** The check that failed says what was expected and what came. */
function adviceFor({ code }: SignIn, steps: readonly Step[]): string | null {
  if (code === null) return null
  const failed = steps.find(step => step.outcome === 'failed')
  const refusal = { code: code as RefusalCode, expected: failed?.expected ?? '', got: failed?.got ?? '' }
  return adviseOn(refusal).forAdmin
}
