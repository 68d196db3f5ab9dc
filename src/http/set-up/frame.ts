// The frame of the pages behind a set-up link: for whom the set-up is, until when, and the way out.
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { showFramed } from '../console/frame.ts'
import type { Markup } from '../look/page.ts'
import { csrfField, on, readable, theirs } from '../look/words.ts'
import type { SetUpCall } from './call.ts'

export function showSetUp(
  call: SetUpCall,
  status: ContentfulStatusCode,
  { title, body, isBelow }: { title: string; body: Markup; isBelow?: true },
): Response | Promise<Response> {
  const { organizationName, askedBy, expiresAt } = call.setUp
  return showFramed(call.c, status, {
    title,
    header: html`<header>
<a class="brand" href="/set-up">Gatehouse</a>
<span>Set-up for ${theirs(organizationName, 60)}</span>
<div class="who"><span>asked for by ${theirs(askedBy, 60)}, until ${on(expiresAt)}</span>
<form method="post" action="/set-up/leave">${csrfField(call)}<button>Leave</button></form></div>
</header>`,
    main: html`${isBelow ? html`<p class="path"><a href="/set-up">← Back to the steps</a></p>` : ''}
<h1>${readable(title)}</h1>
${body}`,
  })
}
