// A domain's page after whatever was asked of it: what was done, or why not, by the step that it is about.
import type { Refusal } from '../../../base/refusal.ts'
import { readProgress } from '../../../manage/domains/progress.ts'
import { requireAnswerable } from '../notice.ts'
import { statuses } from '../trouble.ts'
import { domainPage } from './domain-page.ts'
import type { Happened } from './stage.ts'
import type { Part, Workplace } from './stepper.ts'

export async function showDomain(place: Workplace, happened?: Happened): Promise<Response> {
  const progress = await readProgress(place.ctx, place.caller, place.domainId)
  const status = happened?.refusal ? statuses[happened.refusal.kind] : 200
  return place.show(status, domainPage(place, progress, happened))
}

/** Does what a form of a step asks for, and shows the page with what came of it; a refusal too. */
export async function act(
  place: Workplace,
  part: Part,
  deed: () => Promise<Omit<Happened, 'part'>>,
): Promise<Response> {
  let happened: Happened
  try {
    happened = { part, ...(await deed()) }
  } catch (error) {
    happened = { part, refusal: requireAnswerable(error) }
  }
  return showDomain(place, happened)
}

export const showRefused = (place: Workplace, part: Part, refusal: Refusal): Promise<Response> =>
  showDomain(place, { part, refusal })
