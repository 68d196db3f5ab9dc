// The three levels of a membership; a higher one may do everything that a lower one may.

export const levels = { member: 1, admin: 8, owner: 15 } as const

export type Level = (typeof levels)[keyof typeof levels]

export const isLevel = (value: unknown): value is Level => Object.values<unknown>(levels).includes(value)

/** A level, and the group of a directory that gave it; null when a person or the organization's default did. */
export interface Standing {
  readonly level: number
  readonly groupId: string | null
}

/**
 * Where a member stands under the groups they are in. A group raises whom it finds lower; it lowers only whom a group had
 * raised, and whom no group gives a level any more returns to the default. Owners are out of reach of any group.
 */
export function levelUnderGroups(
  before: Standing,
  given: Standing | undefined,
  defaultLevel: number,
): Standing {
  if (before.level >= levels.owner) return before
  if (!given) return before.groupId === null ? before : { level: defaultLevel, groupId: null }
  return before.groupId !== null || given.level > before.level ? given : before
}
