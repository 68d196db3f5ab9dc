// The three levels of a membership; a higher one may do everything that a lower one may.

export const levels = { member: 1, admin: 8, owner: 15 } as const

export type Level = (typeof levels)[keyof typeof levels]

export const isLevel = (value: unknown): value is Level => Object.values<unknown>(levels).includes(value)
