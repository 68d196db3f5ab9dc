// Integrations with vendors: listed, linked, given projects, pushed again, deleted.
import { pushAgain } from '../../../manage/integrations/retry.ts'
import {
  type IntegrationStanding,
  readIntegrationStanding,
  readIntegrationStandings,
} from '../../../manage/integrations/standing.ts'
import { linkVercel, mapEnvironments, removeIntegration } from '../../../manage/integrations.ts'
import { linking, mapping } from '../../api/integrations.ts'
import { parse } from '../../api/mount/body.ts'
import { type Status, statuses } from '../../explained.ts'
import { readPage } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { idIn, type OrganizationCall } from '../call.ts'
import { requireTyped } from '../confirmation.ts'
import { type ConsolePage, showConsole } from '../frame.ts'
import { noticeAfter, refusalNotice, requireAnswerable } from '../notice.ts'
import { integrationPage, removalPage } from './integration-page.ts'
import { callbackPage, linkedNotice } from './linking.ts'
import { integrationsOnPage, integrationsPage } from './list-page.ts'
import { labels, mappingIn } from './mapping.ts'

export function list(call: OrganizationCall): Promise<Response> {
  return showIntegrations(call, noticeAfter(call, { deleted: 'The integration is deleted.' }), 200)
}

async function showIntegrations(call: OrganizationCall, notice: Markup | '', status: Status) {
  const page = readPage(new URL(call.c.req.url).searchParams)
  const { count, results } = await readIntegrationStandings(call.ctx, call.caller, {
    limit: integrationsOnPage,
    offset: (page - 1) * integrationsOnPage,
  })
  return showConsole(call, status, integrationsPage(call, { page, count, integrations: results, notice }))
}

/** Where Vercel sends the browser. Nothing is linked before somebody says yes to it on a page of ours. */
export function askToLink(call: OrganizationCall): Response | Promise<Response> {
  const code = call.c.req.query('code')?.slice(0, 1000) ?? ''
  if (code === '') return call.c.redirect('/integrations', 303)
  return showConsole(call, 200, callbackPage(call, { code, next: call.c.req.query('next') ?? '' }))
}

export async function link(call: OrganizationCall): Promise<Response> {
  const { ctx, caller, form } = call
  try {
    const { code, redirect_uri: redirectUri } = parse(linking, {
      kind: 'vercel',
      code: form.get('code') ?? undefined,
      redirect_uri: form.get('redirect_uri') ?? undefined,
    })
    const { id } = await linkVercel(ctx, caller, { code, redirectUri })
    return await showIntegration(call, id, { notice: linkedNotice(form.get('next') ?? ''), status: 200 })
  } catch (error) {
    const refusal = requireAnswerable(error)
    const names = { code: 'Code', redirect_uri: 'Address' }
    return showIntegrations(call, refusalNotice(refusal, names), statuses[refusal.kind])
  }
}

/** Said after the redirect that a form ends in. */
const done = {
  mapped: 'The projects are chosen, and their tokens are on the way.',
  pushed: 'The tokens are pushed at once; look at the page again in a moment.',
}

export function show(call: OrganizationCall): Promise<Response> {
  return showIntegration(call, idIn(call, 'id'), { notice: noticeAfter(call, done), status: 200 })
}

interface Came {
  readonly notice: Markup | ''
  readonly status: Status
}

type Show = (call: OrganizationCall, integration: IntegrationStanding, notice: Markup | '') => ConsolePage

async function showIntegration(
  call: OrganizationCall,
  id: string,
  { notice, status }: Came,
  page: Show = integrationPage,
): Promise<Response> {
  const integration = await readIntegrationStanding(call.ctx, call.caller, id)
  return showConsole(call, status, page(call, integration, notice))
}

export const map = (call: OrganizationCall): Promise<Response> =>
  act(call, 'mapped', async id => {
    await mapEnvironments(call.ctx, call.caller, { id, wish: parse(mapping, mappingIn(call.form)) })
  })

export const push = (call: OrganizationCall): Promise<Response> =>
  act(call, 'pushed', id => pushAgain(call.ctx, call.caller, id))

async function act(call: OrganizationCall, word: string, deed: (id: string) => Promise<void>) {
  const id = idIn(call, 'id')
  try {
    await deed(id)
  } catch (error) {
    const refusal = requireAnswerable(error)
    const came = { notice: refusalNotice(refusal, labels), status: statuses[refusal.kind] }
    return showIntegration(call, id, came)
  }
  return call.c.redirect(`/integrations/${id}?done=${word}`, 303)
}

export async function confirmRemoval(call: OrganizationCall, error?: unknown): Promise<Response> {
  const refusal = error === undefined ? undefined : requireAnswerable(error)
  const came: Came = refusal
    ? { notice: refusalNotice(refusal, { confirm: 'The id' }), status: statuses[refusal.kind] }
    : { notice: '', status: 200 }
  return showIntegration(call, idIn(call, 'id'), came, removalPage)
}

export async function remove(call: OrganizationCall): Promise<Response> {
  const { ctx, caller, c } = call
  const id = idIn(call, 'id')
  const integration = await readIntegrationStanding(ctx, caller, id)
  try {
    requireTyped(call, integration.vendorId)
    await removeIntegration(ctx, caller, id)
  } catch (error) {
    return confirmRemoval(call, error)
  }
  return c.redirect('/integrations?done=deleted', 303)
}
