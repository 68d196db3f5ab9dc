// What a directory holds, said plainly: users as objects, groups as sets, and what each request makes of them.
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../../../src/scim/resource.ts'

export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

export interface ModelUser {
  readonly userName: string
  readonly active: boolean
  readonly title?: string | undefined
  readonly externalId?: string | undefined
  /** Type → address. */
  readonly emails: ReadonlyMap<string, string>
  readonly department?: string | undefined
}

export interface ModelGroup {
  readonly displayName: string
  readonly members: ReadonlySet<string>
}

/** How a request ends: what it is refused with, or that it is done. */
export type Outcome = 'done' | 'uniqueness' | 'invalidValue'

export class DirectoryModel {
  readonly users = new Map<string, ModelUser>()
  readonly groups = new Map<string, ModelGroup>()
  /** How often each resource was changed, its creation counted. */
  readonly versions = new Map<string, number>()

  /** What would become of it; `id` is undefined for a new one. */
  judgeUser(id: string | undefined, { userName }: ModelUser): Outcome {
    const isTaken = [...this.users].some(
      ([other, user]) => other !== id && user.userName.toLowerCase() === userName.toLowerCase(),
    )
    return isTaken ? 'uniqueness' : 'done'
  }

  judgeGroup(id: string | undefined, { displayName, members }: ModelGroup): Outcome {
    if ([...members].some(member => !this.users.has(member) && !this.groups.has(member)))
      return 'invalidValue'
    if (id !== undefined && [...members].some(member => this.inside(member).has(id))) return 'invalidValue'
    const isTaken = [...this.groups].some(
      ([other, group]) => other !== id && group.displayName.toLowerCase() === displayName.toLowerCase(),
    )
    return isTaken ? 'uniqueness' : 'done'
  }

  setUser(id: string, user: ModelUser): void {
    const before = this.users.get(id)
    if (!before || !isDeepStrictEqual(bodyOf(before), bodyOf(user))) this.#count(id)
    this.users.set(id, user)
  }

  setGroup(id: string, group: ModelGroup): void {
    const before = this.groups.get(id)
    const isSame =
      before?.displayName === group.displayName && isDeepStrictEqual(before.members, group.members)
    if (!isSame) this.#count(id)
    this.groups.set(id, group)
  }

  /** Whoever goes leaves every group, and no group has a new version of it. */
  remove(id: string): void {
    this.users.delete(id)
    this.groups.delete(id)
    for (const [at, group] of this.groups)
      this.groups.set(at, { ...group, members: group.members.difference(new Set([id])) })
  }

  /** The group with all that is in it, however deep. */
  inside(id: string): Set<string> {
    const members = [...(this.groups.get(id)?.members ?? [])]
    return new Set([id, ...members.flatMap(member => [...this.inside(member)])])
  }

  /** Group id → how the user is in it. */
  groupsOf(userId: string): Map<string, 'direct' | 'indirect'> {
    const holders = [...this.groups].filter(([id]) => this.inside(id).has(userId))
    return new Map(holders.map(([id, { members }]) => [id, members.has(userId) ? 'direct' : 'indirect']))
  }

  #count(id: string): void {
    this.versions.set(id, (this.versions.get(id) ?? 0) + 1)
  }
}

/** A user as a request has it. */
export function bodyOf({ userName, active, title, externalId, emails, department }: ModelUser) {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ...(department ? [enterprise] : [])],
    userName,
    active,
    ...(title && { title }),
    ...(externalId && { externalId }),
    ...(emails.size > 0 && { emails: [...emails].map(([type, value]) => ({ type, value })) }),
    ...(department && { [enterprise]: { department } }),
  } satisfies Record<string, Json>
}
