// The invites of an organization over HTTP.
import { z } from 'zod'
import { invalid, Refusal, within } from '../../base/refusal.ts'
import { delegateSetup } from '../../manage/invites/delegate.ts'
import * as invites from '../../manage/invites.ts'
import { kindOf, parse, readJsonList } from './mount/body.ts'
import { address, level, text } from './mount/fields.ts'
import { inOrganization } from './mount/operation.ts'
import { pageOf, slice, sliceOf } from './mount/paging.ts'
import * as shapes from './mount/shapes.ts'

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

export const newInvite = z
  .object({
    target_email: address,
    first_name: optionalText(30),
    level: level([1, 8, 15]).default(1).describe("At most the caller's own."),
    message: optionalText(1000),
    private_project_access: z
      .array(projectAccess)
      .max(1000)
      .nullish()
      .transform(access => access ?? []),
    send_email: z.boolean().default(true),
    combine_pending_invites: z
      .boolean()
      .default(false)
      .describe('Whether what unexpired invites for the address give is given too.'),
  })
  .meta({ id: 'NewInvite' })
export const delegation = z
  .object({
    target_email: address,
    message: optionalText(1000),
    step_at_delegation: optionalText(64),
  })
  .meta({ id: 'SetupDelegation' })
export const mostAtOnce = 20

const invite = z
  .object({
    id: shapes.id,
    target_email: shapes.address,
    first_name: z.string(),
    emailing_attempt_made: z.boolean(),
    level: shapes.level,
    is_expired: z.boolean(),
    created_by: shapes.userBasic.nullable(),
    created_at: shapes.instant,
    updated_at: shapes.instant,
    message: z.string().nullable(),
    private_project_access: z.array(z.object({ id: z.int(), level: z.enum(['member', 'admin']) })),
    is_setup_delegation: z.boolean(),
  })
  .meta({ id: 'Invite' })

export const list = inOrganization({
  id: 'listInvites',
  summary: 'The invites of the organization, newest first, expired ones too',
  query: slice,
  answer: pageOf(invite),
  run: async (ctx, { caller, url, query }) => {
    const asked = query()
    return sliceOf(url, asked, await invites.readInvites(ctx, caller, asked))
  },
})

const note = 'Members below admin may where `members_can_invite` is on.'

export const create = inOrganization({
  id: 'createInvite',
  summary: 'Invite somebody; earlier invites for the address end',
  note,
  body: newInvite,
  answer: invite,
  status: 201,
  run: async (ctx, { caller, body }) => {
    await invites.requireInviter(ctx, caller)
    return invites.createInvite(ctx, caller, await body())
  },
})

export const createMany = inOrganization({
  id: 'createInvites',
  summary: 'Invite several at once, all of them or none',
  note,
  body: z.union([z.array(newInvite).min(1).max(mostAtOnce), newInvite]),
  answer: z.array(invite),
  status: 201,
  run: async (ctx, { caller, c }) => {
    await invites.requireInviter(ctx, caller)
    const items = await readJsonList(c)
    if (items.length === 0) throw invalid('required', 'Expected at least one invite.')
    if (items.length > mostAtOnce)
      throw invalid('max_length', `Expected at most ${mostAtOnce} invites, got ${items.length}.`)
    return invites.createInvites(ctx, caller, items.map(parseItem))
  },
})

function parseItem(item: unknown, place: number) {
  try {
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) return parse(newInvite, item)
    throw invalid('invalid_input', `Expected an object, got ${kindOf(item)}.`)
  } catch (error) {
    throw error instanceof Refusal ? within(String(place), error) : error
  }
}

export const remove = inOrganization({
  id: 'deleteInvite',
  summary: 'Withdraw an invite; its link opens nothing any more',
  answer: 'nothing',
  run: (ctx, { caller, id }) => invites.removeInvite(ctx, caller, id('id')),
})

export const delegate = inOrganization({
  id: 'delegateSetup',
  summary: 'Leave the setup to somebody, who is invited as an administrator',
  body: delegation,
  answer: invite,
  run: async (ctx, { caller, body }) => delegateSetup(ctx, caller, await body()),
})
