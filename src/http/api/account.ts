// The caller's own account over HTTP: who it is, and its personal API keys.
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { readAccount } from '../../manage/account.ts'
import * as keys from '../../manage/api-keys.ts'
import type { Principal } from '../../manage/caller.ts'
import { parse, readJson } from './body.ts'
import { readBy, text, time, uuid, words } from './fields.ts'
import { readSlice, sliceOf } from './paging.ts'
import { type ApiContext, readPathId } from './request.ts'

const keyFields = z.object({
  label: words(128),
  scopes: z.array(text(64)).max(32).transform(readBy(keys.readScopes)),
  organizations: z.array(uuid).min(1).max(1000).nullish(),
  expires_at: time.nullish(),
})

export async function me(ctx: Context, principal: Principal, c: ApiContext) {
  return c.json(await readAccount(ctx, principal))
}

export async function listKeys(ctx: Context, principal: Principal, c: ApiContext) {
  const slice = readSlice(ctx, c)
  return c.json(sliceOf(slice, await keys.readApiKeys(ctx, principal, slice)))
}

export async function createKey(ctx: Context, principal: Principal, c: ApiContext) {
  const fields = parse(keyFields, await readJson(c))
  return c.json(await keys.createApiKey(ctx, principal, fields), 201)
}

export async function removeKey(ctx: Context, principal: Principal, c: ApiContext) {
  await keys.removeApiKey(ctx, principal, readPathId(c, 'id'))
  return c.body(null, 204)
}
