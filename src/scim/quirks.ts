// What identity providers send that the RFCs do not allow, accepted outside the strict profile and noted each time.

import type { JsonObject } from './resource.ts'
import { isObject } from './resource.ts'
import { type Attribute, findSubAttribute } from './schema.ts'

export const profiles = [
  'default',
  'okta',
  'entra',
  'google',
  'onelogin',
  'jumpcloud',
  'ping',
  'rippling',
  'strict',
] as const
export type Profile = (typeof profiles)[number]

/** Name of each accommodation → the sentence an administrator reads. Names are stored: never rename one. */
export const quirks = {
  // Bodies of every kind
  string_boolean: 'a boolean came as the text "True" or "False"',
  single_element_array: 'a single value came wrapped in an array',
  value_object: 'a plain value came wrapped in an object, as its "value"',
  bare_element: 'a list came as its only element, without an array around it',
  text_element: 'an element of a list came as plain text and was taken as its value',
  text_for_complex: 'plain text came for an attribute with parts (as for manager) and was taken as its value',
  json_text_value: 'an object came as JSON text',
  empty_text: 'an empty text came for an optional attribute and was taken as no value',
  dotted_key: 'a key of a body was a path ("name.givenName")',
  urn_key: 'a key of a body had a schema URN in front of the attribute',
  bare_extension_attribute: 'an attribute of an extension (as manager) was named without its schema URN',
  unknown_attribute: 'an attribute that no schema here has was left out',
  unknown_schema: '"schemas" named a schema that does not exist here',
  schemas_mismatch: '"schemas" did not list the schemas that the body uses',
  two_primaries: 'several values of one attribute were marked primary; the last one was kept',
  duplicate_element: 'the same type and value came twice in one attribute; one was kept',
  // PATCH
  missing_patch_schema: 'a PATCH did not name the PatchOp schema',
  missing_bulk_schema: 'a bulk did not name the BulkRequest schema',
  operations_key: 'the key "Operations" came in another case',
  operation_case: 'an "op" came with capital letters',
  missing_op: 'an operation without "op" was taken as "replace"',
  empty_operations: 'a PATCH without any operation changed nothing',
  read_only_in_value: 'an attribute that only this server sets came in a PATCH value and was left out',
  missing_element_created: 'a PATCH changed an element that did not exist; it was created',
  missing_element_removed: 'a PATCH removed an element that did not exist; nothing changed',
  remove_with_value: 'a "remove" listed the elements to remove in "value" instead of in its path',
  // Filters and paths
  missing_search_schema: 'a search did not name the SearchRequest schema',
  quoted_boolean: 'a boolean in a filter came in quotes',
  unquoted_comparand: 'a text in a filter came without quotes',
  value_path_comparison: 'a filter compared a part of a value path (emails[type eq "work"].value eq "…")',
  // Transport
  missing_user_agent: 'the request did not say which program sent it',
  plain_json: 'the body came as application/json instead of application/scim+json',
} as const
export type Quirk = keyof typeof quirks

/** Decides, for one request, whether a leniency applies, and remembers each one used. */
export class Leniency {
  readonly profile: Profile
  readonly noted = new Set<Quirk>()

  constructor(profile: Profile = 'default') {
    this.profile = profile
  }

  get strict(): boolean {
    return this.profile === 'strict'
  }

  /** True, and noted, unless the profile is strict. Ask only when the quirk is really there. */
  allows(quirk: Quirk): boolean {
    if (this.strict) return false
    this.noted.add(quirk)
    return true
  }

  /** Remembers a peculiarity that even the strict profile lets pass. */
  note(quirk: Quirk): void {
    this.noted.add(quirk)
  }
}

/*
 * Repairs of shape. Each returns a better value or the one it was given, and never throws:
 * whoever called checks the type afterwards and says what was expected.
 */

/** The list a multi-valued attribute was meant to have: `emails: {…}` is `emails: [{…}]` (OneLogin). */
export function repairList(value: unknown, leniency: Leniency): unknown {
  if (value === null || value === undefined || Array.isArray(value)) return value
  return leniency.allows('bare_element') ? [value] : value
}

/** One value of `attribute` (the whole of a single-valued one, or one element): unwrapped, typed; undefined is unassigned. */
export function repairValue(attribute: Attribute, value: unknown, leniency: Leniency): unknown {
  const one = attribute.multiValued ? value : unwrap(value, leniency)
  const single = attribute.type === 'complex' ? one : unwrapObject(one, leniency)
  if (single === null || single === undefined) return undefined
  if (typeof single !== 'string') return single
  if (single === '') return !attribute.required && leniency.allows('empty_text') ? undefined : single
  if (attribute.type === 'boolean') return repairBoolean(single, leniency)
  if (attribute.type === 'complex') return repairComplex(attribute, single, leniency)
  return single
}

/** A PATCH value that is the JSON text of an object; any other value comes back as it is. */
export function repairJsonText(value: unknown, leniency: Leniency): unknown {
  const parsed = typeof value === 'string' ? parseObject(value) : undefined
  return parsed && leniency.allows('json_text_value') ? parsed : value
}

function unwrap(value: unknown, leniency: Leniency): unknown {
  if (!Array.isArray(value)) return value
  if (value.length === 0) return undefined
  return value.length === 1 && leniency.allows('single_element_array') ? value[0] : value
}

/** `{"$ref": null, "value": "x"}`, in which an older Entra wraps every value of a PATCH. */
function unwrapObject(value: unknown, leniency: Leniency): unknown {
  return isObject(value) && Object.hasOwn(value, 'value') && leniency.allows('value_object')
    ? value.value
    : value
}

/** "True" and "false" as Entra and OneLogin write them; any other text comes back as it is. */
function repairBoolean(text: string, leniency: Leniency): unknown {
  const lower = text.toLowerCase()
  if (lower !== 'true' && lower !== 'false') return text
  return leniency.allows('string_boolean') ? lower === 'true' : text
}

function repairComplex(attribute: Attribute, text: string, leniency: Leniency): unknown {
  const object = repairJsonText(text, leniency)
  if (object !== text) return object
  if (!findSubAttribute(attribute, 'value')) return text
  return leniency.allows(attribute.multiValued ? 'text_element' : 'text_for_complex') ? { value: text } : text
}

function parseObject(text: string): JsonObject | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
