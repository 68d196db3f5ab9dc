// The two clocks of a sign-in and how far they are apart.
import type { SignInObject } from '../../../manage/sign-ins/view.ts'

type Clocks = Pick<SignInObject, 'created_at' | 'idp_clock_offset_ms'>

/** Undefined where the response did not say when it was made. */
export function clockWords(signIn: Clocks): string | undefined {
  const theirs = theirTime(signIn)
  return (
    theirs &&
    `ours ${time(signIn.created_at)}, theirs ${time(theirs)} UTC: ${apart(signIn.idp_clock_offset_ms ?? 0)}`
  )
}

/** When the response was made, by the clock of the identity provider. */
export function theirTime({ created_at, idp_clock_offset_ms: offset }: Clocks): string | undefined {
  const at = new Date(Date.parse(created_at) + (offset ?? Number.NaN))
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

const time = (iso: string) => iso.slice(11, 23)

/** The way through the browser counts as well. */
export function apart(offset: number): string {
  const seconds = Math.abs(offset) / 1000
  const size =
    seconds < 10
      ? `${seconds.toFixed(1)} s`
      : seconds < 120
        ? `${Math.round(seconds)} s`
        : `${Math.round(seconds / 60)} min`
  return `theirs is ${size} ${offset > 0 ? 'ahead' : 'behind'}`
}
