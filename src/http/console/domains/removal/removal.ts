// Giving a domain up, after a look at what goes with it.
import { removeDomain } from '../../../../manage/domains/domains.ts'
import { readHoldings } from '../../../../manage/domains/holdings.ts'
import { requireOwn } from '../../../../manage/set-up/caller.ts'
import { statuses } from '../../../explained.ts'
import { requireTyped } from '../../confirmation.ts'
import { requireAnswerable } from '../../notice.ts'
import type { Workplace } from '../stepper.ts'
import { removalPage } from './page.ts'

export async function show(place: Workplace, error?: unknown): Promise<Response> {
  const refusal = error === undefined ? undefined : requireAnswerable(error)
  const { ctx, caller, domainId } = place
  const holdings = await readHoldings(ctx, requireOwn(caller), domainId)
  return place.show(refusal ? statuses[refusal.kind] : 200, removalPage(place, holdings, refusal))
}

export async function remove(place: Workplace): Promise<Response> {
  const { ctx, c, domainId } = place
  const caller = requireOwn(place.caller)
  const { domain } = await readHoldings(ctx, caller, domainId)
  try {
    requireTyped(place, domain.domain)
    await removeDomain(ctx, caller, domainId)
  } catch (error) {
    return show(place, error)
  }
  return c.redirect('/domains', 303)
}
