// The domains of an organization: the table, adding one, and the steps of each.
import { invalid, Refusal } from '../../../base/refusal.ts'
import { createDomain } from '../../../manage/domains/claim.ts'
import { readDomains, requireDomain } from '../../../manage/domains/domains.ts'
import { statuses } from '../../explained.ts'
import { readPage } from '../../look/filters.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { administratorOf } from '../live.ts'
import { type Around, domainsOnPage, domainsPage } from './list-page.ts'
import { allParts, type Workplace } from './stepper.ts'

export async function list(call: OrganizationCall, around: Around = {}): Promise<Response> {
  const { complaint } = around
  const page = readPage(new URL(call.c.req.url).searchParams)
  const { count, results } = await readDomains(call.ctx, call.caller, {
    limit: domainsOnPage,
    offset: (page - 1) * domainsOnPage,
  })
  const status = complaint ? statuses[complaint.refusal.kind] : 200
  return showConsole(call, status, domainsPage(call, { page, count, domains: results }, around))
}

export async function create(call: OrganizationCall): Promise<Response> {
  const typed = call.form.get('domain') ?? ''
  try {
    if (typed.trim() === '')
      throw invalid('required', 'Expected the name of a domain, such as acme.com; got nothing.')
    const { id } = await createDomain(call.ctx, call.caller, { name: typed, settings: {} })
    return call.c.redirect(`/domains/${id}`, 303)
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind !== 'invalid') throw refusal
    return list(call, { complaint: { refusal, typed } })
  }
}

/** A step in the console, where every part may be taken. */
export const step =
  (handler: (place: Workplace) => Response | Promise<Response>) =>
  (call: OrganizationCall): Response | Promise<Response> => {
    const { ctx, c, lifecycle, caller, form, csrfToken } = call
    const domainId = idIn(call, 'id')
    return handler({
      ctx,
      c,
      lifecycle,
      caller,
      form,
      csrfToken,
      domainId,
      base: `/domains/${domainId}`,
      log: `/domains/${domainId}/scim-log`,
      parts: allParts,
      requireStillAllowed: administratorOf(call, now => requireDomain(ctx, now, domainId))
        .requireStillAllowed,
      show: (status, { title, body, domain }) =>
        showConsole(call, status, { title, body, domain: { ...domain, tab: 'set-up' } }),
    })
  }
