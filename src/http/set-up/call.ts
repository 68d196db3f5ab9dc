// One request of whoever has opened a set-up link.
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import type { SetUp } from '../../manage/set-up/open.ts'
import type { Lifecycle } from '../lifecycle.ts'
import type { HttpEnv } from '../request.ts'

export interface SetUpCall {
  readonly ctx: Context
  readonly c: HonoContext<HttpEnv>
  readonly lifecycle: Lifecycle
  /** Of the link. */
  readonly secret: string
  readonly setUp: SetUp
  /** What the forms of its pages carry. */
  readonly csrfToken: string
  readonly form: URLSearchParams
}

export const basePath = '/set-up'
export const logPath = `${basePath}/scim-log`
