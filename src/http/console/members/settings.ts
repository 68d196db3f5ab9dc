// The settings of the organization, and its end after what goes with it is told.
import { readBelongings } from '../../../manage/organizations/belongings.ts'
import {
  changeOrganization,
  readOrganization,
  removeOrganization,
} from '../../../manage/organizations/organizations.ts'
import { parse } from '../../api/mount/body.ts'
import { organizationPatch } from '../../api/organizations.ts'
import { type Status, statuses } from '../../explained.ts'
import { numberIn } from '../../form.ts'
import type { Markup } from '../../look/page.ts'
import type { OrganizationCall } from '../call.ts'
import { requireTyped } from '../confirmation.ts'
import { showConsole } from '../frame.ts'
import { madeFromIn } from '../made-from.ts'
import { refusalNotice, requireAnswerable } from '../notice.ts'
import { deletionPage, labels, type Settings, settingsPage } from './settings-page.ts'

export async function show(call: OrganizationCall): Promise<Response> {
  const stored = await readOrganization(call.ctx, call.caller)
  return showConsole(call, 200, settingsPage(call, stored))
}

export async function change(call: OrganizationCall): Promise<Response> {
  const { ctx, c, caller, form } = call
  const typed: Settings = {
    name: form.get('name') ?? '',
    members_can_invite: form.get('members_can_invite') === 'on',
    default_membership_level: Number(form.get('default_membership_level')),
  }
  try {
    const level = numberIn(form, 'default_membership_level')
    const patch = parse(organizationPatch, { ...typed, default_membership_level: level })
    await changeOrganization(ctx, caller, { ...patch, madeFrom: madeFromIn(form, labels) })
  } catch (error) {
    const refusal = requireAnswerable(error)
    const stored = await readOrganization(ctx, caller)
    return showConsole(call, statuses[refusal.kind], settingsPage(call, stored, { typed, refusal }))
  }
  return c.redirect('/settings?done=saved', 303)
}

export const confirmDeletion = (call: OrganizationCall): Promise<Response> => showDeletion(call, '', 200)

async function showDeletion(call: OrganizationCall, notice: Markup | '', status: Status): Promise<Response> {
  return showConsole(call, status, deletionPage(call, await readBelongings(call.ctx, call.caller), notice))
}

export async function remove(call: OrganizationCall): Promise<Response> {
  try {
    requireTyped(call, (await readBelongings(call.ctx, call.caller)).slug)
    await removeOrganization(call.ctx, call.caller)
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showDeletion(call, refusalNotice(refusal), statuses[refusal.kind])
  }
  return call.c.redirect('/', 303)
}
