// What the schemas of a domain say is returned never: no log may hold it either.
import type { Secrets } from '../../scim/mask/personal.ts'
import type { Attribute } from '../../scim/schema.ts'
import type { Kind } from '../kind.ts'

const known = new WeakMap<readonly Kind[], Secrets>()

/** By their names alone, as a body may have them in many places. */
export function secretsOf(kinds: readonly Kind[]): Secrets {
  const before = known.get(kinds)
  if (before) return before
  const schemas = kinds.flatMap(({ type }) => [type.schema, ...type.extensions.map(each => each.schema)])
  const secrets = new Set(schemas.flatMap(({ attributes }) => attributes.flatMap(secretsIn)))
  known.set(kinds, secrets)
  return secrets
}

const secretsIn = ({ name, returned, subAttributes = [] }: Attribute): string[] =>
  returned === 'never' ? [name.toLowerCase()] : subAttributes.flatMap(secretsIn)
