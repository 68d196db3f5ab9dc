// How far the parts of a set-up are that a link asks for.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { hasSaml, isVerified } from '../../domain/domain.ts'
import type { SetUpPart } from '../../domain/set-up-part.ts'
import { findDomain } from '../../store/domain/domains.ts'
import { listLiveScimTokens } from '../../store/domain/scim-tokens.ts'
import { requireReach, type SetUpCaller } from './caller.ts'

export type Progress = readonly { readonly part: SetUpPart; readonly isDone: boolean }[]

export async function readProgress(ctx: Context, caller: SetUpCaller, domainId: string): Promise<Progress> {
  requireReach(caller, domainId)
  const domain = await findDomain(ctx.db, caller.organizationId, domainId)
  if (!domain) throw missing()
  const tokens = await listLiveScimTokens(ctx.db, domainId, ctx.now().toISOString())
  const done: Readonly<Record<SetUpPart, boolean>> = {
    verify: isVerified(domain) && domain.verificationLostAt === null,
    saml: hasSaml(domain),
    scim: tokens.some(token => token.last_used_at !== null),
    test: domain.samlTestedAt !== null,
  }
  return caller.parts.map(part => ({ part, isDone: done[part] }))
}
