// Where a domain's steps are taken: in the console with all of them, behind a set-up link with those that it is for.
import type { Context as HonoContext } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { readId } from '../../../base/id.ts'
import { invalid, missing } from '../../../base/refusal.ts'
import type { Context } from '../../../context.ts'
import type { DomainCaller } from '../../../manage/set-up/caller.ts'
import { gotWords } from '../../form.ts'
import type { Lifecycle } from '../../lifecycle.ts'
import type { Markup } from '../../look/page.ts'
import type { HttpEnv } from '../../request.ts'

/** `settings`: what only the organization itself decides, as who may join, and giving the domain up. */
export type Part = 'verify' | 'saml' | 'scim' | 'test' | 'enforce' | 'settings'

export const allParts: ReadonlySet<Part> = new Set(['verify', 'saml', 'scim', 'test', 'enforce', 'settings'])

/** One request to a page or form of the steps, already known to be allowed for its part. */
export interface Workplace {
  readonly ctx: Context
  readonly c: HonoContext<HttpEnv>
  readonly lifecycle: Lifecycle
  readonly caller: DomainCaller
  readonly form: URLSearchParams
  readonly csrfToken: string
  readonly domainId: string
  /** The path of the domain's page; its forms post below it. */
  readonly base: string
  /** Where the domain's SCIM log is, which is followed at `/live` below. */
  readonly log: string
  /** Steps of other parts are not shown. */
  readonly parts: ReadonlySet<Part>
  /** Refuses whoever may not be here any more, for what goes on after its request was let in. */
  requireStillAllowed(): Promise<unknown>
  /** The page in the frame of the place. */
  show(status: ContentfulStatusCode, page: StepPage): Response | Promise<Response>
}

export interface StepPage {
  readonly title: string
  readonly body: Markup
  readonly domain: { readonly id: string; readonly name: string }
  /** Whether every step that it shows has been taken. */
  readonly isDone?: boolean
}

/** Which way a form switches something. One that does not say so switches nothing. */
export function switchIn({ form }: Workplace, name: string): boolean {
  const typed = form.get(name)
  if (typed === 'on' || typed === 'off') return typed === 'on'
  throw invalid('invalid_choice', `Expected "on" or "off", got ${gotWords(typed)}.`, name)
}

/** A malformed id names nothing. */
export function idOf({ c }: Workplace, name: string): string {
  const id = readId(c.req.param(name) ?? '')
  if (id === undefined) throw missing()
  return id
}
