// Vercel's side of an installation: its marketplace calls these routes, and understands errors in its own form alone.
import { z } from 'zod'
import { missing, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { authenticateVercel, type Needs } from '../../manage/vercel/authenticate.ts'
import * as installations from '../../manage/vercel/installations.ts'
import { explain } from './mount/errors.ts'
import { address, text, words } from './mount/fields.ts'
import { type Call, ofAnybody } from './mount/operation.ts'
import type { ApiContext } from './mount/request.ts'

/** Where Vercel is not configured there is nothing here; what is refused beyond that is said as Vercel wants it. */
const answering =
  <Body, Gives>(
    needs: Needs,
    handle: (
      ctx: Context,
      caller: installations.VercelCaller,
      call: Call<undefined, unknown, Body>,
    ) => Promise<Gives>,
  ) =>
  async (ctx: Context, call: Call<undefined, unknown, Body>): Promise<Gives | Response> => {
    const { c } = call
    if (!ctx.readVercelToken) throw missing()
    try {
      return await handle(ctx, await identify(ctx, c, needs), call)
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
const wish = z.object({
  scopes: z.array(text(200)).max(100).default([]),
  acceptedPolicies: z.record(text(200), z.unknown()).default({}),
  credentials: z.object({ access_token: words(4096), token_type: text(40).default('Bearer') }),
  account: z.object({
    name,
    url: text(2000).default(''),
    contact: z.object({ email: address, name }),
  }),
})
const plan = z.object({ billingPlanId: z.literal(installations.billingPlan.id).optional() })

const refusal = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      fields: z.array(z.object({ key: z.string(), message: z.string() })).optional(),
    }),
  })
  .meta({ id: 'VercelError' })

const installation = z
  .object({
    billingPlan: z.object({
      id: z.string(),
      type: z.string(),
      name: z.string(),
      scope: z.string(),
      description: z.string(),
      paymentMethodRequired: z.boolean(),
    }),
  })
  .meta({ id: 'VercelInstallation' })

export const upsert = ofAnybody({
  id: 'upsertVercelInstallation',
  summary: 'Vercel installs, which makes an organization, or updates what it said',
  body: wish,
  answer: installation,
  refusal,
  proof: 'vercelToken',
  run: answering({ forms: ['user'], isWrite: true }, async (ctx, caller, { body }) => {
    await installations.upsertInstallation(ctx, caller, await body())
    return { billingPlan: installations.billingPlan }
  }),
})

export const update = ofAnybody({
  id: 'updateVercelInstallation',
  summary: 'Vercel chooses a plan; there is one',
  body: plan,
  answer: installation,
  refusal,
  proof: 'vercelToken',
  run: answering({ forms: ['user', 'system'], isWrite: true }, async (ctx, caller, { body }) => {
    const shown = await installations.readInstallation(ctx, caller)
    await body()
    return shown
  }),
})

export const show = ofAnybody({
  id: 'getVercelInstallation',
  summary: 'Vercel looks at an installation',
  answer: installation,
  refusal,
  proof: 'vercelToken',
  run: answering({ forms: ['user', 'system'], isWrite: false }, (ctx, caller) =>
    installations.readInstallation(ctx, caller),
  ),
})

export const remove = ofAnybody({
  id: 'deleteVercelInstallation',
  summary: 'Vercel ends an installation; the organization stays',
  answer: z.object({ finalized: z.boolean() }),
  refusal,
  proof: 'vercelToken',
  run: answering({ forms: ['user', 'system'], isWrite: true }, (ctx, caller) =>
    installations.endInstallation(ctx, caller),
  ),
})
