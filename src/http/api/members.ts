// The members of an organization over HTTP.
import { z } from 'zod'
import { type Caller, requireLevel } from '../../manage/caller.ts'
import * as members from '../../manage/members.ts'
import { level } from './mount/fields.ts'
import { type Call, inOrganization } from './mount/operation.ts'
import { pageOf, slice, sliceOf } from './mount/paging.ts'
import { choice, param } from './mount/params.ts'
import * as shapes from './mount/shapes.ts'

const memberPatch = z.object({ level: level([1, 8, 15]).optional() }).meta({ id: 'MemberPatch' })

const filters = slice.extend({
  order: choice(['joined_at', '-joined_at']).default('-joined_at'),
  search: param()
    .optional()
    .describe('Part of a name or an address; what contains it comes first, then what is similar.'),
  email: param().trim().toLowerCase().optional(),
  status: choice(['active', 'suspended', 'all']).default('active'),
})

export const member = z
  .object({
    id: shapes.id.describe('Of the membership.'),
    user: shapes.userBasic,
    level: shapes.level,
    status: z.enum(['active', 'suspended']),
    joined_at: shapes.instant,
    updated_at: shapes.instant,
    is_2fa_enabled: z.boolean(),
    has_social_auth: z.boolean().describe('Whether an identity at an identity provider is linked.'),
    last_login: shapes.instant.nullable(),
    is_scim_managed: z.boolean(),
    domain: z.string().nullable(),
  })
  .meta({ id: 'Member' })

export const list = inOrganization({
  id: 'listMembers',
  summary: 'The members of the organization, searched',
  query: filters,
  answer: pageOf(member),
  run: async (ctx, { caller, url, query }) => {
    const asked = query()
    const { search, email, limit, offset } = asked
    const order = asked.order === 'joined_at' ? 'asc' : 'desc'
    const status = asked.status === 'all' ? undefined : asked.status
    const wanted = { search, email, status, by: 'joined', order, limit, offset } as const
    const found = await members.readMembers(ctx, caller, wanted)
    return sliceOf(url, asked, found)
  },
})

export const change = inOrganization({
  id: 'updateMember',
  summary: 'Give a member another level',
  note: 'For admins, up to their own level; nobody changes their own.',
  body: memberPatch,
  answer: member,
  run: async (ctx, call) => {
    const personId = readMember(call)
    await members.requireMember(ctx, call.caller, personId)
    return members.changeMember(ctx, call.caller, { personId, level: (await call.body()).level })
  },
})

export const remove = inOrganization({
  id: 'deleteMember',
  summary: 'Remove a member, or leave',
  note: 'For admins, up to their own level; for oneself always.',
  answer: 'nothing',
  run: (ctx, call) => members.removeMember(ctx, call.caller, readMember(call)),
})

/** Anybody may say something about themselves, administrators about others. */
function readMember({ c, caller, id }: Call<Caller>): string {
  const named = c.req.param('user')
  const isSelf = named === '@me' && caller.personId !== null
  if (isSelf || named?.toLowerCase() === caller.personId) return caller.personId ?? ''
  requireLevel(caller, 'admin')
  return id('user')
}
