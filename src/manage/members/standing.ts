// Who may do something to whom, by their levels.
import { denied } from '../../base/refusal.ts'

export function refuseAbove(own: number, other: number, got: string): void {
  if (other > own) throw denied(`Expected a level of at most your own, which is ${own}; ${got}.`)
}
