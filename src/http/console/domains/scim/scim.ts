// The SCIM step: switched on and off, tokens made and ended.
import { changeDomain } from '../../../../manage/domains/domains.ts'
import { revokeToken, rotateToken } from '../../../../manage/domains/scim-tokens.ts'
import { once } from '../../once.ts'
import { overlapIn } from '../../tokens/overlap.ts'
import { seenIn } from '../../tokens/seen.ts'
import { act } from '../show.ts'
import { idOf, switchIn, type Workplace } from '../stepper.ts'

export const switchScim = (place: Workplace): Promise<Response> =>
  act(place, { part: 'scim' }, async () => {
    const { ctx, caller, domainId: id } = place
    const isOn = switchIn(place, 'scim')
    const { scim_bearer_token: token } = await changeDomain(ctx, caller, {
      id,
      patch: { scim_enabled: isOn },
    })
    if (!isOn) return { done: 'SCIM is off, and its tokens have ended.' }
    return token === null ? { done: wasOn } : { token }
  })

/** Whoever sends the form twice sees the second answer alone. */
const wasOn =
  'SCIM was on already. Its token was shown when it was made, and cannot be shown again: if nobody copied it, make a new one below.'

export const rotate = (place: Workplace): Promise<Response> =>
  act(place, { part: 'scim' }, async () => {
    const { ctx, caller, domainId, form } = place
    const overlapSeconds = overlapIn(form)
    const { scim_bearer_token: token } = await once(place, () =>
      rotateToken(ctx, caller, { domainId, overlapSeconds, seen: seenIn(form) }),
    )
    return { token }
  })

export const revoke = (place: Workplace): Promise<Response> =>
  act(place, { part: 'scim' }, async () => {
    const { ctx, caller, domainId, form } = place
    await revokeToken(ctx, caller, { domainId, tokenId: idOf(place, 'token'), seen: seenIn(form) })
    return { done: 'The token has ended.' }
  })
