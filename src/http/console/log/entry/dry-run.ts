// A logged request once more, as a trial: what would happen if it came now, with nothing changed by it.
import { readId } from '../../../../base/id.ts'
import { invalid, throttled } from '../../../../base/refusal.ts'
import type { Domain } from '../../../../domain/domain.ts'
import { describeAudit } from '../../../../manage/audit.ts'
import { requireDomain } from '../../../../manage/domains/domains.ts'
import { nameEffects } from '../../../../manage/domains/scim-log/effects.ts'
import { readLogEntry } from '../../../../manage/domains/scim-log/entry.ts'
import type { NamedRequest } from '../../../../manage/domains/scim-log/names.ts'
import { headerOf, listMasked, rebuildRequest } from '../../../../manage/domains/scim-log/rebuild.ts'
import { statuses } from '../../../explained.ts'
import { type Trial, tryRequest } from '../../../scim/rehearsal.ts'
import { idIn, type OrganizationCall } from '../../call.ts'
import { showConsole } from '../../frame.ts'
import { requireAnswerable } from '../../notice.ts'
import { type Came, dryRunPage, isTooLong, methods, type Typed } from './dry-run-page.ts'

export async function show(call: OrganizationCall): Promise<Response> {
  const logged = await readLogged(call)
  const { masked, ...rebuilt } = await rebuildRequest(call.ctx, logged.domain.id, logged.entry)
  const typed = { ...rebuilt, isBodyAsItCame: isTooLong(rebuilt.body) }
  return showConsole(call, 200, dryRunPage(call, { ...logged, typed, masked }))
}

export async function run(call: OrganizationCall): Promise<Response> {
  const logged = await readLogged(call)
  const typed = await readTyped(call, logged)
  const shown = { ...logged, typed, masked: listMasked(typed) }
  try {
    const came = await alone(call, () => tryOut(call, readTrial(typed, logged)))
    return await showConsole(call, 200, dryRunPage(call, { ...shown, came }))
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showConsole(call, statuses[refusal.kind], dryRunPage(call, { ...shown, came: { refusal } }))
  }
}

interface Logged {
  readonly domain: Domain
  readonly entry: NamedRequest
}

async function readLogged(call: OrganizationCall): Promise<Logged> {
  const domain = await requireDomain(call.ctx, call.caller, idIn(call, 'id'))
  const { entry } = await readLogEntry(call.ctx, domain.id, idIn(call, 'entry'))
  return { domain, entry }
}

async function tryOut({ ctx, caller }: OrganizationCall, trial: Trial): Promise<Came> {
  const { domainId, method } = trial
  const begun = performance.now()
  const tried = await tryRequest(ctx, trial)
  const milliseconds = performance.now() - begun
  ctx.log.info({ domainId, personId: caller.personId, method, status: tried.status }, 'a request was tried')
  return { tried, effects: await nameEffects(ctx, domainId, tried.happened.map(describeAudit)), milliseconds }
}

async function readTyped({ ctx, form }: OrganizationCall, { domain, entry }: Logged): Promise<Typed> {
  const text = (name: string) => form.get(name) ?? ''
  const isBodyAsItCame = text('as_it_came') !== ''
  const body = isBodyAsItCame ? (await rebuildRequest(ctx, domain.id, entry)).body : text('body')
  const [path, ifMatch] = [text('path').trim(), text('if_match').trim()]
  return { method: text('method'), path, ifMatch, body, isBodyAsItCame }
}

function readTrial({ method, path, ifMatch, body }: Typed, { domain, entry }: Logged): Trial {
  if (!methods.some(each => each === method))
    throw invalid('invalid_input', `Expected one of ${methods.join(', ')}.`, 'method')
  const headers = new Map([
    ...keptHeaders(method, entry),
    ...(ifMatch === '' ? [] : [['if-match', ifMatch] as const]),
  ])
  return {
    domainId: domain.id,
    method,
    path: readPath(path, domain),
    headers,
    body,
    tokenHint: entry.token_hint,
  }
}

/** Below the base URL; who pastes it with that need not take it off. */
function readPath(path: string, { id }: Domain): string {
  const [base = '', named] = /^(?:https?:\/\/[^/]+)?\/scim\/(?:v2\/)?([^/?]+)/i.exec(path) ?? []
  if (named !== undefined && readId(named) !== id)
    throw invalid('invalid_input', 'This is below the base URL of another domain.', 'path')
  const below = path.slice(base.length)
  if (!/^\/[^#]{0,8192}$/.test(below))
    throw invalid('invalid_input', 'Expected a path below the base URL, as /Users.', 'path')
  return below
}

const kept = ['user-agent', 'accept', 'prefer', 'if-none-match', 'content-type', 'content-encoding'] as const

/** What the answer depends on beside what is typed. A request that came without a body had no need to say of which type it is. */
function keptHeaders(method: string, entry: NamedRequest): (readonly [string, string])[] {
  const came = kept.map(name => [name, headerOf(entry, name)] as const).filter(([, value]) => value !== '')
  const isAsItCame = method === entry.request_method || came.some(([name]) => name === 'content-type')
  return isAsItCame ? came : [...came, ['content-type', 'application/scim+json']]
}

const running = new Set<string>()

/** One at a time for each session: it works as hard as the request itself. */
async function alone<T>(
  { principal: { credentialId } }: OrganizationCall,
  work: () => Promise<T>,
): Promise<T> {
  if (running.has(credentialId)) throw throttled('A dry run of yours is under way; wait for it to end.', 1)
  running.add(credentialId)
  try {
    return await work()
  } finally {
    running.delete(credentialId)
  }
}
