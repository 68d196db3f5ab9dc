// Finds the place a PATCH path, or a key of a path-less value, speaks of, and refuses places nobody may write.

import { invalidPath, mutability, ScimError } from '../errors.ts'
import { parsePatchPath } from '../filter/parse.ts'
import type { Leniency, Quirk } from '../quirks.ts'
import type { Attribute, ResourceType } from '../schema.ts'
import { findAttribute } from '../schema.ts'
import type { Op, Place } from './operation.ts'

/** `sub` is the part of the attribute that was named; reading the value turns it into a merge. */
export type NamedPlace = Place & { readonly sub: Attribute | undefined }

/** Where in `type` a name is looked for; `container` is the URN of the object the name was a key of. */
export interface Scope {
  readonly type: ResourceType
  readonly container: string | undefined
}

/** RFC 7644 §3.5.2, Figure 1. A URN alone is the whole container. */
export function readPath(
  type: ResourceType,
  text: string,
  leniency: Leniency,
): NamedPlace | { readonly container: string } {
  const { target, filter, sub } = parsePatchPath(type, text, leniency)
  if ('container' in target) return target
  return { extension: target.extension, attribute: target.attribute, filter, sub: sub ?? target.sub }
}

/**
 * The place that a key of a path-less value names; undefined when it is to be left out.
 * A plain name is the RFC's form; Entra also sends `name.givenName`, URN-qualified names and whole paths.
 */
export function readKey(scope: Scope, key: string, leniency: Leniency): NamedPlace | undefined {
  const { type, container } = scope
  const attribute = findAttribute(type, key, container)
  const extension = container === type.schema.id ? undefined : container
  if (attribute) return { extension, attribute, filter: undefined, sub: undefined }
  const place = tryPath(type, container === undefined ? key : `${container}:${key}`, leniency)
  if (!place) {
    if (leniency.allows('unknown_attribute')) return undefined
    throw invalidPath(`${container ?? type.name} has no attribute "${key}".`)
  }
  const quirk = quirkOf(key)
  if (quirk && !leniency.allows(quirk))
    throw invalidPath(
      `Without a path, each key of the value must be the name of an attribute; "${key}" is not.`,
    )
  return place
}

/** R74: what only the server sets may not be named; R72: a required attribute may not be removed. */
export function refuseForbidden(op: Op, place: NamedPlace, path: string): void {
  if (isReadOnly(place)) throw mutability(`${path} is set by the server and cannot be changed.`)
  if (op === 'remove' && !place.filter && (place.sub ?? place.attribute).required)
    throw mutability(`${path} is required and cannot be removed.`)
}

export function isReadOnly({ attribute, sub }: NamedPlace): boolean {
  return attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly'
}

function quirkOf(key: string): Quirk | undefined {
  if (key.includes(':')) return 'urn_key'
  return key.includes('.') || key.includes('[') ? 'dotted_key' : undefined
}

function tryPath(type: ResourceType, key: string, leniency: Leniency): NamedPlace | undefined {
  try {
    const place = readPath(type, key, leniency)
    return 'container' in place ? undefined : place
  } catch (error) {
    if (error instanceof ScimError) return undefined
    throw error
  }
}
