// The SAML step: what the identity provider gives, taken over.
import { invalid } from '../../../base/refusal.ts'
import { changeDomain } from '../../../manage/domains/domains.ts'
import { act } from './show.ts'
import type { Workplace } from './stepper.ts'

/** XML or an https URL, as the API takes it. */
export const setSaml = (place: Workplace): Promise<Response> =>
  act(place, async () => {
    const { ctx, caller, domainId: id, form } = place
    const metadata = form.get('metadata')?.trim() ?? ''
    if (metadata === '') throw invalid('required', 'Please paste the metadata, or its URL.', 'metadata')
    const domain = await changeDomain(ctx, caller, { id, patch: { saml_metadata: metadata } })
    return {
      domain,
      happened: { done: 'The identity provider is set up. Try a sign-in before anybody depends on it.' },
    }
  })
