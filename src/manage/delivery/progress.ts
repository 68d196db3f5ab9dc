// How far something in the outbox has come, as people are told who wait for it.
import type { listItemsAbout } from '../../store/records/outbox.ts'

type Item = Awaited<ReturnType<typeof listItemsAbout>>[number]

export interface DeliveryProgress {
  readonly state: 'waiting' | 'failing' | 'given_up'
  /** What was said the last time; null before a first failure. */
  readonly error: string | null
  readonly attempts: number
  /** When it is tried next. */
  readonly dueAt: string
}

export function progressOf({ attempts, last_error: error, due_at: dueAt, dead_at }: Item): DeliveryProgress {
  const state = dead_at !== null ? 'given_up' : error === null ? 'waiting' : 'failing'
  return { state, error, attempts, dueAt }
}
