// Which attributes an answer shows: `attributes`, `excludedAttributes` and each attribute's `returned` (RFC 7644 §3.9).

import { invalidValue } from '../errors.ts'
import { inOrder, isObject, type Json, type JsonObject, type Resource } from '../resource.ts'
import {
  type Attribute,
  coreAttributes,
  findAttribute,
  findContainer,
  findInExtensions,
  findTarget,
  type ResourceType,
  type Target,
} from '../schema.ts'

/** The attributes named, each as a whole or by some of its parts. */
export interface Projection {
  readonly kind: 'only' | 'except'
  readonly named: ReadonlyMap<Attribute, 'whole' | ReadonlySet<Attribute>>
}

interface ProjectionInput {
  readonly attributes?: string | undefined
  readonly excludedAttributes?: string | undefined
}

/** Undefined when nothing is asked for. Names that no schema has are ignored; both lists together are refused. */
export function readProjection(type: ResourceType, input: ProjectionInput): Projection | undefined {
  const only = namesIn(input.attributes)
  const except = namesIn(input.excludedAttributes)
  if (only.length > 0 && except.length > 0)
    throw invalidValue('attributes or excludedAttributes may be given, but both came.')
  if (only.length > 0) return { kind: 'only', named: resolve(type, only) }
  return except.length > 0 ? { kind: 'except', named: resolve(type, except) } : undefined
}

/** The part of `resource` to show; `schemas` and `id` always, what is never returned never, what the type has not neither. */
export function project(type: ResourceType, resource: Resource, projection?: Projection): Resource {
  const { meta, ...core } = select(coreAttributes(type), resource, projection) ?? {}
  const schemas = resource.schemas.filter(urn => findContainer(type, urn) !== undefined)
  const result: Resource = { ...core, schemas }
  for (const { schema } of type.extensions) {
    const container = resource[schema.id]
    const values = isObject(container) ? select(schema.attributes, container, projection) : undefined
    if (values) result[schema.id] = values
  }
  if (meta !== undefined) result.meta = meta
  return result
}

/** Whether a resource may have values that are shown only to those who ask for them. */
export const hidesUnasked = ({ schema, extensions }: ResourceType): boolean =>
  [schema, ...extensions.map(each => each.schema)].some(({ attributes }) => attributes.some(isHiding))

const isHiding = ({ returned, subAttributes = [] }: Attribute): boolean =>
  returned === 'request' || subAttributes.some(isHiding)

/** Whether anything of this attribute of the core schema would be shown, if the resource had it. */
export function shows(type: ResourceType, name: string, projection: Projection | undefined): boolean {
  const attribute = findAttribute(type, name)
  return attribute !== undefined && isAsked(attribute, projection)
}

/** A comma-separated list. What stands in brackets, as in `emails[type eq "work"].value`, chooses nothing here. */
function namesIn(list: string | undefined): string[] {
  const plain = (list ?? '').replace(/\[[^\]]*\]/g, '')
  return plain
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
}

function resolve(type: ResourceType, names: readonly string[]): Projection['named'] {
  const named = new Map<Attribute, 'whole' | Set<Attribute>>()
  for (const name of names) {
    const target = findTarget(type, name) ?? findInExtensions(type, name)
    for (const { attribute, sub } of target ? placesOf(type, target) : []) {
      const before = named.get(attribute)
      if (!sub || before === 'whole') named.set(attribute, 'whole')
      else named.set(attribute, new Set([...(before ?? []), sub]))
    }
  }
  return named
}

function placesOf(
  type: ResourceType,
  target: Target,
): { attribute: Attribute; sub: Attribute | undefined }[] {
  if ('attribute' in target) return [target]
  const schema = type.extensions.find(each => each.schema.id === target.container)?.schema ?? type.schema
  return schema.attributes.map(attribute => ({ attribute, sub: undefined }))
}

function select(
  attributes: readonly Attribute[],
  values: JsonObject,
  projection: Projection | undefined,
): JsonObject | undefined {
  return inOrder(attributes, attribute => {
    const value = values[attribute.name]
    return value === undefined ? undefined : show(attribute, value, projection)
  })
}

function show(attribute: Attribute, value: Json, projection: Projection | undefined): Json | undefined {
  if (attribute.returned === 'never') return undefined
  if (attribute.returned !== 'always' && !isAsked(attribute, projection)) return undefined
  const named = projection?.named.get(attribute)
  const parts = named === 'whole' ? undefined : named
  const isWhole = parts === undefined || attribute.returned === 'always'
  if (isWhole && !isHiding(attribute)) return value
  const isOnly = projection?.kind === 'only'
  return showParts(attribute, value, sub => {
    const isNamed = parts?.has(sub) === true
    if (sub.returned === 'request') return isOnly && isNamed
    return isWhole || isNamed === isOnly
  })
}

function isAsked(attribute: Attribute, projection: Projection | undefined): boolean {
  const named = projection?.named.get(attribute)
  if (projection?.kind === 'only') return named !== undefined
  return attribute.returned === 'default' && named !== 'whole'
}

function showParts(
  attribute: Attribute,
  value: Json,
  isShown: (sub: Attribute) => boolean,
): Json | undefined {
  if (Array.isArray(value)) {
    const elements = value
      .map(element => showParts(attribute, element, isShown))
      .filter(element => element !== undefined)
    return elements.length > 0 ? elements : undefined
  }
  if (!isObject(value)) return value
  return inOrder(attribute.subAttributes ?? [], sub =>
    sub.returned !== 'never' && (sub.returned === 'always' || isShown(sub)) ? value[sub.name] : undefined,
  )
}
