// By which tokens the SCIM log can be filtered: those that are live.
import type { Context } from '../../../context.ts'
import { listLiveScimTokens } from '../../../store/domain/scim-tokens.ts'

export async function readTokenHints({ db, now }: Context, domainId: string): Promise<string[]> {
  const tokens = await listLiveScimTokens(db, domainId, now().toISOString())
  return tokens.map(({ hint }) => hint)
}
