// The members of an organization over HTTP.
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { type Caller, requireLevel } from '../../manage/caller.ts'
import * as members from '../../manage/members.ts'
import { parse, readJson } from './body.ts'
import { level } from './fields.ts'
import { readSlice, sliceOf } from './paging.ts'
import { type ApiContext, readChoice, readParam, readPathId } from './request.ts'

const patchFields = z.object({ level: level([1, 8, 15]).optional() })

export async function list(ctx: Context, caller: Caller, c: ApiContext) {
  const slice = readSlice(ctx, c)
  const order = readChoice(c, 'order', ['joined_at', '-joined_at']) === 'joined_at' ? 'asc' : 'desc'
  const search = readParam(c, 'search')
  const email = readParam(c, 'email')?.trim().toLowerCase()
  const asked = readChoice(c, 'status', ['active', 'suspended', 'all']) ?? 'active'
  const status = asked === 'all' ? undefined : asked
  const { limit, offset } = slice
  const found = await members.readMembers(ctx, caller, { search, email, status, order, limit, offset })
  return c.json(sliceOf(slice, found))
}

export async function change(ctx: Context, caller: Caller, c: ApiContext) {
  const personId = readMember(c, caller)
  await members.requireMember(ctx, caller, personId)
  const patch = parse(patchFields, await readJson(c))
  return c.json(await members.changeMember(ctx, caller, { personId, level: patch.level }))
}

export async function remove(ctx: Context, caller: Caller, c: ApiContext) {
  await members.removeMember(ctx, caller, readMember(c, caller))
  return c.body(null, 204)
}

/** Anybody may say something about themselves, administrators about others. */
function readMember(c: ApiContext, caller: Caller): string {
  const isSelf = c.req.param('user') === '@me' && caller.personId !== null
  if (isSelf || c.req.param('user')?.toLowerCase() === caller.personId) return caller.personId ?? ''
  requireLevel(caller, 'admin')
  return readPathId(c, 'user')
}
