// API keys: one's own, made and revoked, and for administrators those of others that open the organization.
import { invalid } from '../../../base/refusal.ts'
import { levels } from '../../../domain/level.ts'
import { nameOwnOrganizations } from '../../../manage/account.ts'
import { closeKey, readKeysOfOthers } from '../../../manage/api-keys/reach.ts'
import { createApiKey, readApiKeys, removeApiKey } from '../../../manage/api-keys.ts'
import { keyFields } from '../../api/account.ts'
import { parse } from '../../api/mount/body.ts'
import { type Status, statuses } from '../../explained.ts'
import { gotWords } from '../../form.ts'
import { readPage } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { showConsole } from '../frame.ts'
import { noticeAfter, refusalNotice, requireAnswerable } from '../notice.ts'
import { once } from '../once.ts'
import { expiries, keysOnPage, keysPage, mostNamed, newKeyNotice } from './page.ts'

/** Said after the redirect that a form ends in. */
const done = {
  revoked: 'The key is revoked: whoever uses it is refused from now on.',
  closed: 'The key no longer opens this organization.',
}

export function list(call: OrganizationCall): Promise<Response> {
  return showKeys(call, noticeAfter(call, done), 200)
}

async function showKeys(call: OrganizationCall, notice: Markup | '', status: Status): Promise<Response> {
  const { ctx, c, caller, principal } = call
  const params = new URL(c.req.url).searchParams
  const pages = { own: readPage(params, 'own'), others: readPage(params, 'others') }
  const placeOf = (page: number) => ({ limit: keysOnPage, offset: (page - 1) * keysOnPage })
  const own = await readApiKeys(ctx, principal, placeOf(pages.own))
  const opened = own.results.flatMap(({ organizations }) => organizations?.slice(0, mostNamed) ?? [])
  const names = await nameOwnOrganizations(ctx, principal, opened)
  const others =
    caller.level >= levels.admin ? await readKeysOfOthers(ctx, caller, placeOf(pages.others)) : undefined
  return showConsole(call, status, keysPage(call, { own, names, others, pages, notice }))
}

const dayMs = 24 * 60 * 60 * 1000

export async function create(call: OrganizationCall): Promise<Response> {
  const { ctx, principal, form } = call
  const organization = form.get('organization') ?? ''
  try {
    const days = readExpiry(form)
    const input = parse(keyFields, {
      label: form.get('label') ?? '',
      scopes: form.getAll('scope'),
      organizations: organization === '' ? null : [organization],
      expires_at: days === null ? null : new Date(ctx.now().getTime() + days * dayMs).toISOString(),
    })
    const { value, label } = await once(call, () => createApiKey(ctx, principal, input))
    form.delete('label')
    return await showKeys(call, newKeyNotice(label, value), 200)
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showKeys(call, refusalNotice(refusal, labels), statuses[refusal.kind])
  }
}

const labels = {
  label: 'Name',
  scopes: 'What it may do',
  organizations: 'Organizations',
  expires_at: 'Expires',
}

/** In so many days; null for never, which has to be asked for. */
function readExpiry(form: URLSearchParams): number | null {
  const typed = form.get('expiry')
  const found = expiries.find(([name]) => name === typed)
  if (found) return found[2]
  const expected = expiries.map(([, words]) => words).join(', ')
  throw invalid('invalid_choice', `Expected one of ${expected}; got ${gotWords(typed)}.`, 'expires_at')
}

export async function revoke(call: OrganizationCall): Promise<Response> {
  await removeApiKey(call.ctx, call.principal, idIn(call, 'id'))
  return call.c.redirect('/keys?done=revoked', 303)
}

export async function close(call: OrganizationCall): Promise<Response> {
  try {
    await closeKey(call.ctx, call.caller, idIn(call, 'id'))
  } catch (error) {
    const refusal = requireAnswerable(error)
    return showKeys(call, refusalNotice(refusal), statuses[refusal.kind])
  }
  return call.c.redirect('/keys?done=closed', 303)
}
