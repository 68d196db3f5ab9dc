// The frame of every public page: one narrow column in the look of the console, nothing loaded from elsewhere.
import { randomBytes } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { html, raw } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { HttpEnv } from '../request.ts'
import { assets } from './assets.ts'

/** Escaped: made by `html`. */
export type Markup = ReturnType<typeof html>

export interface Page {
  readonly title: string
  readonly body: Markup
  /** Ours, word for word; runs at the end of the page. */
  readonly script?: string | undefined
  /** Ours as well, after the style of every page. */
  readonly style?: string | undefined
  /** For what is read rather than filled in: as wide as the console, in sections of its own. */
  readonly isWide?: true | undefined
  /** Whether a form of it ends elsewhere: at an identity provider or an application. */
  readonly leadsAway?: true | undefined
}

// Browsers hold the redirects after a form to this as well. Plain http is for this machine alone.
const elsewhere = 'https: http://localhost:* http://*.localhost:* http://127.0.0.1:*'

export function showPage(
  c: HonoContext<HttpEnv>,
  status: ContentfulStatusCode,
  { title, body, script, style: own, isWide, leadsAway }: Page,
): Response | Promise<Response> {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script === undefined ? [] : [`script-src 'nonce-${nonce}'`]),
    `form-action 'self'${leadsAway ? ` ${elsewhere}` : ''}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  c.header('Content-Security-Policy', policy.join('; '))
  // With `no-referrer` browsers would hide the origin of our own forms from us; with the whole address, links that open
  // something by the secret in their path would be told to the pages after them.
  c.header('Referrer-Policy', 'strict-origin')
  return c.html(
    html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Gatehouse</title>
<link rel="stylesheet" href="${assets.style.path}" nonce="${nonce}">${own === undefined ? '' : html`<style nonce="${nonce}">${raw(own)}</style>`}</head>
<body class="public${isWide ? ' wide' : ''}"><header><a class="brand" href="/">Gatehouse</a></header>
<main>${isWide ? html`<h1>${title}</h1>${body}` : html`<section><h1>${title}</h1>${body}</section>`}</main>${script === undefined ? '' : html`<script nonce="${nonce}">${raw(script)}</script>`}</body>
</html>`,
    status,
  )
}
