// Integrations over HTTP, for the members of their organization.
import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { Caller } from '../../manage/caller.ts'
import * as integrations from '../../manage/integrations.ts'
import { parse, readJson } from './body.ts'
import { words } from './fields.ts'
import { readSlice, sliceOf } from './paging.ts'
import { type ApiContext, readPathId } from './request.ts'

const project = z.int().min(1).max(2_147_483_647)
const mapping = z.object({
  production: project,
  preview: project.optional(),
  development: project.optional(),
})
const linking = z.object({
  kind: z.literal('vercel'),
  code: words(1000),
  redirect_uri: words(1000),
})

export async function list(ctx: Context, caller: Caller, c: ApiContext) {
  const slice = readSlice(ctx, c)
  return c.json(sliceOf(slice, await integrations.readIntegrations(ctx, caller, slice)))
}

export async function link(ctx: Context, caller: Caller, c: ApiContext) {
  const { code, redirect_uri: redirectUri } = parse(linking, await readJson(c))
  return c.json(await integrations.linkVercel(ctx, caller, { code, redirectUri }), 201)
}

export async function show(ctx: Context, caller: Caller, c: ApiContext) {
  return c.json(await integrations.readIntegration(ctx, caller, readPathId(c, 'id')))
}

export async function remove(ctx: Context, caller: Caller, c: ApiContext) {
  await integrations.removeIntegration(ctx, caller, readPathId(c, 'id'))
  return c.body(null, 204)
}

export async function mapEnvironments(ctx: Context, caller: Caller, c: ApiContext) {
  const id = readPathId(c, 'id')
  await integrations.readIntegration(ctx, caller, id)
  const wish = parse(mapping, await readJson(c))
  return c.json(await integrations.mapEnvironments(ctx, caller, { id, wish }))
}
