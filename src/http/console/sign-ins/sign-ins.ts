// The sign-ins of the organization: the list with filters, as it grows, and one of them.
import { readId } from '../../../base/id.ts'
import { readSignIn } from '../../../manage/sign-ins/entry.ts'
import { followSignIns, readDomainNames, readSignInPage } from '../../../manage/sign-ins/list.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { administratorOf, followLive, sinceIn } from '../live.ts'
import { entryPage } from './entry-page.ts'
import { readFilters, searchFor } from './filters.ts'
import { listPage } from './list-page.ts'
import { signInRow } from './row.ts'

const rowsOnPage = 30

const paramsOf = ({ c }: OrganizationCall) => new URL(c.req.url).searchParams

export async function list(call: OrganizationCall): Promise<Response> {
  const { ctx, caller } = call
  const params = paramsOf(call)
  const filters = readFilters(params)
  const beforeId = readId(params.get('before') ?? '')
  const now = ctx.now()
  const [domains, page] = await Promise.all([
    readDomainNames(ctx, caller),
    readSignInPage(ctx, caller, { search: searchFor(filters, now), limit: rowsOnPage, beforeId }),
  ])
  const isNewest = beforeId === undefined
  return showConsole(call, 200, listPage({ domains, filters, ...page, isNewest, now }))
}

export async function follow(call: OrganizationCall): Promise<Response> {
  const { ctx, caller } = call
  // No `after`: what is new is within every span.
  const { after: _, ...search } = searchFor(readFilters(paramsOf(call)), ctx.now())
  const next = await followSignIns(ctx, caller, { search, sinceId: sinceIn(call) })
  return followLive(administratorOf(call), { next, show: row => signInRow(row, ctx.now()) })
}

export async function show(call: OrganizationCall): Promise<Response> {
  const { ctx, caller } = call
  const entry = await readSignIn(ctx, caller, { domainId: idIn(call, 'domain'), id: idIn(call, 'id') })
  const { baseUrl, samlClockSkew: clockSkewSeconds } = ctx.config
  return showConsole(call, 200, entryPage(entry, { baseUrl, clockSkewSeconds, now: ctx.now() }))
}
