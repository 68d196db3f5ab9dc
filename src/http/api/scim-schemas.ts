// The SCIM schemas of a domain over HTTP. What a definition must be is said in scim/registration.ts.
import type { Context } from '../../context.ts'
import type { Caller } from '../../manage/caller.ts'
import { requireDomain } from '../../manage/domains.ts'
import * as schemas from '../../manage/scim-schemas.ts'
import { readJson } from './body.ts'
import { readSlice, sliceOf } from './paging.ts'
import { type ApiContext, readPathId } from './request.ts'

export async function list(ctx: Context, caller: Caller, c: ApiContext) {
  const { id } = await requireDomain(ctx, caller, readPathId(c, 'id'))
  const slice = readSlice(ctx, c)
  return c.json(sliceOf(slice, await schemas.readSchemas(ctx, id, slice)))
}

export async function register(ctx: Context, caller: Caller, c: ApiContext) {
  const { id: domainId } = await requireDomain(ctx, caller, readPathId(c, 'id'))
  const definition = await readJson(c)
  return c.json(await schemas.registerSchema(ctx, caller, { domainId, definition }), 201)
}

export async function show(ctx: Context, caller: Caller, c: ApiContext) {
  return c.json(await schemas.readSchema(ctx, await placeOf(ctx, caller, c)))
}

export async function change(ctx: Context, caller: Caller, c: ApiContext) {
  const place = await placeOf(ctx, caller, c)
  await schemas.readSchema(ctx, place)
  const definition = await readJson(c)
  return c.json(await schemas.changeSchema(ctx, caller, { ...place, definition }))
}

export async function remove(ctx: Context, caller: Caller, c: ApiContext) {
  await schemas.removeSchema(ctx, caller, await placeOf(ctx, caller, c))
  return c.body(null, 204)
}

async function placeOf(ctx: Context, caller: Caller, c: ApiContext) {
  const { id: domainId } = await requireDomain(ctx, caller, readPathId(c, 'id'))
  return { domainId, urn: c.req.param('urn') ?? '' }
}
