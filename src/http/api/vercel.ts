// Vercel's side of an installation: its marketplace calls these routes, and understands errors in its own form alone.
import { z } from 'zod'
import { missing, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { domainOfAddress } from '../../domain/domain.ts'
import { authenticateVercel, type Needs } from '../../manage/vercel/authenticate.ts'
import * as installations from '../../manage/vercel/installations.ts'
import { parse, readJson } from './body.ts'
import { explain } from './errors.ts'
import { text, words } from './fields.ts'
import type { ApiContext } from './request.ts'

type Handle = (ctx: Context, caller: installations.VercelCaller, c: ApiContext) => Promise<Response>

/** Where Vercel is not configured there is nothing here; what is refused beyond that is said as Vercel wants it. */
const answering =
  (needs: Needs, handle: Handle) =>
  async (ctx: Context, c: ApiContext): Promise<Response> => {
    if (!ctx.readVercelToken) throw missing()
    try {
      return await handle(ctx, await identify(ctx, c, needs), c)
    } catch (error) {
      const known = explain(error)
      if (!known) throw error
      const { code, detail: message, attr } = known.body
      if (error instanceof Refusal && error.retryAfterSeconds !== undefined)
        c.header('Retry-After', String(error.retryAfterSeconds))
      const fields = attr === null ? {} : { fields: [{ key: attr, message }] }
      return c.json({ error: { code, message, ...fields } }, known.status)
    }
  }

const identify = (ctx: Context, c: ApiContext, needs: Needs) =>
  authenticateVercel(ctx, needs, {
    authorization: c.req.header('authorization'),
    form: c.req.header('x-vercel-auth'),
    installationId: c.req.param('installation') ?? '',
    origin: { ip: c.get('ip'), requestId: c.get('requestId') },
  })

const name = text(200).optional()
const address = text(254, z.string().trim().toLowerCase()).refine(
  value => domainOfAddress(value) !== undefined,
  'Expected an e-mail address',
)
const wish = z.object({
  scopes: z.array(text(200)).max(100).default([]),
  acceptedPolicies: z.record(text(200), z.json()).default({}),
  credentials: z.object({ access_token: words(4096), token_type: text(40).default('Bearer') }),
  account: z.object({
    name,
    url: text(2000).default(''),
    contact: z.object({ email: address, name }),
  }),
})
const plan = z.object({ billingPlanId: z.literal(installations.billingPlan.id).optional() })

export const upsert = answering({ forms: ['user'], isWrite: true }, async (ctx, caller, c) => {
  await installations.upsertInstallation(ctx, caller, parse(wish, await readJson(c)))
  return c.json({ billingPlan: installations.billingPlan })
})

export const update = answering({ forms: ['user', 'system'], isWrite: true }, async (ctx, caller, c) => {
  const shown = await installations.readInstallation(ctx, caller)
  parse(plan, await readJson(c))
  return c.json(shown)
})

export const show = answering({ forms: ['user', 'system'], isWrite: false }, async (ctx, caller, c) =>
  c.json(await installations.readInstallation(ctx, caller)),
)

export const remove = answering({ forms: ['user', 'system'], isWrite: true }, async (ctx, caller, c) =>
  c.json(await installations.endInstallation(ctx, caller)),
)
