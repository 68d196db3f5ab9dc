// The pages about the people of an organization, for each level those that it may open.
import { levels } from '../../../domain/level.ts'
import type { Markup } from '../../look/page.ts'
import type { OrganizationCall } from '../call.ts'
import { tabsOf } from '../frame.ts'

const tabs = [
  ['members', '/members', 'Members', 'member'],
  ['groups', '/groups', 'Groups', 'admin'],
  ['invites', '/pending-invites', 'Invites', 'member'],
  ['settings', '/settings', 'Organization', 'admin'],
] as const

export function peopleTabs({ caller }: OrganizationCall, here: (typeof tabs)[number][0]): Markup {
  const open = tabs.filter(([, , , least]) => caller.level >= levels[least])
  return tabsOf(
    'People',
    open.map(([name, path, words]) => [path, words, name === here]),
  )
}
