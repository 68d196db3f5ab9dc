// A domain's page after whatever was asked of it: what was done, or why not, by the step that it is about.
import { Refusal } from '../../../base/refusal.ts'
import { readDomain } from '../../../manage/domains/domains.ts'
import type { DomainObject } from '../../../manage/domains/view.ts'
import { statuses } from '../trouble.ts'
import { domainPage, type Happened } from './domain-page.ts'
import type { Workplace } from './stepper.ts'

export const readPlace = ({ ctx, caller, domainId }: Workplace): Promise<DomainObject> =>
  readDomain(ctx, caller, domainId)

export async function showDomain(place: Workplace, happened: Happened = {}): Promise<Response> {
  return showThat(place, await readPlace(place), happened)
}

const showThat = (place: Workplace, domain: DomainObject, happened: Happened) =>
  place.show(happened.refusal ? statuses[happened.refusal.kind] : 200, domainPage(place, domain, happened))

/** Does what a form asks for, and shows the page with what came of it; a refusal too. */
export async function act(
  place: Workplace,
  deed: () => Promise<{ domain?: DomainObject; happened: Happened }>,
): Promise<Response> {
  try {
    const { domain, happened } = await deed()
    return showThat(place, domain ?? (await readPlace(place)), happened)
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind === 'missing') throw refusal
    return showDomain(place, { refusal })
  }
}
