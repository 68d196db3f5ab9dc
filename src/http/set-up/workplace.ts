// The place where the holder of a set-up link takes the steps that it is for, under a word on how far they are.
import { html } from 'hono/html'
import { missing } from '../../base/refusal.ts'
import { readSetUp, type SetUp } from '../../manage/set-up/open.ts'
import type { Workplace } from '../console/domains/stepper.ts'
import type { Markup } from '../look/page.ts'
import { theirs } from '../look/words.ts'
import { basePath, logPath, type SetUpCall } from './call.ts'
import { originOf } from './doorway.ts'
import { showSetUp } from './frame.ts'

export function workplaceOf(call: SetUpCall): Workplace {
  const { ctx, c, lifecycle, secret, form, csrfToken, setUp } = call
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
    requireStillAllowed: () => readSetUp(ctx, secret, originOf(c)),
    show: (status, { title, body, isDone }) =>
      isDone === undefined
        ? showSetUp(call, status, { title, body, isBelow: true })
        : showSetUp(call, status, {
            title: `Set up ${title}`,
            body: html`${wordOnProgress(setUp, isDone)}${body}`,
          }),
  }
}

const wordOnProgress = ({ askedBy }: SetUp, isDone: boolean): Markup =>
  isDone
    ? html`<div class="notice fine" role="status"><p><strong>Everything that was asked of you is done.</strong> ${theirs(askedBy, 60)} sees it too; you can close this page.</p></div>`
    : html`<p class="soft">${theirs(askedBy, 60)} asks you for these steps. Close the page whenever you like: the link brings you back to where you were.</p>`
