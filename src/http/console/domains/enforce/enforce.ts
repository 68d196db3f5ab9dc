// The last step: SAML as the only way in for the people of a domain, after a look at who they are; and back.
import { invalid } from '../../../../base/refusal.ts'
import { changeDomain } from '../../../../manage/domains/domains.ts'
import { readEnforcement } from '../../../../manage/domains/enforcement.ts'
import { requireOwn } from '../../../../manage/set-up/caller.ts'
import { statuses } from '../../../explained.ts'
import { requireTyped } from '../../confirmation.ts'
import { requireAnswerable } from '../../notice.ts'
import { showDomain } from '../show.ts'
import { switchIn, type Workplace } from '../stepper.ts'
import { enforcementPage } from './page.ts'

export async function show(place: Workplace, error?: unknown): Promise<Response> {
  const refusal = error === undefined ? undefined : requireAnswerable(error)
  const { ctx, caller, domainId } = place
  const enforcement = await readEnforcement(ctx, requireOwn(caller), domainId)
  return place.show(refusal ? statuses[refusal.kind] : 200, enforcementPage(place, enforcement, refusal))
}

export async function change(place: Workplace): Promise<Response> {
  let done: string
  try {
    done = await (switchIn(place, 'enforce') ? enforce(place) : release(place))
  } catch (error) {
    return show(place, error)
  }
  return showDomain(place, { part: 'enforce', done })
}

async function enforce(place: Workplace): Promise<string> {
  const { ctx, caller, domainId: id, form } = place
  const { progress, owners } = await readEnforcement(ctx, requireOwn(caller), id)
  if (owners.length === 0) {
    throw invalid('no_owner', 'Expected an owner who could be let back in; this organization has none.')
  }
  if (!form.has('way_back')) {
    throw invalid(
      'way_back',
      'Expected the box to be ticked that somebody can run the command; it is not.',
      'way_back',
    )
  }
  requireTyped(place, progress.domain.domain)
  await changeDomain(ctx, caller, { id, patch: { sso_enforcement: 'saml' } })
  return 'SAML is enforced. Open sessions stay valid until they end.'
}

async function release(place: Workplace): Promise<string> {
  const { ctx, caller, domainId: id } = place
  const { progress } = await readEnforcement(ctx, requireOwn(caller), id)
  requireTyped(place, progress.domain.domain)
  await changeDomain(ctx, caller, { id, patch: { sso_enforcement: '' } })
  return ctx.config.emailLinks
    ? 'SAML is no longer enforced: mailed links work again.'
    : 'SAML is no longer enforced. Mailed links are switched off on this server, so it is still the only way in.'
}
