// Invites over HTTP: those of an organization, and the answer of whoever has the link of one.
import { z } from 'zod'
import { invalid, Refusal, within } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { authenticateKey, authenticateSession, type Caller, type Principal } from '../../manage/caller.ts'
import { acceptInvite, readInvitation } from '../../manage/invites/accept.ts'
import { delegateSetup } from '../../manage/invites/delegate.ts'
import * as invites from '../../manage/invites.ts'
import { readSessionCookie } from '../cookies.ts'
import { refuseOtherSites } from '../own-pages.ts'
import { bearerIn } from './authenticate.ts'
import { kindOf, parse, readJson, readJsonList } from './body.ts'
import { address, level, text, words } from './fields.ts'
import { readSlice, sliceOf } from './paging.ts'
import { type ApiContext, readParam, readPathId } from './request.ts'

const largestProjectId = 2 ** 31 - 1
const projectAccess = z.object({
  id: z.int().min(1).max(largestProjectId),
  level: z.enum(['member', 'admin']),
})

/** Text that may as well be missing. */
const optionalText = (max: number) =>
  text(max, z.string().trim())
    .nullish()
    .transform(value => value ?? '')

const inviteFields = z.object({
  target_email: address,
  first_name: optionalText(30),
  level: level([1, 8, 15]).default(1),
  message: optionalText(1000),
  private_project_access: z
    .array(projectAccess)
    .max(1000)
    .nullish()
    .transform(access => access ?? []),
  send_email: z.boolean().default(true),
  combine_pending_invites: z.boolean().default(false),
})
const delegationFields = z.object({
  target_email: address,
  message: optionalText(1000),
  step_at_delegation: optionalText(64),
})
const mostAtOnce = 20

export async function list(ctx: Context, caller: Caller, c: ApiContext) {
  const slice = readSlice(ctx, c)
  return c.json(sliceOf(slice, await invites.readInvites(ctx, caller, slice)))
}

export async function create(ctx: Context, caller: Caller, c: ApiContext) {
  await invites.requireInviter(ctx, caller)
  const wish = parse(inviteFields, await readJson(c))
  return c.json(await invites.createInvite(ctx, caller, wish), 201)
}

export async function createMany(ctx: Context, caller: Caller, c: ApiContext) {
  await invites.requireInviter(ctx, caller)
  const items = await readJsonList(c)
  if (items.length === 0) throw invalid('required', 'Expected at least one invite.')
  if (items.length > mostAtOnce)
    throw invalid('max_length', `Expected at most ${mostAtOnce} invites, got ${items.length}.`)
  return c.json(await invites.createInvites(ctx, caller, items.map(parseItem)), 201)
}

function parseItem(item: unknown, place: number) {
  try {
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) return parse(inviteFields, item)
    throw invalid('invalid_input', `Expected an object, got ${kindOf(item)}.`)
  } catch (error) {
    throw error instanceof Refusal ? within(String(place), error) : error
  }
}

export async function remove(ctx: Context, caller: Caller, c: ApiContext) {
  await invites.removeInvite(ctx, caller, readPathId(c, 'id'))
  return c.body(null, 204)
}

export async function delegate(ctx: Context, caller: Caller, c: ApiContext) {
  const wish = parse(delegationFields, await readJson(c))
  return c.json(await delegateSetup(ctx, caller, wish))
}

const answerFields = z.object({ token: words(128) })

export async function showInvitation(ctx: Context, c: ApiContext) {
  const token = readParam(c, 'token')
  if (token === undefined) throw invalid('required', 'Expected the token of the link.', 'token')
  return c.json(await readInvitation(ctx, token))
}

export async function accept(ctx: Context, c: ApiContext) {
  refuseOtherSites(c, ctx.config)
  const { token } = parse(answerFields, await readJson(c))
  const principal = await findPrincipal(ctx, c)
  const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
  return c.json(await acceptInvite(ctx, { token, person: principal?.person, origin }))
}

/** Whoever answers may be signed in, but need not be; the cookie of a session that has ended says nothing. */
async function findPrincipal(ctx: Context, c: ApiContext): Promise<Principal | undefined> {
  const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
  const header = c.req.header('authorization')
  if (header !== undefined) return authenticateKey(ctx, bearerIn(header), origin)
  const secret = readSessionCookie(c, ctx.config)
  return secret ? authenticateSession(ctx, secret, origin).catch(ignoreEnded) : undefined
}

function ignoreEnded(error: unknown): undefined {
  if (!(error instanceof Refusal && error.kind === 'unauthenticated')) throw error
}
