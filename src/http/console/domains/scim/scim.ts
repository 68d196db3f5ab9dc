// The SCIM step: switched on and off, tokens made and ended.
import { invalid } from '../../../../base/refusal.ts'
import { changeDomain } from '../../../../manage/domains/domains.ts'
import { longestOverlapSeconds, revokeToken, rotateToken } from '../../../../manage/domains/scim-tokens.ts'
import { act } from '../show.ts'
import { idOf, type Workplace } from '../stepper.ts'

export const switchScim = (place: Workplace): Promise<Response> =>
  act(place, { part: 'scim' }, async () => {
    const { ctx, caller, domainId: id, form } = place
    const isOn = form.get('scim') === 'on'
    const domain = await changeDomain(ctx, caller, { id, patch: { scim_enabled: isOn } })
    return isOn ? { token: domain.scim_bearer_token } : { done: 'SCIM is off, and its tokens have ended.' }
  })

export const rotate = (place: Workplace): Promise<Response> =>
  act(place, { part: 'scim' }, async () => {
    const { ctx, caller, domainId, form } = place
    const overlapSeconds = Number(form.get('overlap') ?? 0)
    if (!Number.isInteger(overlapSeconds) || overlapSeconds < 0 || overlapSeconds > longestOverlapSeconds) {
      throw invalid(
        'invalid_input',
        `Expected an overlap of 0 to ${longestOverlapSeconds} seconds.`,
        'overlap',
      )
    }
    const { scim_bearer_token: token } = await rotateToken(ctx, caller, { domainId, overlapSeconds })
    return { token }
  })

export const revoke = (place: Workplace): Promise<Response> =>
  act(place, { part: 'scim' }, async () => {
    const { ctx, caller, domainId } = place
    await revokeToken(ctx, caller, { domainId, tokenId: idOf(place, 'token') })
    return { done: 'The token has ended.' }
  })
