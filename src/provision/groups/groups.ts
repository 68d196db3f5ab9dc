// The kind of resource that stands for groups: its columns, its rows, and the members that are rows of their own.
import { uniqueness } from '../../scim/errors.ts'
import type { Json } from '../../scim/resource.ts'
import { groupType } from '../../scim/resource-types.ts'
import { fold } from '../../scim/text/fold.ts'
import { isUniqueViolation } from '../../store/dialect.ts'
import { pagesOf } from '../../store/query/pages.ts'
import { groupTable } from '../../store/query/resource-tables.ts'
import { givesLevel } from '../../store/resources/group-levels.ts'
import {
  deleteGroup,
  findGroup,
  type Group,
  insertGroup,
  lockGroup,
  updateGroup,
} from '../../store/resources/groups.ts'
import { parseDocument } from '../document.ts'
import type { Joined } from '../joined.ts'
import type { Effects, Kind, Rows } from '../kind.ts'
import { planMembers } from './member-plan.ts'
import { changeMembers, emptyGroup } from './members.ts'
import { listFitting, readMembers, readMembersInTurn } from './view.ts'

const rows: Rows<Group> = {
  find: findGroup,
  lock: lockGroup,
  ...pagesOf(groupTable),
  async insert(tx, row) {
    await insertGroup(tx, row).catch(refuseTakenName)
  },
  async replace(tx, row) {
    await updateGroup(tx, row).catch(refuseTakenName)
  },
  async remove(tx, row) {
    await deleteGroup(tx, row.domain_id, row.id)
  },
}

const effects: Effects<Group> = {
  created: async (_tx, _push, { row }) => row,
  changed: async (_tx, _push, { row }) => row,
  /** A group that gives a level is emptied first, so that its people lose the level as they would one by one. */
  async removed(tx, push, { row, now }) {
    const key = { domainId: row.domain_id, groupId: row.id }
    if (await givesLevel(tx, key)) await emptyGroup(tx, push, { key, now })
  },
}

/**
 * A new version of a group is one that somebody wrote: its name, or who is in it. The names of its members are theirs
 * and change without it, and so does the list when a member is deleted.
 */
const members: Joined = {
  name: 'members',
  read: readMembers,
  many: { readInTurn: readMembersInTurn, listFitting },
  plan(push, operations) {
    const changes = operations.map(planMembers)
    return (tx, { row, ...on }) =>
      changeMembers(tx, push, { key: { domainId: row.domain_id, groupId: row.id }, changes, ...on })
  },
}

export const groupKind: Kind<Group> = {
  type: groupType,
  patchAnswer: 'nothing',
  joined: members,
  rows,
  effects,
  nameIn: body => textOf(body.displayName) ?? undefined,
  labelOf: row => textOf(parseDocument(row.doc).displayName) ?? row.display_name,
  complete: resource => resource,
  toRow: (base, resource, before) => ({
    ...base,
    display_name: fold(textOf(resource.displayName) ?? ''),
    external_id: textOf(resource.externalId),
    level: before?.level ?? null,
  }),
}

function refuseTakenName(error: unknown): never {
  if (!isUniqueViolation(error, 'groups_display_name')) throw error
  throw uniqueness(
    'displayName must be unique in the domain, regardless of case, but another group has this one.',
  )
}

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : null)
