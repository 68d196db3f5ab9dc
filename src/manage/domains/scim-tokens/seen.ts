// What a page showed of a domain's tokens before somebody asked there for a new one: their word is about these alone.
import { Refusal } from '../../../base/refusal.ts'
import type { ScimToken } from '../../../store/domain/scim-tokens.ts'
import { changedMeanwhile } from '../../meanwhile.ts'

interface SeenToken {
  readonly id: string
  readonly lastUsedAt: string | null
}

/** For the form of such a page. */
export const seenTokens = (tokens: readonly SeenToken[]): string =>
  tokens.map(({ id, lastUsedAt }) => (lastUsedAt === null ? id : usedMark(id))).join(' ')

const usedMark = (id: string): string => `${id}+`

/** `endsAll`: whoever has one of the live tokens is refused from now on. */
export function refuseUnseen(
  live: readonly ScimToken[],
  { seen, endsAll }: { seen: string; endsAll: boolean },
): void {
  const known = new Set(seen.split(' '))
  const news = live.flatMap(({ id, hint, created_at: at, last_used_at }) => {
    if (!known.has(id) && !known.has(usedMark(id)))
      return [`…${hint} was made at ${at.slice(0, 19).replace('T', ' ')} UTC`]
    return endsAll && last_used_at !== null && !known.has(usedMark(id)) ? [`…${hint} has been used`] : []
  })
  if (news.length === 0) return
  throw new Refusal(
    'conflict',
    changedMeanwhile,
    `The tokens are others than on the page that this was sent from: ${news.join(', ')} since. Nothing was made and nothing has ended; look at them as they are now.`,
  )
}
