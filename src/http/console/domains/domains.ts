// The domains of an organization: the table, a domain's page, and the forms on them.
import { invalid, Refusal } from '../../../base/refusal.ts'
import { createDomain } from '../../../manage/domains/claim.ts'
import { changeDomain, readDomain, readDomains, requireDomain } from '../../../manage/domains/domains.ts'
import { longestOverlapSeconds, revokeToken, rotateToken } from '../../../manage/domains/scim-tokens.ts'
import { verifyDomain } from '../../../manage/domains/verification.ts'
import type { DomainObject } from '../../../manage/domains/view.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { statuses } from '../trouble.ts'
import { domainPage, type Happened } from './domain-page.ts'
import { type Complaint, domainsPage } from './list-page.ts'

/** So many are shown; an organization with more finds the others by the API. */
const mostDomains = 500

export async function list(call: OrganizationCall, complaint?: Complaint): Promise<Response> {
  const { results } = await readDomains(call.ctx, call.caller, { limit: mostDomains, offset: 0 })
  const status = complaint ? statuses[complaint.refusal.kind] : 200
  return showConsole(call, status, domainsPage(call, results, complaint))
}

export async function create(call: OrganizationCall): Promise<Response> {
  const typed = call.form.get('domain') ?? ''
  try {
    if (typed.trim() === '') throw invalid('required', 'Please type the name of a domain, as acme.com.')
    const { id } = await createDomain(call.ctx, call.caller, { name: typed, settings: {} })
    return call.c.redirect(`/domains/${id}`, 303)
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind !== 'invalid') throw refusal
    return list(call, { refusal, typed })
  }
}

export async function show(call: OrganizationCall): Promise<Response> {
  return showDomain(call, await readDomain(call.ctx, call.caller, idIn(call, 'id')))
}

const showDomain = (call: OrganizationCall, domain: DomainObject, happened: Happened = {}) =>
  showConsole(
    call,
    happened.refusal ? statuses[happened.refusal.kind] : 200,
    domainPage(call, domain, happened),
  )

/** Does what a form asks for, and shows the page with what came of it; a refusal too. */
async function act(
  call: OrganizationCall,
  deed: (id: string) => Promise<{ domain?: DomainObject; happened: Happened }>,
): Promise<Response> {
  const id = idIn(call, 'id')
  try {
    const { domain, happened } = await deed(id)
    return showDomain(call, domain ?? (await readDomain(call.ctx, call.caller, id)), happened)
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind === 'missing') throw refusal
    return showDomain(call, await readDomain(call.ctx, call.caller, id), { refusal })
  }
}

export const verify = (call: OrganizationCall): Promise<Response> =>
  act(call, async id => {
    const claimed = await requireDomain(call.ctx, call.caller, id)
    const { verification_check: check, ...domain } = await verifyDomain(call.ctx, call.caller, claimed)
    return { domain, happened: { check } }
  })

/** XML or an https URL, as the API takes it. */
export const setSaml = (call: OrganizationCall): Promise<Response> =>
  act(call, async id => {
    const metadata = call.form.get('metadata')?.trim() ?? ''
    if (metadata === '') throw invalid('required', 'Please paste the metadata, or its URL.', 'metadata')
    const domain = await changeDomain(call.ctx, call.caller, { id, patch: { saml_metadata: metadata } })
    return {
      domain,
      happened: { done: 'The identity provider is set up. Try a sign-in before anybody depends on it.' },
    }
  })

export const switchScim = (call: OrganizationCall): Promise<Response> =>
  act(call, async id => {
    const isOn = call.form.get('scim') === 'on'
    const domain = await changeDomain(call.ctx, call.caller, { id, patch: { scim_enabled: isOn } })
    return { domain, happened: { token: domain.scim_bearer_token } }
  })

export const rotate = (call: OrganizationCall): Promise<Response> =>
  act(call, async domainId => {
    const overlapSeconds = Number(call.form.get('overlap') ?? 0)
    if (!Number.isInteger(overlapSeconds) || overlapSeconds < 0 || overlapSeconds > longestOverlapSeconds) {
      throw invalid(
        'invalid_input',
        `Expected an overlap of 0 to ${longestOverlapSeconds} seconds.`,
        'overlap',
      )
    }
    const { scim_bearer_token: token } = await rotateToken(call.ctx, call.caller, {
      domainId,
      overlapSeconds,
    })
    return { happened: { token } }
  })

export async function revoke(call: OrganizationCall): Promise<Response> {
  const domainId = idIn(call, 'id')
  await revokeToken(call.ctx, call.caller, { domainId, tokenId: idIn(call, 'token') })
  return call.c.redirect(`/domains/${domainId}#scim`, 303)
}
