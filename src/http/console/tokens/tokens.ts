// The SCIM tokens of all domains: looked at, rotated with an overlap or at once, revoked.
import { readId } from '../../../base/id.ts'
import { missing } from '../../../base/refusal.ts'
import {
  readDomainsWithoutScim,
  readTokens,
  readTokensAtStake,
  type TokensAtStake,
} from '../../../manage/domains/scim-tokens/list.ts'
import { revokeToken, rotateToken } from '../../../manage/domains/scim-tokens.ts'
import { type Status, statuses } from '../../explained.ts'
import { readPage } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { requireTyped } from '../confirmation.ts'
import { showConsole } from '../frame.ts'
import { noticeAfter, refusalNotice, requireAnswerable } from '../notice.ts'
import { once } from '../once.ts'
import { endingPage } from './ending-page.ts'
import { overlapIn } from './overlap.ts'
import { domainsOnPage, madeNotice, tokensPage } from './page.ts'
import { seenIn } from './seen.ts'

const labels = { confirm: 'The word', overlap: 'Older tokens' }
const mostWithout = 10

export function list(call: OrganizationCall): Promise<Response> {
  return showTokens(
    call,
    noticeAfter(call, { revoked: 'The token is revoked: it opens nothing any more.' }),
    200,
  )
}

async function showTokens(call: OrganizationCall, notice: Markup | '', status: Status): Promise<Response> {
  const { ctx, c, caller } = call
  const page = readPage(new URL(c.req.url).searchParams)
  const { count, results } = await readTokens(ctx, caller, {
    limit: domainsOnPage,
    offset: (page - 1) * domainsOnPage,
  })
  const without = await readDomainsWithoutScim(ctx, caller, mostWithout)
  return showConsole(call, status, tokensPage(call, { page, count, domains: results, without, notice }))
}

/** The token is in this answer and nowhere else. */
export async function rotate(call: OrganizationCall): Promise<Response> {
  const { ctx, caller, form } = call
  const domain = await readTokensAtStake(ctx, caller, readId(form.get('domain') ?? '') ?? '')
  try {
    const overlapSeconds = overlapIn(form)
    const isUsed = domain.tokens.some(token => token.lastUsedAt !== null)
    if (overlapSeconds === 0 && isUsed) {
      if (!form.has('confirm')) return await showReplacing(call, domain)
      requireTyped(call, domain.name)
    }
    const made = await once(call, () =>
      rotateToken(ctx, caller, { domainId: domain.id, overlapSeconds, seen: seenIn(form) }),
    )
    const notice = madeNotice({
      token: made.scim_bearer_token,
      baseUrl: made.scim_base_url ?? '',
      domain,
    })
    return await showTokens({ ...call, form: new URLSearchParams() }, notice, 200)
  } catch (error) {
    const refusal = requireAnswerable(error)
    const isMistyped = form.has('confirm') && refusal.kind === 'invalid'
    if (isMistyped) return showReplacing(call, domain, refusal)
    return showTokens(call, refusalNotice(refusal, labels), statuses[refusal.kind])
  }
}

/** Everybody who has one of the tokens stops at once. */
function showReplacing(call: OrganizationCall, domain: TokensAtStake, error?: unknown) {
  return showEnding(call, error, {
    domain,
    tokens: domain.tokens,
    title: `Replace the tokens of ${domain.name} at once`,
    action: '/tokens',
    fields: { domain: domain.id, overlap: '0' },
  })
}

export async function confirmRevocation(call: OrganizationCall, error?: unknown): Promise<Response> {
  const { domain, token } = await requireToken(call)
  return showEnding(call, error, {
    domain,
    tokens: [token],
    title: `Revoke the token …${token.hint}`,
    action: `/tokens/${domain.id}/${token.id}/revoke`,
    fields: {},
  })
}

type Ending = Omit<Parameters<typeof endingPage>[1], 'notice'>

/** Asks for the domain's name, and says why what was typed the last time was refused. */
function showEnding(call: OrganizationCall, error: unknown, ending: Ending) {
  const refusal = error === undefined ? undefined : requireAnswerable(error)
  const notice = refusal ? refusalNotice(refusal, labels) : ''
  const page = endingPage(call, { ...ending, notice })
  return showConsole(call, refusal ? statuses[refusal.kind] : 200, page)
}

async function requireToken(call: OrganizationCall) {
  const domain = await readTokensAtStake(call.ctx, call.caller, idIn(call, 'domain'))
  const token = domain.tokens.find(({ id }) => id === idIn(call, 'token'))
  if (!token) throw missing()
  return { domain, token }
}

export async function revoke(call: OrganizationCall): Promise<Response> {
  const { ctx, caller, form } = call
  const { domain, token } = await requireToken(call)
  try {
    requireTyped(call, domain.name)
    await revokeToken(ctx, caller, { domainId: domain.id, tokenId: token.id, seen: seenIn(form) })
  } catch (error) {
    return confirmRevocation(call, error)
  }
  return call.c.redirect('/tokens?done=revoked', 303)
}
