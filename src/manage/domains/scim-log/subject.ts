// Whose rows of the SCIM log are wanted: people and groups of the domain by what somebody knows of them.
import type { Context } from '../../../context.ts'
import { searchNamedResources } from '../../../store/resources/names.ts'
import { nameOf } from './names.ts'

export interface Subject {
  readonly id: string
  readonly type: 'User' | 'Group'
  readonly name: string
}

const mostSubjects = 10

/** By a name, an address or an id. */
export async function findSubjects(ctx: Context, domainId: string, text: string): Promise<Subject[]> {
  const found = await searchNamedResources(ctx.db, domainId, { text, limit: mostSubjects })
  return found.map(resource => ({ id: resource.id, type: resource.type, name: nameOf(resource) }))
}
