// The step that proves the domain: looking the record up now.
import { requireDomain } from '../../../../manage/domains/domains.ts'
import { checkNow } from '../../../../manage/domains/verification.ts'
import { act } from '../show.ts'
import type { Workplace } from '../stepper.ts'

export const verify = (place: Workplace): Promise<Response> =>
  act(place, { part: 'verify' }, async () => {
    const { ctx, caller, domainId } = place
    const claimed = await requireDomain(ctx, caller, domainId)
    const { verification_check: check } = await checkNow(ctx, caller, claimed)
    return { check }
  })
