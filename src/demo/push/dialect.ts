// What the directories of different makers do alike, and each in its own way.
import type { Group, Person } from '../directory.ts'
import type { Answer, DirectoryClient } from './client.ts'

/** Ids of users in Gatehouse. */
interface MemberChanges {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

export interface Dialect {
  readonly name: 'okta' | 'entra'
  /** As people know it. */
  readonly title: string
  readonly userAgent: string
  /** What it asks before anything else. */
  probe(client: DirectoryClient): Promise<unknown>
  match(client: DirectoryClient, person: Person): Promise<string | undefined>
  create(client: DirectoryClient, person: Person): Promise<Answer>
  update(client: DirectoryClient, id: string, person: Person): Promise<Answer>
  setActive(client: DirectoryClient, id: string, isActive: boolean): Promise<Answer>
  matchGroup(client: DirectoryClient, group: Group): Promise<string | undefined>
  createGroup(client: DirectoryClient, group: Group): Promise<Answer>
  changeMembers(client: DirectoryClient, groupId: string, changes: MemberChanges): Promise<Answer>
}

export const schemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
} as const

export const patch = (
  client: DirectoryClient,
  path: string,
  operations: readonly object[],
): Promise<Answer> =>
  client.send('PATCH', path, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: operations,
  })
