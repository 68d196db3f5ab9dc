// What went to the identity provider and what came back, decoded and folded.
import { html } from 'hono/html'
import type { SignInEntry } from '../../../manage/sign-ins/entry.ts'
import { xmlDocument } from '../../attempt/document.ts'
import type { Markup } from '../../look/page.ts'

export const documents = (entry: SignInEntry): Markup =>
  html`<section><h2>Request</h2>${request(entry)}</section>
<section><h2>Response</h2>${response(entry)}</section>`

function request({ signIn }: SignInEntry): Markup {
  const { kind, request_xml: xml, request_id: id, requested_at: at } = signIn
  if (xml) return xmlDocument(xml, { label: 'The request, decoded', mostBytes: 3000 })
  if (kind === 'idp')
    return html`<p class="soft">There was none: the sign-in began at the identity provider.</p>`
  if (id === null) return html`<p class="soft">It is not known: it had run out, or was answered before.</p>`
  return html`<p class="soft">Asked at ${at ?? ''} as <code>${id}</code>. Requests are kept for refusals and tests, for seven days.</p>`
}

function response({ signIn }: SignInEntry): Markup {
  if (signIn.response_xml !== null)
    return html`<p class="small soft">As it came, before anything in it was believed. What is encrypted stays so.</p>${xmlDocument(signIn.response_xml, { label: 'The response, decoded', mostBytes: 9000 })}`
  return html`<p class="soft">${signIn.outcome === 'accepted' && signIn.kind !== 'test' ? 'Responses that were accepted are not kept.' : 'It is not kept: it could not be decoded, is older than seven days, or too many came at once.'}</p>`
}
