// What an API key may touch: four areas, each to read or to write, or everything.

const areas = ['organization', 'organization_member', 'organization_integration', 'legal_document'] as const

export type Scope = `${(typeof areas)[number]}:${'read' | 'write'}`

export const everything = '*'

/** All that a key can be given. */
export const grantableScopes: readonly string[] = [
  everything,
  ...areas.flatMap(area => [`${area}:read`, `${area}:write`]),
]

/** Writing includes reading, and `*` includes all. */
export function includesScope(granted: readonly string[], wanted: Scope): boolean {
  return [everything, wanted, wanted.replace(/:read$/, ':write')].some(scope => granted.includes(scope))
}
