// The SCIM log of a domain: its list with filters, and one entry.
import { readId } from '../../../base/id.ts'
import { requireDomain } from '../../../manage/domains/domains.ts'
import { readLogChart } from '../../../manage/domains/scim-log/chart.ts'
import { readEffects } from '../../../manage/domains/scim-log/effects.ts'
import { readLogEntry } from '../../../manage/domains/scim-log/entry.ts'
import { findHolder } from '../../../manage/domains/scim-log/owner.ts'
import { type LogPage, readLogPage } from '../../../manage/domains/scim-log/page.ts'
import { readTokenHints } from '../../../manage/domains/scim-log/token-hints.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { entryPage } from './entry/entry-page.ts'
import { isSettled } from './filter-form.ts'
import { queryOf, readFilters, searchFor } from './filters.ts'
import { logPage } from './list-page.ts'
import { placeOf, readWanted } from './wanted.ts'

const rowsOnPage = 40

export async function list(call: OrganizationCall): Promise<Response> {
  const { ctx, caller, c } = call
  const domain = await requireDomain(ctx, caller, idIn(call, 'id'))
  const path = `/domains/${domain.id}/scim-log`
  const params = new URL(c.req.url).searchParams
  const filters = readFilters(params)
  const wanted = await readWanted(call, { domainId: domain.id, filters })
  const elsewhere = placeOf(call, { path, filters, wanted })
  if (elsewhere !== undefined) return c.redirect(elsewhere, 303)
  const beforeId = readId(params.get('before') ?? '')
  const search = searchFor(filters, ctx.now())
  const [page, chart, tokenHints] = await Promise.all([
    isSettled({ filters, wanted })
      ? readLogPage(ctx, domain.id, { search, limit: rowsOnPage, beforeId })
      : nobody,
    readLogChart(ctx, domain.id, search),
    readTokenHints(ctx, domain.id),
  ])
  const shown = { ...page, domain, path, filters, wanted, tokenHints, chart, now: ctx.now() }
  const isNewest = beforeId === undefined && filters.to === undefined
  const link = ctx.config.baseUrl + path + queryOf(filters, beforeId ? { before: beforeId } : {})
  return showConsole(call, 200, logPage({ ...shown, link, isNewest }))
}

const nobody: LogPage = { rows: [], hasOlder: false, lookedTo: undefined }

export async function show(call: OrganizationCall): Promise<Response> {
  const { ctx, caller } = call
  const domain = await requireDomain(ctx, caller, idIn(call, 'id'))
  const found = await readLogEntry(ctx, domain.id, idIn(call, 'entry'))
  const { entry } = found
  const effects = await readEffects(ctx, caller, { domainId: domain.id, entry })
  const holder = await findHolder(ctx, domain.id, entry)
  const { baseUrl } = ctx.config
  return showConsole(call, 200, entryPage({ ...found, domain, effects, holder, baseUrl }))
}
