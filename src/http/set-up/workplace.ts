// The place where the holder of a set-up link takes the steps that it is for, under a word on how far they are.
import { html } from 'hono/html'
import { missing } from '../../base/refusal.ts'
import type { SetUpPart } from '../../domain/set-up-part.ts'
import { type Progress, readProgress } from '../../manage/set-up/progress.ts'
import type { Workplace } from '../console/domains/stepper.ts'
import type { Markup } from '../look/page.ts'
import { state, theirs } from '../look/words.ts'
import { basePath, logPath, type SetUpCall } from './call.ts'
import { showSetUp } from './frame.ts'

export function workplaceOf(call: SetUpCall): Workplace {
  const { ctx, c, lifecycle, form, csrfToken, setUp } = call
  const { caller } = setUp
  const { domainId } = caller
  if (domainId === null) throw missing('There is no domain yet: begin with its name.')
  return {
    ctx,
    c,
    lifecycle,
    caller,
    form,
    csrfToken,
    domainId,
    base: basePath,
    log: logPath,
    parts: new Set(caller.parts),
    show: async (status, { title, body }) => {
      const progress = await readProgress(ctx, caller, domainId)
      return showSetUp(call, status, {
        title: `Set up ${title}`,
        body: html`${progressOf(call, progress)}${body}`,
      })
    },
  }
}

const names: Readonly<Record<SetUpPart, string>> = {
  verify: 'Domain verified',
  saml: 'SAML set up',
  scim: 'SCIM requests come in',
  test: 'Test sign-in worked',
}

function progressOf({ setUp }: SetUpCall, parts: Progress): Markup {
  const isDone = parts.every(each => each.isDone)
  return html`<div class="notice${isDone ? ' fine' : ' calm'}" role="status">
${isDone ? html`<p><strong>Everything that was asked of you is done.</strong> ${theirs(setUp.askedBy, 60)} sees it too; you can close this page.</p>` : html`<p>${theirs(setUp.askedBy, 60)} asks you for this. You can come back to it by the same link.</p>`}
<p class="row small">${parts.map(({ part, isDone: done }) => state(done ? 'good' : 'off', `${names[part]}${done ? '' : ': to do'}`))}</p></div>`
}
