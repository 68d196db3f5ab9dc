// What a request asks of the members of a group, read before the group is looked up: sets of ids to add, remove or keep.
import { invalidValue, mutability } from '../../scim/errors.ts'
import type { Filter } from '../../scim/filter/ast.ts'
import type { AttributeOperation, Change } from '../../scim/patch/operation.ts'
import { seedOf } from '../../scim/patch/seed.ts'
import { isObject, type Json, kindOf, quote } from '../../scim/resource.ts'

export type MemberChange =
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly ids: readonly string[] }
  /** Those of the present members that the filter chooses. `instead` takes their place; without any chosen it is added. */
  | {
      readonly kind: 'choose'
      readonly filter: Filter
      readonly path: string
      readonly effect: 'remove' | 'replace' | 'keep'
      readonly instead: string | undefined
    }

export function planMembers({ change, place, path }: AttributeOperation): MemberChange {
  const { filter } = place
  if (filter) return planChosen(change, { filter, path })
  switch (change.kind) {
    case 'append':
      return { kind: 'add', ids: idsOf(change.elements, path) }
    case 'withdraw':
      return { kind: 'remove', ids: idsOf(change.elements, path) }
    case 'clear':
      return { kind: 'replace', ids: [] }
    case 'set':
      return {
        kind: 'replace',
        ids: idsOf(Array.isArray(change.value) ? change.value : [change.value], path),
      }
    case 'merge':
      throw mutability(`${path} cannot be changed: a member is added and removed as a whole.`)
  }
}

/** `members[value eq "…"]`. */
function planChosen(change: Change, { filter, path }: { filter: Filter; path: string }): MemberChange {
  const choice = { kind: 'choose', filter, path } as const
  if (change.kind === 'clear') return { ...choice, effect: 'remove', instead: undefined }
  if (change.kind === 'set')
    return { ...choice, effect: 'replace', instead: idOf(seeded(filter, change.value), path) }
  if (change.kind !== 'merge' || change.clear.length > 0) {
    throw mutability(`${path} cannot be changed: a member is added and removed as a whole.`)
  }
  return { ...choice, effect: 'keep', instead: idOf(seeded(filter, change.set), path) }
}

/** What the filter says of the value stands where the operation itself does not say it. */
const seeded = (filter: Filter, value: Json): Json =>
  isObject(value) ? { ...seedOf(filter), ...value } : value

function idsOf(elements: readonly Json[], path: string): string[] {
  return [...new Set(elements.map((element, index) => idOf(element, `${path}[${index}]`)))]
}

/** Ids are written in lower case; what is none is kept as it came, and then found nowhere. */
function idOf(element: Json, where: string): string {
  const value = isObject(element) ? element.value : element
  if (typeof value === 'string' && value.trim() !== '') return value.trim().toLowerCase()
  const came = typeof value === 'string' ? quote(value) : kindOf(value)
  throw invalidValue(`${where}.value must be the id of a user or of a group, but ${came} came.`)
}

/** The one member that the filter can mean: `value eq "…"`. */
export function idNamedBy(filter: Filter): string | undefined {
  const isValue = filter.kind === 'compare' && filter.operator === 'eq' && filter.path.sub?.name === 'value'
  return isValue && typeof filter.value === 'string' ? filter.value.toLowerCase() : undefined
}
