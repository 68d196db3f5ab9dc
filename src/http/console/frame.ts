// The frame of every console page: who and where one is, the way to the other pages, and a strict policy of its own.
import { randomBytes } from 'node:crypto'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { levels } from '../../domain/level.ts'
import { assets } from '../look/assets.ts'
import type { Markup } from '../look/page.ts'
import { csrfField, readable, theirs } from '../look/words.ts'
import type { ConsoleCall } from './call.ts'
import { operatingBar, operatorLink } from './operator/bar.ts'

export interface ConsolePage {
  readonly title: string
  readonly body: Markup
  /** The way back to the page that it belongs to. */
  readonly path?: Markup
  /** Of which part of the console it is. */
  readonly section?: Section
  /** The domain that the page is about, and which of its pages this is. */
  readonly domain?: { readonly id: string; readonly name: string; readonly tab: 'set-up' | 'log' | 'links' }
}

/** The parts of the console in the order of its navigation, each with whom it is for. */
const sections = {
  domains: ['/', 'Domains', 'admin'],
  people: ['/members', 'People', 'member'],
  signIns: ['/sign-ins', 'Sign-ins', 'admin'],
  tokens: ['/tokens', 'Tokens', 'admin'],
  integrations: ['/integrations', 'Integrations', 'admin'],
  documents: ['/documents', 'Documents', 'admin'],
  keys: ['/keys', 'API keys', 'member'],
  audit: ['/audit', 'Audit log', 'admin'],
} as const satisfies Readonly<Record<string, readonly [path: string, words: string, keyof typeof levels]>>

/** The operator's part has its own place. */
type Section = keyof typeof sections | 'operator'

const policyWith = (nonce: string) =>
  [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

export const showConsole = (
  call: ConsoleCall,
  status: ContentfulStatusCode,
  { title, body, path, section, domain }: ConsolePage,
): Response | Promise<Response> =>
  showFramed(call.c, status, {
    title,
    header: header(call, domain ? 'domains' : section),
    main: html`${domain ? html`<p class="path"><a href="/">Domains</a> / ${theirs(domain.name)}</p>` : ''}${path ? html`<p class="path">${path}</p>` : ''}
<h1>${headline(title)}</h1>
${domain ? tabs(domain) : ''}
${body}`,
  })

interface Framed {
  readonly title: string
  readonly header: Markup
  readonly main: Markup
}

/** For whoever works on our pages, in the console or by a set-up link: as wide, with the script. */
export function showFramed(
  c: ConsoleCall['c'],
  status: ContentfulStatusCode,
  { title, header, main }: Framed,
): Response | Promise<Response> {
  const nonce = randomBytes(16).toString('base64')
  c.header('Content-Security-Policy', policyWith(nonce))
  // With `no-referrer` browsers would hide the origin of our own forms from us.
  c.header('Referrer-Policy', 'same-origin')
  return c.html(
    html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${headline(title)} · Gatehouse</title>
<link rel="stylesheet" href="${assets.style.path}" nonce="${nonce}">
<script src="${assets.script.path}" nonce="${nonce}" defer></script></head>
<body><a class="skip" href="#content">Skip to the content</a>
${header}
<main id="content">
${main}
</main></body>
</html>`,
    status,
  )
}

const longestTitle = 120

/** Names and groups are called as their directories like. */
const headline = (title: string): string =>
  readable(title.length > longestTitle ? `${title.slice(0, longestTitle)}…` : title)

const header = (call: ConsoleCall, section: Section | undefined): Markup => html`<header>
<a class="brand" href="/">Gatehouse</a>
${organizations(call)}
<div class="who">${operatorLink(call, section)}<span>${call.account.email}</span><form method="post" action="/logout"><button>Sign out</button></form></div>
${navigation(call, section)}
</header>
${operatingBar(call)}`

function navigation({ account: { organization } }: ConsoleCall, here: Section | undefined): Markup | '' {
  if (!organization) return ''
  const open = Object.entries(sections).filter(
    ([, [, , least]]) => organization.membership_level >= levels[least],
  )
  return html`<nav class="sections" aria-label="Main">${open.map(
    ([name, [path, words]]) =>
      html`<a href="${path}"${name === here ? html` aria-current="page"` : ''}>${words}</a>`,
  )}</nav>`
}

/** The one that is looked at, and the others that it can be exchanged for. */
function organizations(call: ConsoleCall): Markup | '' {
  const { organization, organizations: all, hasMore } = call.account
  if (!organization) return ''
  if (all.length === 1 || call.principal.operator?.organizationId)
    return html`<span>${theirs(organization.name, 60)}</span>`
  if (hasMore)
    return html`<a class="button" href="/organizations" title="Look at another organization">${theirs(organization.name, 60)} ▾</a>`
  return html`<form method="post" action="/organization" data-at-once>${csrfField(call)}
<select name="organization" aria-label="Organization">
${all.map(each => html`<option value="${each.id}"${each.id === organization.id ? html` selected` : ''}>${readable(each.name)}</option>`)}
</select><button>Go</button></form>`
}

function tabs({ id, tab }: NonNullable<ConsolePage['domain']>): Markup {
  const at = `/domains/${id}`
  return tabsOf('Domain', [
    [at, 'Set-up', tab === 'set-up'],
    [`${at}/scim-log`, 'SCIM log', tab === 'log'],
    [`${at}/set-up-links`, 'Set-up links', tab === 'links'],
  ])
}

type Tab = readonly [path: string, words: string, isHere: boolean]

/** The pages that belong together, above the content of each. */
export const tabsOf = (label: string, all: readonly Tab[]): Markup =>
  html`<nav class="tabs" aria-label="${label}">${all.map(
    ([path, words, isHere]) =>
      html`<a href="${path}"${isHere ? html` aria-current="page"` : ''}>${words}</a>`,
  )}</nav>`
