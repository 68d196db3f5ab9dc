// Every kind of resource that can be provisioned into a domain: users and groups, and those of its own schemas.
import { LRUCache } from 'lru-cache'
import type { Context } from '../context.ts'
import { hidesUnasked } from '../scim/query/project.ts'
import { resourceTypesWith } from '../scim/registration.ts'
import type { ResourceType } from '../scim/schema.ts'
import { pagesOf } from '../store/query/pages.ts'
import { customTable, groupTable, userTable, withUnique } from '../store/query/resource-tables.ts'
import type { UniqueAttribute } from '../store/resources/keys.ts'
import { listScimSchemas, type ScimSchema } from '../store/resources/schemas.ts'
import { customKind } from './custom/kind.ts'
import { keepingUnique } from './custom/unique.ts'
import { groupKind } from './groups/groups.ts'
import type { Kind } from './kind.ts'
import { userKind } from './people/users.ts'

/** Of a domain that has registered nothing. */
export const standardKinds: readonly Kind[] = [userKind, groupKind]

const rememberedDomains = 1_000

/** A version of a domain's schemas never changes, so that what was made of it is right as long as it is wanted. */
const known = new LRUCache<string, readonly Kind[]>({ max: rememberedDomains })

export async function kindsOf(
  { db }: Context,
  { id, schemasVersion }: { id: string; schemasVersion: number },
): Promise<readonly Kind[]> {
  if (schemasVersion === 0) return standardKinds
  const before = known.get(`${id} ${schemasVersion}`)
  if (before) return before
  // There may be a newer version by now.
  const { version, schemas } = await listScimSchemas(db, id)
  const kinds = compile(schemas)
  known.set(`${id} ${version}`, kinds)
  return kinds
}

/** `Users`, in any case. */
export function kindAt(kinds: readonly Kind[], endpoint: string): Kind | undefined {
  const path = `/${endpoint.toLowerCase()}`
  return kinds.find(({ type }) => type.endpoint.toLowerCase() === path)
}

function compile(schemas: readonly ScimSchema[]): readonly Kind[] {
  const living = schemas.filter(each => !each.isRetired)
  const retired = new Set(schemas.filter(each => each.isRetired).map(urnOf))
  return resourceTypesWith(living.map(each => each.registration)).map(type => {
    const uniques = uniquesOf(type, living)
    const own = living.find(each => each.registration.kind === 'type' && urnOf(each) === type.schema.id)
    const kind = own ? newKind(type, own.number, uniques) : extended(type, uniques)
    return { ...kind, retired, isSelective: retired.size > 0 || hidesUnasked(type) }
  })
}

function newKind(type: ResourceType, number: number, uniques: readonly UniqueAttribute[]): Kind {
  const kind = customKind(type, number, pagesOf(withUnique(customTable(number, type), uniques)))
  return { ...kind, rows: keepingUnique(kind.rows, uniques) }
}

function extended(type: ResourceType, uniques: readonly UniqueAttribute[]): Kind {
  const isUser = type.id === userKind.type.id
  const kind: Kind = isUser ? userKind : groupKind
  if (uniques.length === 0) return { ...kind, type }
  const pages = pagesOf(withUnique(isUser ? userTable : groupTable, uniques))
  return { ...kind, type, rows: keepingUnique({ ...kind.rows, ...pages }, uniques) }
}

const urnOf = ({ registration }: ScimSchema): string => registration.schema.id

/** What must be unique in the schemas that the type consists of. */
function uniquesOf(type: ResourceType, schemas: readonly ScimSchema[]): UniqueAttribute[] {
  const extensions = new Set(type.extensions.map(each => each.schema.id))
  return schemas.flatMap(({ number, registration: { schema } }) => {
    const extension = extensions.has(schema.id) ? schema.id : undefined
    if (!extension && schema.id !== type.schema.id) return []
    return schema.attributes
      .filter(attribute => attribute.uniqueness !== 'none')
      .map(attribute => ({ schemaNumber: number, path: { extension, attribute, sub: undefined } }))
  })
}
