// The frame of every public page: one column, dark where the system is, nothing loaded from elsewhere.
import { randomBytes } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { html, raw } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { HttpEnv } from '../request.ts'

/** Escaped: made by `html`. */
export type Markup = ReturnType<typeof html>

export interface Page {
  readonly title: string
  readonly body: Markup
  /** Ours, word for word; runs at the end of the page. */
  readonly script?: string | undefined
  /** Ours as well, after the style of every page. */
  readonly style?: string | undefined
  /** Whether a form of it ends elsewhere: at an identity provider or an application. */
  readonly leadsAway?: true | undefined
}

// Browsers hold the redirects after a form to this as well. Plain http is for this machine alone.
const elsewhere = 'https: http://localhost:* http://*.localhost:* http://127.0.0.1:*'

const style = `
:root { color-scheme: light dark; --line: #d0d7de; --accent: #0b57d0; --bad: #b3261e; --good: #146c2e }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --accent: #a8c7fa; --bad: #f2b8b5; --good: #8fd19e } }
body { margin: 0 auto; max-width: 44rem; padding: 3rem 1rem; font: 16px/1.5 system-ui, sans-serif }
h1 { font-size: 1.4rem } code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere }
input { font: inherit; padding: .5rem; width: 100%; box-sizing: border-box; border: 1px solid var(--line); border-radius: 6px }
button, .button { font: inherit; display: inline-block; margin-top: 1rem; padding: .5rem 1rem; border: 1px solid var(--accent);
  border-radius: 6px; color: var(--accent); background: none; text-decoration: none; cursor: pointer }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .4rem .5rem;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere } dt { font-weight: 600 } dd { margin: 0 0 .5rem }
.passed { color: var(--good) } .failed { color: var(--bad) }`

export function showPage(
  c: HonoContext<HttpEnv>,
  status: ContentfulStatusCode,
  { title, body, script, style: own = '', leadsAway }: Page,
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
  // With `no-referrer` browsers would hide the origin of our own forms from us.
  c.header('Referrer-Policy', 'same-origin')
  return c.html(
    html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Gatehouse</title><style nonce="${nonce}">${raw(style + own)}</style></head>
<body><main><h1>${title}</h1>
${body}
</main>${script === undefined ? '' : html`<script nonce="${nonce}">${raw(script)}</script>`}</body>
</html>`,
    status,
  )
}
