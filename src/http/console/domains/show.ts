// A domain's page after whatever was asked of it: what was done, or why not, by the step that it is about.
import { readProgress } from '../../../manage/domains/progress.ts'
import { statuses } from '../../explained.ts'
import { requireAnswerable } from '../notice.ts'
import { domainPage } from './domain-page.ts'
import type { Happened, Where } from './stage.ts'
import type { Workplace } from './stepper.ts'

export async function showDomain(place: Workplace, happened?: Happened): Promise<Response> {
  const progress = await readProgress(place.ctx, place.caller, place.domainId)
  const status = happened?.refusal ? statuses[happened.refusal.kind] : 200
  return place.show(status, domainPage(place, progress, happened))
}

/** Does what a form of a step asks for, and shows the page with what came of it; a refusal by the form. */
export async function act(
  place: Workplace,
  where: Where,
  deed: () => Promise<Omit<Happened, keyof Where>>,
): Promise<Response> {
  let happened: Happened
  try {
    happened = { part: where.part, ...(await deed()) }
  } catch (error) {
    happened = { ...where, refusal: requireAnswerable(error) }
  }
  return showDomain(place, happened)
}
