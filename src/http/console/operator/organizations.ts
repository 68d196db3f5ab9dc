// All organizations of the installation: looked through, made for somebody, gone into and out of.
import { leaveOrganization, operateIn } from '../../../manage/operators/entering.ts'
import { createOrganizationFor, readOverview } from '../../../manage/operators/organizations.ts'
import { statuses } from '../../explained.ts'
import { readPage, readSearch } from '../../look/filters.ts'
import { type ConsoleCall, idIn } from '../call.ts'
import { showConsole } from '../frame.ts'
import { requireAnswerable } from '../notice.ts'
import { once } from '../once.ts'
import { type Happened, organizationsPage } from './organizations-page.ts'

const onPage = 25

export const list = (call: ConsoleCall): Promise<Response> => show(call, {})

async function show(call: ConsoleCall, happened: Happened): Promise<Response> {
  const { ctx, c, principal } = call
  const params = new URL(c.req.url).searchParams
  const search = readSearch(params) || undefined
  const page = readPage(params)
  const place = { limit: onPage, offset: (page - 1) * onPage }
  const { count, results } = await readOverview(ctx, principal, { search, ...place })
  const status = happened.refusal ? statuses[happened.refusal.kind] : 200
  const shown = { call, results, count, page, size: onPage, search, happened }
  return showConsole(call, status, organizationsPage(shown))
}

export async function create(call: ConsoleCall): Promise<Response> {
  const form = { name: call.form.get('name') ?? '', owner: call.form.get('owner') ?? '' }
  try {
    const made = await once(call, () => createOrganizationFor(call.ctx, call.principal, form))
    return await show(call, { made })
  } catch (error) {
    return show(call, { refusal: requireAnswerable(error), typed: form })
  }
}

export async function enter(call: ConsoleCall): Promise<Response> {
  await operateIn(call.ctx, call.principal, idIn(call, 'id'))
  return call.c.redirect('/', 303)
}

/** For whoever is signed in: there may be nothing to leave. */
export async function leave({ ctx, c, principal }: ConsoleCall): Promise<Response> {
  await leaveOrganization(ctx, principal)
  return c.redirect(principal.operator ? '/operator' : '/', 303)
}
