// From when to when: ids of the log begin with their time, so that it is searched by its key alone.
import { idsFrom } from '../../../base/id.ts'
import type { LogSearch } from './search.ts'

export interface Bounds {
  readonly fromId: string | undefined
  /** Exclusive. */
  readonly beforeId: string | undefined
}

/** `after` and `before` are inclusive, and of two upper bounds the lower one counts. */
export function boundsOf({ after, before }: LogSearch, beforeId?: string): Bounds {
  const end = before === undefined ? undefined : idsFrom(new Date(Date.parse(before) + 1))
  return {
    fromId: after === undefined ? undefined : idsFrom(new Date(after)),
    beforeId: [end, beforeId].filter(each => each !== undefined).sort()[0],
  }
}
