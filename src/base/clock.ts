// The time of day as a value that is handed around, so that tests and operators can shift it.

export type Clock = () => Date

export const clockWithOffset =
  (seconds: number): Clock =>
  () =>
    new Date(Date.now() + seconds * 1000)
