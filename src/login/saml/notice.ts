// What a refused person is shown: a sentence, the code, a trace for their administrator, and the way to begin anew.
import type { Domain } from '../../domain/domain.ts'
import { adviseOn } from '../../saml/advice.ts'
import type { Refusal } from '../../saml/refusal.ts'

export interface Notice {
  readonly status: 400 | 404 | 413
  readonly sentence: string
  readonly code: string
  readonly traceId: string
  /** A path of ours. */
  readonly startOver: string
}

interface Place {
  readonly traceId: string
  readonly domain?: Domain | undefined
  readonly next?: string | undefined
}

/** Nothing in it comes from the document. */
export function noticeOf(refusal: Refusal, { traceId, domain, next }: Place): Notice {
  const { status, forUser } = adviseOn(refusal)
  const path = domain && refusal.code !== 'saml_not_configured' ? `/saml/${domain.id}/login` : '/login'
  const query = next === undefined || next === '/' ? '' : `?${new URLSearchParams({ next })}`
  return { status, sentence: forUser, code: refusal.code, traceId, startOver: path + query }
}
