// The groups of a domain over HTTP, and the level that each may give.
import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { Caller } from '../../manage/caller.ts'
import { requireDomain } from '../../manage/domains.ts'
import { changeGroupLevel, readGroups } from '../../manage/scim-groups.ts'
import { parse, readJson } from './body.ts'
import { level } from './fields.ts'
import { readSlice, sliceOf } from './paging.ts'
import { type ApiContext, readPathId } from './request.ts'

/** A group can make an administrator, never an owner. */
const fields = z.object({ level: level([1, 8]).nullable() })

export async function list(ctx: Context, caller: Caller, c: ApiContext) {
  const { id } = await requireDomain(ctx, caller, readPathId(c, 'id'))
  const slice = readSlice(ctx, c)
  return c.json(sliceOf(slice, await readGroups(ctx, id, slice)))
}

export async function change(ctx: Context, caller: Caller, c: ApiContext) {
  const { id: domainId } = await requireDomain(ctx, caller, readPathId(c, 'id'))
  const groupId = readPathId(c, 'group')
  const { level: given } = parse(fields, await readJson(c))
  return c.json(await changeGroupLevel(ctx, caller, { domainId, groupId, level: given }))
}
