// Going on with a session that is there already: to a place of ours, or to an application with a code for it.
import type { Context } from '../context.ts'
import { transact } from '../store/db.ts'
import { withCode } from './application-code.ts'
import { readNext } from './next.ts'
import type { SignedIn } from './session.ts'

export function goOn(ctx: Context, { session }: SignedIn, next: string | undefined): Promise<string> {
  const place = readNext(next, ctx.config)
  return transact(ctx.db, tx => withCode(tx, ctx, { next: place, sessionId: session.id }))
}
