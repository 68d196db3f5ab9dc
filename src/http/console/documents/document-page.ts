// The page of a legal document: how far it has come, what can be done about it, and its text.
import { html } from 'hono/html'
import type { DocumentPage } from '../../../manage/legal/standing.ts'
import type { Markup } from '../../look/page.ts'
import { paper } from '../../look/paper.ts'
import { csrfField, on, readable, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { trail, trouble, verdict } from './trail.ts'

export function documentPage(
  call: OrganizationCall,
  document: DocumentPage,
  notice: Markup | '',
): ConsolePage {
  const { title, company_name: company, text } = document
  return {
    title: `${title} of ${readable(company).slice(0, 120)}`,
    section: 'documents',
    path: html`<a href="/documents">Legal documents</a>`,
    body: html`${notice}
<section><div class="row"><h2>How far it has come</h2>${verdict(document)}</div>
${trail(document, call.ctx.now())}${trouble(document, call.ctx.now())}
${whatNow(call, document)}</section>
${facts(document)}
<section><h2>The text</h2>${text === null ? html`<p class="soft">PandaDoc has the text.</p>` : paper(title, text)}</section>`,
  }
}

/** What can be done at present; nothing while it waits for nobody but whoever signs at PandaDoc. */
function whatNow(call: OrganizationCall, document: DocumentPage): Markup {
  const { id, isStuck, isResendable, representative_email: signer, trail: steps } = document
  const form = (act: string, content: Markup) =>
    html`<form method="post" action="/documents/${id}/${act}">${csrfField(call)}${content}</form>`
  return html`${steps.at(-1)?.isDone ? html`<p><a class="button main" href="/documents/${id}/download">Download the signed PDF</a></p>` : ''}
${isStuck ? html`<div class="row">${form('retry', html`<button class="main">Try it now</button>`)}</div>` : ''}
${
  isResendable
    ? html`${outbox(call, document)}<details><summary>Send the link again …</summary>${form(
        'resend',
        html`<p>${theirs(signer, 120)} gets a mail with a new link. The link of every earlier mail opens nothing from then on.</p>
<p><button>Send it again</button></p>`,
      )}</details>`
    : ''
}`
}

const outbox = ({ ctx: { config } }: OrganizationCall, { isStuck }: DocumentPage): Markup | '' =>
  config.smtpUrl === '' && !isStuck
    ? html`<p class="warn">This server has no mail server: the mail lies as a file in its folder for the outbox, for whoever runs it to pass on.</p>`
    : ''

function facts(document: DocumentPage): Markup {
  const { signature, created_by: by } = document
  return html`<section><h2>About it</h2><dl>
<dt>Company</dt><dd>${theirs(document.company_name, 255)}</dd>
<dt>Address</dt><dd>${theirs(document.company_address, 512)}</dd>
<dt>Who signs</dt><dd>${theirs(document.representative_email)}</dd>
${signature ? html`<dt>Signed by</dt><dd>${theirs(signature.name)}, ${theirs(signature.title)}${signature.ip ? html` <span class="soft">from ${theirs(signature.ip, 60)}</span>` : ''}</dd>` : ''}
<dt>Submitted</dt><dd>${on(document.created_at)}${by ? html` by ${theirs(by.email, 120)}` : ''}</dd>
<dt>Signed with</dt><dd>${document.provider === 'builtin' ? 'this server' : 'PandaDoc'}</dd>
<dt>Id</dt><dd><code>${document.id}</code></dd></dl></section>`
}
