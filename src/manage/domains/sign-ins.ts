// Reading the log of sign-ins of a domain: a page or a stream, each refusal with who must change what.
import type { Context } from '../../context.ts'
import { countSignIns, listSignIns, type SignIn, type SignInSearch } from '../../store/sign-in/sign-ins.ts'
import { viewSignIn } from '../sign-ins/view.ts'

export async function readSignIns(
  ctx: Context,
  domainId: string,
  { search, limit, offset }: { search: SignInSearch; limit: number; offset: number },
) {
  const count = await countSignIns(ctx.db, { domainId }, search)
  const rows = await listSignIns(ctx.db, { domainId }, { search, limit, offset })
  return { count, results: rows.map(viewSignIn) }
}

const batchSize = 100

/** Everything that matches, newest first, a batch at a time. */
export async function* streamSignIns(ctx: Context, domainId: string, search: SignInSearch) {
  let last: SignIn | undefined
  do {
    const rows = await listSignIns(ctx.db, { domainId }, { search, limit: batchSize, beforeId: last?.id })
    yield* rows.map(viewSignIn)
    last = rows[batchSize - 1]
  } while (last)
}
