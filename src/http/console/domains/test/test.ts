// The step that tries it: out to the identity provider by a link made anew, and word to the page when it has come back.
import { testUrlOf } from '../../../../login/saml/test-link.ts'
import { requireDomain } from '../../../../manage/domains/domains.ts'
import { findTestAfter } from '../../../../manage/domains/progress.ts'
import { requireSamlSetUp } from '../../../../manage/domains/saml-fields.ts'
import { requirePart } from '../../../../manage/set-up/caller.ts'
import { requireAnswerable } from '../../notice.ts'
import { tellArrival } from '../arrival.ts'
import { showDomain } from '../show.ts'
import type { Workplace } from '../stepper.ts'

/** A link and no form: where a form of ours may lead its policy says, and that is nowhere else. */
export async function startTest(place: Workplace): Promise<Response> {
  const { ctx, c, caller, domainId } = place
  try {
    requirePart(caller, domainId, 'test')
    const domain = await requireDomain(ctx, caller, domainId)
    requireSamlSetUp(domain)
    return c.redirect(testUrlOf(ctx, domain), 303)
  } catch (error) {
    return showDomain(place, { part: 'test', refusal: requireAnswerable(error) })
  }
}

export function awaitTest(place: Workplace): Promise<Response> {
  const { ctx, c, caller, domainId } = place
  const since = c.req.query('since') ?? ''
  return tellArrival(place, async () => {
    const id = await findTestAfter(ctx, caller, { domainId, since })
    return id === undefined ? undefined : `${place.base}?tested=${id}#test`
  })
}
