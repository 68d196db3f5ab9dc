// The last requests of the domain's directory as the holder of a set-up link sees them: what came of each, and how to mend it.
import { html } from 'hono/html'
import { missing } from '../../base/refusal.ts'
import type { NamedRequest } from '../../manage/domains/scim-log/names.ts'
import { readLogPage } from '../../manage/domains/scim-log/page.ts'
import { requirePart } from '../../manage/set-up/caller.ts'
import { readSetUp } from '../../manage/set-up/open.ts'
import { explain } from '../../scim/explain.ts'
import type { IdentityProvider } from '../../scim/identity-provider.ts'
import { mending } from '../console/log/entry/mending.ts'
import { followLogOf } from '../console/log/live.ts'
import { statusOf } from '../console/log/row.ts'
import type { Markup } from '../look/page.ts'
import { ago, theirs } from '../look/words.ts'
import type { SetUpCall } from './call.ts'
import { originOf } from './doorway.ts'
import { showSetUp } from './frame.ts'

const shown = 10

/** Refuses where SCIM is no part of the link. */
function domainOf({ setUp: { caller } }: SetUpCall): string {
  if (caller.domainId === null) throw missing()
  requirePart(caller, caller.domainId, 'scim')
  return caller.domainId
}

export async function list(call: SetUpCall): Promise<Response> {
  const { rows } = await readLogPage(call.ctx, domainOf(call), { search: {}, limit: shown })
  const now = call.ctx.now()
  return showSetUp(call, 200, {
    title: 'The last SCIM requests',
    isBelow: true,
    body: html`<section>${
      rows.length === 0
        ? html`<p class="empty">No request has come yet. Let the directory test its connection, then look again.</p>`
        : html`<p class="soft small">The newest ${shown} at most, with what became of each.</p>
<table class="cards"><thead><tr><th scope="col">When</th><th scope="col">Status</th><th scope="col">Method</th><th scope="col">What happened</th></tr></thead>
<tbody>${rows.map(row => requestRow(row, now))}</tbody></table>`
    }</section>`,
  })
}

function requestRow(row: NamedRequest, now: Date): Markup {
  const { response_status: status, outcome, identity_provider } = row
  const explanation = explain({ status, outcome, provider: identity_provider as IdentityProvider })
  return html`<tr><td class="tight">${ago(row.created_at, now)}</td><td class="tight">${statusOf(status)}</td>
<td class="tight mono">${row.request_method || '–'}</td>
<td class="full">${theirs(outcome, 2000)}${explanation ? html`<details><summary>${explanation.title}: why, and how to fix it</summary>${mending(explanation)}</details>` : ''}</td></tr>`
}

/** The link is looked at before each time that the log is. */
export function follow(call: SetUpCall): Response {
  const { ctx, c, lifecycle, secret, setUp } = call
  const domainId = domainOf(call)
  return followLogOf(domainId, {
    ctx,
    c,
    lifecycle,
    credentialId: setUp.caller.linkId,
    requireStillAllowed: () => readSetUp(ctx, secret, originOf(c)),
  })
}
