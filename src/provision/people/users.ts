// The kind of resource that stands for people: its columns, its rows, and what a write of one does to the person behind.
import { uniqueness } from '../../scim/errors.ts'
import type { Json } from '../../scim/resource.ts'
import { userType } from '../../scim/resource-types.ts'
import { fold } from '../../scim/text/fold.ts'
import { prepareUserName } from '../../scim/text/precis.ts'
import { isUniqueViolation } from '../../store/dialect.ts'
import { pagesOf } from '../../store/query/pages.ts'
import { userTable } from '../../store/query/resource-tables.ts'
import { keepFormerUser } from '../../store/resources/former-users.ts'
import { deleteFromGroups } from '../../store/resources/group-members.ts'
import {
  deleteUser,
  findUser,
  insertUser,
  insertUserEmails,
  lockUser,
  replaceUserEmails,
  setPersonOfUser,
  type User,
  updateUser,
} from '../../store/resources/users.ts'
import { followLevels } from '../groups/levels.ts'
import { readGroups } from '../groups/user-groups.ts'
import type { Effects, Kind, Rows } from '../kind.ts'
import { addressesOf, identityOf } from './identity.ts'
import { accompany, dismiss, welcome } from './people.ts'

const rows: Rows<User> = {
  find: findUser,
  lock: lockUser,
  ...pagesOf(userTable),
  async insert(tx, row, resource) {
    await insertUser(tx, row).catch(refuseTakenName)
    await insertUserEmails(tx, row, addressesOf(resource))
  },
  async replace(tx, row, { before, after }) {
    await updateUser(tx, row).catch(refuseTakenName)
    const addresses = addressesOf(after)
    if (addresses.join(' ') !== addressesOf(before).join(' ')) await replaceUserEmails(tx, row, addresses)
  },
  async remove(tx, row) {
    await deleteUser(tx, row.domain_id, row.id)
  },
}

const effects: Effects<User> = {
  async created(tx, push, { row, resource }) {
    const identity = identityOf(resource)
    const personId = await welcome(tx, push, { userId: row.id, now: row.created_at, identity })
    return { ...row, person_id: personId }
  },
  async changed(tx, push, { row, before, after }) {
    const step = { userId: row.id, personId: row.person_id, now: row.updated_at }
    const personId = await accompany(tx, push, {
      ...step,
      before: identityOf(before),
      after: identityOf(after),
    })
    const isNewMember = push.story.membership?.before === null
    if (isNewMember && personId !== null) {
      // The user may be in groups already.
      await setPersonOfUser(tx, row, personId)
      await followLevels(tx, push, { personIds: [personId], now: row.updated_at })
    }
    return { ...row, person_id: personId }
  },
  async removed(tx, push, { row, now }) {
    const personId = row.person_id
    if (personId !== null) await keepFormerUser(tx, row, now)
    await dismiss(tx, push, { userId: row.id, personId, now })
    const groups = await deleteFromGroups(tx, row.domain_id, row.id)
    // Who stays a member, by a user of another domain, loses what these groups gave.
    if (groups > 0 && personId !== null) await followLevels(tx, push, { personIds: [personId], now })
  },
}

export const userKind: Kind<User> = {
  type: userType,
  patchAnswer: 'resource',
  /** Derived, so that a new version of a group is none of its users': `meta.version` counts what was written to the user. */
  joined: { name: 'groups', read: readGroups },
  rows,
  effects,
  nameIn: body => textOf(body.userName) ?? undefined,
  labelOf: row => row.user_name,
  /** RFC 7643 §4.1.1 leaves the default of `active` to us. */
  complete: resource => (resource.active === undefined ? { ...resource, active: true } : resource),
  toRow: (base, resource, before) => ({
    ...base,
    person_id: before?.person_id ?? null,
    user_name: prepareUserName(textOf(resource.userName) ?? ''),
    display_name: foldedOf(resource.displayName),
    external_id: textOf(resource.externalId),
    email: identityOf(resource).address ?? null,
    active: resource.active === false ? 0 : 1,
  }),
}

function refuseTakenName(error: unknown): never {
  if (!isUniqueViolation(error, 'users_user_name')) throw error
  throw uniqueness(
    'userName must be unique in the domain, regardless of case, but another user has this one.',
  )
}

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : null)
const foldedOf = (value: Json | undefined) => (typeof value === 'string' ? fold(value) : null)
