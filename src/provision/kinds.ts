// Every kind of resource that can be provisioned, and which of them an endpoint stands for.
import { groupKind } from './groups.ts'
import type { Kind } from './kind.ts'
import { userKind } from './users.ts'

export const kinds: readonly Kind[] = [userKind, groupKind]

/** `Users`, in any case. */
export function kindAt(endpoint: string): Kind | undefined {
  const path = `/${endpoint.toLowerCase()}`
  return kinds.find(({ type }) => type.endpoint.toLowerCase() === path)
}
