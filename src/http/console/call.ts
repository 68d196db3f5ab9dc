// One request of a signed-in person to the console.
import type { Context as HonoContext } from 'hono'
import { readId } from '../../base/id.ts'
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import type { readSessionAccount } from '../../manage/account.ts'
import type { Caller, Principal } from '../../manage/caller.ts'
import type { Lifecycle } from '../lifecycle.ts'
import type { HttpEnv } from '../request.ts'

type Account = Awaited<ReturnType<typeof readSessionAccount>>

export interface ConsoleCall {
  readonly ctx: Context
  readonly c: HonoContext<HttpEnv>
  readonly lifecycle: Lifecycle
  readonly principal: Principal
  readonly account: Account
  /** What the forms of its pages carry. */
  readonly csrfToken: string
  readonly form: URLSearchParams
}

/** The same within the organization that they look at. */
export interface OrganizationCall extends ConsoleCall {
  readonly caller: Caller
}

/** A malformed id names nothing. */
export function idIn({ c }: ConsoleCall, name: string): string {
  const id = readId(c.req.param(name) ?? '')
  if (id === undefined) throw missing()
  return id
}
