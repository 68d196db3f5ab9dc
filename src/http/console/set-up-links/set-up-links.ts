// The set-up links of a domain, or of the whole organization: listed, made, revoked.
import { requireDomain } from '../../../manage/domains/domains.ts'
import { createSetUpLink, readSetUpLinks, revokeSetUpLink } from '../../../manage/set-up-links.ts'
import { type Status, statuses } from '../../explained.ts'
import { readPage } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { noticeAfter, refusalNotice, requireAnswerable } from '../notice.ts'
import { once } from '../once.ts'
import { labels } from './form.ts'
import { linksOnPage, linksPage, type Place, pathOf } from './list-page.ts'
import { madeNotice } from './made.ts'

/** The domain that the path names; none is the organization's own page. */
async function placeOf(call: OrganizationCall): Promise<Place> {
  if (call.c.req.param('id') === undefined) return null
  const { id, name } = await requireDomain(call.ctx, call.caller, idIn(call, 'id'))
  return { id, name }
}

async function showLinks(call: OrganizationCall, place: Place, [notice, status]: [Markup | '', Status]) {
  const page = readPage(new URL(call.c.req.url).searchParams)
  const { count, results } = await readSetUpLinks(call.ctx, call.caller, {
    domainId: place?.id,
    limit: linksOnPage,
    offset: (page - 1) * linksOnPage,
  })
  return showConsole(call, status, linksPage(call, { place, links: results, page, count, notice }))
}

export async function list(call: OrganizationCall): Promise<Response> {
  const revoked = 'The link is revoked: it opens nothing any more, for whoever has it open either.'
  return showLinks(call, await placeOf(call), [noticeAfter(call, { revoked }), 200])
}

/** The link is in this answer and nowhere else. */
export async function create(call: OrganizationCall): Promise<Response> {
  const { ctx, caller, form } = call
  const place = await placeOf(call)
  try {
    const wish = {
      domainId: place?.id ?? null,
      label: form.get('label') ?? '',
      sendTo: form.get('send_to') ?? '',
      parts: form.getAll('parts'),
      days: Number(form.get('days') ?? Number.NaN),
    }
    const link = await once(call, () => createSetUpLink(ctx, caller, wish))
    const fresh = { ...call, form: new URLSearchParams() }
    return await showLinks(fresh, place, [madeNotice(ctx, link), 200])
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showLinks(call, place, [refusalNotice(refusal, labels), statuses[refusal.kind]])
  }
}

export async function revoke(call: OrganizationCall): Promise<Response> {
  const place = await placeOf(call)
  try {
    await revokeSetUpLink(call.ctx, call.caller, idIn(call, 'link'))
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showLinks(call, place, [refusalNotice(refusal), statuses[refusal.kind]])
  }
  return call.c.redirect(`${pathOf(place)}?done=revoked`, 303)
}
