// Users as rows of the database, made of any resource.

import { isObject, type Json, type Resource } from '../../src/scim/resource.ts'
import { fold } from '../../src/scim/text/fold.ts'
import { prepareUserName } from '../../src/scim/text/precis.ts'
import type { Db } from '../../src/store/db.ts'
import type { UsersTable } from '../../src/store/tables/tables.ts'
import { baseUrl } from './filter-arbitraries.ts'

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : null)

function rowOf(domainId: string, id: string, resource: Resource): UsersTable {
  const { externalId, userName, displayName, active, meta } = resource
  const { created, lastModified } = isObject(meta) ? meta : {}
  const shown = textOf(displayName)
  return {
    domain_id: domainId,
    id,
    person_id: null,
    user_name: prepareUserName(String(userName)),
    display_name: shown === null ? null : fold(shown),
    external_id: textOf(externalId),
    email: null,
    active: active ? 1 : 0,
    created_at: String(created),
    updated_at: String(lastModified),
    version: 1,
    doc: JSON.stringify(resource),
  }
}

export function addressesOf(domainId: string, id: string, { emails }: Resource) {
  const values = Array.isArray(emails) ? emails.map(email => isObject(email) && textOf(email.value)) : []
  const keys = new Set(values.filter(value => typeof value === 'string').map(fold))
  return [...keys].map(value => ({ domain_id: domainId, value, user_id: id }))
}

export async function insertUsers(
  db: Db,
  domainId: string,
  entries: readonly (readonly [string, Resource])[],
) {
  await db
    .insertInto('users')
    .values(entries.map(([id, resource]) => rowOf(domainId, id, resource)))
    .execute()
  await db
    .insertInto('user_emails')
    .values(entries.flatMap(([id, resource]) => addressesOf(domainId, id, resource)))
    .execute()
}

/** As it is answered: the location is absolute there. */
export const answered = (resource: Resource): Resource => ({
  ...resource,
  meta: { ...(isObject(resource.meta) ? resource.meta : {}), location: `${baseUrl}/Users/${resource.id}` },
})
